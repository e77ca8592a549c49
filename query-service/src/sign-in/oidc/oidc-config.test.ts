import { loadConfig } from '../../config';

const ENV = {
  AUDIT_DATABASE_URL: 'postgres:///audit',
  AUDIT_QUERY_PUBLIC_URL: 'https://audit.example.com',
  AUDIT_OIDC_ISSUER: 'https://login.example.com/realms/main',
  AUDIT_OIDC_CLIENT_ID: 'audit',
};
const ROLES = '{ auditors: [audit.log.read, audit.log.export], admins: all }';
const load = (env: object = {}, roles = ROLES) =>
  loadConfig({ ...ENV, ...env }, `oidc: { roles: ${roles} }`);

it('has a default for all but the provider, the client and the roles', () => {
  expect(load().oidc).toEqual({
    issuer: new URL('https://login.example.com/realms/main'),
    clientId: 'audit',
    clientSecret: undefined,
    scopes: 'openid profile email',
    providerName: 'login.example.com',
    publicUrl: new URL('https://audit.example.com'),
    subjectClaim: undefined,
    rolesClaim: 'groups',
    roles: new Map([
      ['auditors', ['audit.log.read', 'audit.log.export']],
      [
        'admins',
        [
          'audit.log.read',
          'audit.log.export',
          'audit.settings.read',
          'audit.settings.write',
        ],
      ],
    ]),
  });
});

it('takes every setting', () => {
  const { oidc } = load({
    AUDIT_QUERY_PUBLIC_URL: 'http://localhost:7420/',
    AUDIT_OIDC_ISSUER: 'http://127.0.0.1:8080',
    AUDIT_OIDC_CLIENT_SECRET: 'secret',
    AUDIT_OIDC_SCOPES: 'openid,roles',
    AUDIT_OIDC_PROVIDER_NAME: 'Example',
    AUDIT_OIDC_SUBJECT_CLAIM: 'upn',
    AUDIT_OIDC_ROLES_CLAIM: 'realm_access.roles',
  });
  expect(oidc).toMatchObject({
    issuer: new URL('http://127.0.0.1:8080'),
    publicUrl: new URL('http://localhost:7420'),
    clientSecret: 'secret',
    scopes: 'openid roles',
    providerName: 'Example',
    subjectClaim: 'upn',
    rolesClaim: 'realm_access.roles',
  });
});

it('is off when nothing is said', () => {
  const { AUDIT_DATABASE_URL, AUDIT_QUERY_PUBLIC_URL } = ENV;
  const config = loadConfig({ AUDIT_DATABASE_URL, AUDIT_QUERY_PUBLIC_URL });
  expect(config.oidc).toBeUndefined();
});

const SAFE =
  'a URL that begins with https://, or with http:// and a loopback address';

it.each<[string, object, string]>([
  [
    'an issuer in clear over the network',
    { AUDIT_OIDC_ISSUER: 'http://login.example.com' },
    `AUDIT_OIDC_ISSUER must be ${SAFE}, got one of http://login.example.com`,
  ],
  [
    'an issuer that only looks like loopback',
    { AUDIT_OIDC_ISSUER: 'http://127.0.0.1.example.com' },
    `AUDIT_OIDC_ISSUER must be ${SAFE}, got one of http://127.0.0.1.example.com`,
  ],
  [
    'an issuer that is no URL',
    { AUDIT_OIDC_ISSUER: 'login.example.com' },
    `AUDIT_OIDC_ISSUER must be ${SAFE}, got a text that is no URL`,
  ],
  [
    'no issuer',
    { AUDIT_OIDC_ISSUER: '' },
    'AUDIT_OIDC_ISSUER must be given together with AUDIT_OIDC_CLIENT_ID, got nothing',
  ],
  [
    'no client',
    { AUDIT_OIDC_CLIENT_ID: '' },
    'AUDIT_OIDC_CLIENT_ID must be given together with AUDIT_OIDC_ISSUER, got nothing',
  ],
  [
    'no public URL',
    { AUDIT_QUERY_PUBLIC_URL: '' },
    'AUDIT_QUERY_PUBLIC_URL must be given together with AUDIT_OIDC_ISSUER, got nothing',
  ],
  [
    'a public URL in clear',
    { AUDIT_QUERY_PUBLIC_URL: 'http://audit.example.com' },
    `AUDIT_QUERY_PUBLIC_URL must be ${SAFE}, got one of http://audit.example.com`,
  ],
  [
    'a public URL with a path',
    { AUDIT_QUERY_PUBLIC_URL: 'https://example.com/audit' },
    'AUDIT_QUERY_PUBLIC_URL must be a URL without path, query and user, such as https://audit.example.com, got "https://example.com/audit"',
  ],
  [
    'scopes of plain OAuth',
    { AUDIT_OIDC_SCOPES: 'profile' },
    'AUDIT_OIDC_SCOPES must be a list with openid in it, got "profile"',
  ],
  [
    'a name that does not exist',
    { AUDIT_OIDC_ISUER: 'x' },
    'unknown setting AUDIT_OIDC_ISUER; expected one of ',
  ],
])('refuses %s', (_, env, message) => {
  expect(() => load(env)).toThrow(`cannot start: ${message}`);
});

const PERMISSIONS =
  'a list of audit.log.read, audit.log.export, audit.settings.read, audit.settings.write, all';

it.each([
  ['{ roles: {} }', 'oidc.roles must be given one role at least, got none'],
  [
    '{}',
    'oidc.roles must be a mapping, as in oidc: { roles: { auditors: [audit.log.read] } }, got nothing',
  ],
  [
    '[a]',
    'oidc must be a mapping, as in oidc: { roles: { auditors: [audit.log.read] } }, got a list',
  ],
  [
    '{ roles: { a: all }, role: x }',
    'oidc must be a mapping of roles alone, got role',
  ],
  [
    '{ roles: { a: [audit.log.raed] } }',
    `oidc.roles.a must be ${PERMISSIONS}, got "audit.log.raed"`,
  ],
  ['{ roles: { a: [] } }', `oidc.roles.a must be ${PERMISSIONS}, got []`],
  [
    '{ roles: { a: { b: c } } }',
    `oidc.roles.a must be ${PERMISSIONS}, got {"b":"c"}`,
  ],
])('refuses oidc: %s', (yaml, message) => {
  expect(() => loadConfig(ENV, `oidc: ${yaml}`)).toThrow(
    `cannot start: ${message}`,
  );
});

it('refuses a provider without roles', () => {
  expect(() => loadConfig(ENV)).toThrow('cannot start: oidc must be a mapping');
});
