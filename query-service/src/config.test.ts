import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { loadConfig } from './config';

const FIXTURES = join(__dirname, '..', 'testdata', 'config');
const AUDIT_DATABASE_URL = 'postgres://audit@localhost/audit';

it('needs a database and has a default for all else', () => {
  expect(loadConfig({ AUDIT_DATABASE_URL })).toEqual({
    databaseUrl: AUDIT_DATABASE_URL,
    host: '127.0.0.1',
    port: 7420,
    apiToken: undefined,
    adminToken: undefined,
    trustedProxies: [],
    statementTimeoutMs: 10_000,
  });
});

it('takes every setting from the environment', () => {
  expect(
    loadConfig({
      AUDIT_DATABASE_URL,
      AUDIT_QUERY_HOST: '::1',
      AUDIT_QUERY_PORT: '0',
      AUDIT_API_TOKEN: 'a+b/c=12',
      AUDIT_ADMIN_TOKEN: 'd+e/f=34',
      AUDIT_QUERY_TRUSTED_PROXIES: 'loopback, 10.0.0.0/8,2001:db8::1',
      AUDIT_QUERY_STATEMENT_TIMEOUT_MS: '250',
    }),
  ).toEqual({
    databaseUrl: AUDIT_DATABASE_URL,
    host: '::1',
    port: 0,
    apiToken: 'a+b/c=12',
    adminToken: 'd+e/f=34',
    trustedProxies: ['loopback', '10.0.0.0/8', '2001:db8::1'],
    statementTimeoutMs: 250,
  });
});

const file = `
AUDIT_DATABASE_URL: postgresql:///audit?host=/run/postgresql
AUDIT_QUERY_PORT: 8080
AUDIT_API_TOKEN: 012345678901234567890123
AUDIT_RECEIVER_HTTP_PORT: 4318
AUDIT_INGEST_TOKEN: of the receiver
AUDIT_RECEIVER_FOREIGN_RECORDS: quarantine
excludeRules:
  - { actorId: 'plugin:*', eventId: entity-fetch }
protectedEvents: true
`;

it('takes every setting from the file, digits as they are, and leaves those of the other parts alone', () => {
  expect(loadConfig({}, file)).toMatchObject({
    databaseUrl: 'postgresql:///audit?host=/run/postgresql',
    port: 8080,
    apiToken: '012345678901234567890123',
  });
});

it('lets the environment win, and takes an empty value for none', () => {
  const env = { AUDIT_QUERY_PORT: '9090', AUDIT_DATABASE_URL: '' };
  expect(loadConfig(env, file)).toMatchObject({
    databaseUrl: 'postgresql:///audit?host=/run/postgresql',
    port: 9090,
  });
});

it('refuses an unknown name of its own in the environment and does not mind those of others', () => {
  expect(() =>
    loadConfig({ AUDIT_DATABASE_URL, AUDIT_QUERY_PROT: '1' }),
  ).toThrow(
    /^cannot start: unknown setting AUDIT_QUERY_PROT; expected one of /,
  );
  expect(() =>
    loadConfig({ AUDIT_DATABASE_URL, AUDIT_DATA_DIR: '/data', HOME: '/' }),
  ).not.toThrow();
});

const KNOWN =
  'AUDIT_DATABASE_URL, AUDIT_QUERY_READ_DATABASE_URL, AUDIT_QUERY_HOST, AUDIT_QUERY_PORT, AUDIT_QUERY_STATEMENT_TIMEOUT_MS, AUDIT_QUERY_TRUSTED_PROXIES, AUDIT_API_TOKEN, AUDIT_ADMIN_TOKEN, AUDIT_QUERY_PUBLIC_URL, AUDIT_OIDC_ISSUER, AUDIT_OIDC_CLIENT_ID, AUDIT_OIDC_CLIENT_SECRET, AUDIT_OIDC_SCOPES, AUDIT_OIDC_PROVIDER_NAME, AUDIT_OIDC_SUBJECT_CLAIM, AUDIT_OIDC_ROLES_CLAIM';
const DATABASE =
  'AUDIT_DATABASE_URL must be a URL such as postgres://user@host:5432/database, got';

const refusals: Record<string, string> = {
  'unknown-key': `unknown setting AUDIT_QUERY_PROT; expected one of ${KNOWN}`,
  'foreign-word': `unknown setting excludeRule; expected one of ${KNOWN}`,
  'no-database': `${DATABASE} nothing`,
  'database-no-url': `${DATABASE} a text that is no URL`,
  'database-of-another-kind': `${DATABASE} a URL that begins with mysql:`,
  'port-no-number':
    'AUDIT_QUERY_PORT must be a whole number from 0 to 65535, got "http"',
  'port-too-high':
    'AUDIT_QUERY_PORT must be a whole number from 0 to 65535, got "65536"',
  'port-list': 'AUDIT_QUERY_PORT must be a single value, got a list',
  'host-mapping': 'AUDIT_QUERY_HOST must be a single value, got a mapping',
  'timeout-zero':
    'AUDIT_QUERY_STATEMENT_TIMEOUT_MS must be a whole number from 1 to 600000, got "0"',
  'token-short':
    'AUDIT_API_TOKEN must be 8 visible ASCII characters or more, without spaces, got 7 characters',
  'token-not-ascii':
    'AUDIT_API_TOKEN must be 8 visible ASCII characters or more, without spaces, got 10 characters, others among them',
  'token-with-space':
    'AUDIT_API_TOKEN must be 8 visible ASCII characters or more, without spaces, got 13 characters, others among them',
  list: 'the configuration file must hold settings as "name: value", got a list',
  text: 'the configuration file must hold settings as "name: value", got a text',
  'not-yaml': `the configuration file must be YAML, got at line 2: Flow sequence in block collection must be sufficiently indented and end with a ]`,
  'key-twice': `the configuration file must be YAML, got at line 2: Map keys must be unique`,
};

it.each(readdirSync(FIXTURES))('refuses %s', (name) => {
  const text = readFileSync(join(FIXTURES, name), 'utf8');
  const expected = refusals[parse(name).name];
  let message: string | undefined;
  try {
    loadConfig({}, text);
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toBe(`cannot start: ${expected}`);
});

it('has a fixture for each refusal', () => {
  const fixtures = readdirSync(FIXTURES).map((name) => parse(name).name);
  expect(fixtures.sort()).toEqual(Object.keys(refusals).sort());
});

it.each(['proxy', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.0/8/8', '10.0.0/8'])(
  'refuses to trust %s',
  (network) => {
    expect(() =>
      loadConfig({ AUDIT_DATABASE_URL, AUDIT_QUERY_TRUSTED_PROXIES: network }),
    ).toThrow(
      `cannot start: AUDIT_QUERY_TRUSTED_PROXIES must be a comma list of addresses, networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, got "${network}"`,
    );
  },
);
