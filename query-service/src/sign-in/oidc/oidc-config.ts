import { permissions } from '../../audit-log-plugin';
import { kindOf, refused } from '../../refused-setting';

/** How people sign in at an identity provider (https://openid.net/specs/openid-connect-core-1_0.html). */
export interface OidcConfig {
  issuer: URL;
  clientId: string;
  /** Undefined for a public client, which has PKCE alone. */
  clientSecret?: string | undefined;
  scopes: string;
  /** What people know the provider by. */
  providerName: string;
  /** The origin under which browsers reach this service. */
  publicUrl: URL;
  /** The claim that names a person; undefined takes a verified email, else preferred_username, else sub. */
  subjectClaim?: string | undefined;
  /** The claim that has the roles of a person. */
  rolesClaim: string;
  /** Which permissions each role gives. */
  roles: ReadonlyMap<string, readonly string[]>;
}

/** Settings of the environment and the file. */
export const oidcSettings = [
  'AUDIT_QUERY_PUBLIC_URL',
  'AUDIT_OIDC_ISSUER',
  'AUDIT_OIDC_CLIENT_ID',
  'AUDIT_OIDC_CLIENT_SECRET',
  'AUDIT_OIDC_SCOPES',
  'AUDIT_OIDC_PROVIDER_NAME',
  'AUDIT_OIDC_SUBJECT_CLAIM',
  'AUDIT_OIDC_ROLES_CLAIM',
] as const;
type Name = (typeof oidcSettings)[number];

/** In place of a list of permissions. */
const ALL = 'all';

/**
 * The settings of sign-in by OpenID Connect, undefined when there are none.
 *
 * @param file the key `oidc` of the YAML file
 * @throws for one that is bad, and for some without the others that they need
 */
export function readOidcConfig(
  get: (name: Name) => string | undefined,
  file: unknown,
): OidcConfig | undefined {
  const given = oidcSettings.find(
    (name) => name.startsWith('AUDIT_OIDC_') && get(name) !== undefined,
  );
  const publicUrl = get('AUDIT_QUERY_PUBLIC_URL');
  const origin = publicUrl === undefined ? undefined : originOf(publicUrl);
  if (given === undefined && file === undefined) return undefined;
  const needed = (name: Name): string => {
    const value = get(name);
    if (value !== undefined) return value;
    throw refused(name, `given together with ${given ?? 'oidc'}`, 'nothing');
  };
  const issuer = safeUrl('AUDIT_OIDC_ISSUER', needed('AUDIT_OIDC_ISSUER'));
  const clientId = needed('AUDIT_OIDC_CLIENT_ID');
  needed('AUDIT_QUERY_PUBLIC_URL');
  return {
    issuer,
    clientId,
    clientSecret: get('AUDIT_OIDC_CLIENT_SECRET'),
    scopes: scopes(get('AUDIT_OIDC_SCOPES')),
    providerName: get('AUDIT_OIDC_PROVIDER_NAME') ?? issuer.host,
    publicUrl: origin!,
    subjectClaim: get('AUDIT_OIDC_SUBJECT_CLAIM'),
    rolesClaim: get('AUDIT_OIDC_ROLES_CLAIM') ?? 'groups',
    roles: rolesOf(file),
  };
}

function scopes(text = 'openid profile email'): string {
  const list = text.split(/[\s,]+/).filter(Boolean);
  if (!list.includes('openid'))
    throw refused(
      'AUDIT_OIDC_SCOPES',
      'a list with openid in it',
      JSON.stringify(text),
    );
  return list.join(' ');
}

function originOf(text: string): URL {
  const url = safeUrl('AUDIT_QUERY_PUBLIC_URL', text);
  if (url.href === `${url.origin}/`) return url;
  throw refused(
    'AUDIT_QUERY_PUBLIC_URL',
    'a URL without path, query and user, such as https://audit.example.com',
    JSON.stringify(text),
  );
}

/** Codes, tokens and cookies go there: in clear they may only go to the same machine. */
function safeUrl(name: Name, text: string): URL {
  const url = URL.parse(text);
  const isLoopback =
    url !== null && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback);
  if (url && isSafe && !url.username && !url.password && !url.hash) return url;
  throw refused(
    name,
    'a URL that begins with https://, or with http:// and a loopback address',
    // What is no such URL may hold a password.
    url ? `one of ${url.protocol}//${url.host}` : 'a text that is no URL',
  );
}

function rolesOf(file: unknown): OidcConfig['roles'] {
  const { roles, ...others } = mappingOf('oidc', file);
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined)
    throw refused('oidc', 'a mapping of roles alone', unknown);
  const entries = Object.entries(mappingOf('oidc.roles', roles));
  if (entries.length === 0)
    throw refused('oidc.roles', 'given one role at least', 'none');
  return new Map(
    entries.map(([role, names]) => [role, permissionsOf(role, names)]),
  );
}

function mappingOf(name: string, value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw refused(
    name,
    'a mapping, as in oidc: { roles: { auditors: [audit.log.read] } }',
    value === undefined ? 'nothing' : kindOf(value),
  );
}

function permissionsOf(role: string, value: unknown): string[] {
  const all = permissions.map(({ name }) => name);
  const given = [value].flat();
  const wrong = given.find(
    (name) => ![ALL, ...all].some((one) => one === name),
  );
  if (given.length === 0 || wrong !== undefined)
    throw refused(
      `oidc.roles.${role}`,
      `a list of ${[...all, ALL].join(', ')}`,
      JSON.stringify(wrong ?? given),
    );
  return all.filter((name) => given.includes(ALL) || given.includes(name));
}
