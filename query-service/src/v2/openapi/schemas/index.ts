import { eventSchemas } from './event-schemas';
import type { Schema } from './json-schema';
import { ledgerSchemas } from './ledger-schemas';
import { settingSchemas } from './setting-schemas';
import { storeSchemas } from './store-schemas';
import { streamSchemas } from './stream-schemas';

/** All schemas of answers, by name. */
export const schemas: Readonly<Record<string, Schema>> = {
  ...eventSchemas,
  ...streamSchemas,
  ...ledgerSchemas,
  ...settingSchemas,
  ...storeSchemas,
};
