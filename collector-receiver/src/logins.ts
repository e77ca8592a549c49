import type { GroupRole, Login } from 'audit-event/store';
import { readSettings } from './read-settings';
import type { SettingName } from './read-settings';

/** At which address the services connect, and with which rights. */
const GROUPS = {
  AUDIT_MIGRATE_RECEIVER_URL: 'audit_receiver',
  AUDIT_MIGRATE_QUERY_URL: 'audit_query',
  AUDIT_MIGRATE_READER_URL: 'audit_reader',
} as const satisfies Partial<Record<SettingName, GroupRole>>;

const PRINTABLE_ASCII = /^[\x20-\x7e]+$/;

/**
 * The logins that the migration makes: user and password of the addresses that the settings give.
 *
 * @throws for an address without them
 * @example
 * loginsOf({ AUDIT_MIGRATE_RECEIVER_URL: 'postgres://shop:secret@host/audit' });
 */
export function loginsOf(env: NodeJS.ProcessEnv, yamlText = ''): Login[] {
  const settings = readSettings(env, yamlText);
  const logins: Login[] = [];
  for (const [name, group] of Object.entries(GROUPS) as [
    keyof typeof GROUPS,
    GroupRole,
  ][]) {
    const value = settings.text(name);
    if (value === undefined) continue;
    // The value holds a password, so it is described, not shown.
    const expected = 'a URL such as postgres://user:password@host/database';
    const url = URL.parse(value);
    if (url === null)
      throw settings.refused(name, expected, 'a text that is no URL');
    const user = decoded(url.username);
    const password = decoded(url.password);
    if (user === undefined || password === undefined)
      throw settings.refused(
        name,
        expected,
        'one whose user or password has a % without two hex digits behind it (a % itself is written %25)',
      );
    if (user === '' || password === '')
      throw settings.refused(
        name,
        expected,
        `one without ${user ? 'password' : 'user'}`,
      );
    if (!PRINTABLE_ASCII.test(password))
      throw settings.refused(
        name,
        `${expected}, with a password of printable ASCII`,
        'another one',
      );
    logins.push({ user, password, group });
  }
  return logins;
}

/** @returns nothing for what is not percent-encoded UTF-8 */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
