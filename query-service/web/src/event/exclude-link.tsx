import { ListX } from 'lucide-react';
import { Link } from 'wouter';
import { useMay } from '../api/session';
import type { AuditEvent } from '../api/types';
import { newRuleAddress } from '../settings/rules/rules-address';
import styles from './event-panel.module.css';

/** The log's own events, which no rule can exclude. */
const OWN_PLUGIN = 'audit-log';

/** Begins an exclusion rule that fits an event, for whoever may make one. */
export function ExcludeLink({ event }: { event: AuditEvent }) {
  const mayWrite = useMay('audit.settings.write');
  if (!mayWrite || event.plugin_id === OWN_PLUGIN) return null;
  return (
    <Link
      className={styles.action}
      href={newRuleAddress(event)}
      title="Begin a rule that keeps events like this one out"
    >
      <ListX size={14} aria-hidden /> Exclude
    </Link>
  );
}
