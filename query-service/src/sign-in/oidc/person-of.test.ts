import fc from 'fast-check';
import type { OidcConfig } from './oidc-config';
import { personOf } from './person-of';

const CONFIG: OidcConfig = {
  issuer: new URL('https://login.example.com/realms/main'),
  clientId: 'audit',
  scopes: 'openid',
  providerName: 'Example',
  publicUrl: new URL('https://audit.example.com'),
  rolesClaim: 'groups',
  roles: new Map([
    ['auditors', ['audit.log.read']],
    ['exporters', ['audit.log.read', 'audit.log.export']],
  ]),
};
const ROLE = { groups: ['auditors'] };

describe('a person is called by', () => {
  it.each<[string, object, Partial<OidcConfig>, string]>([
    [
      'the email that the provider has verified',
      { email: 'jane@example.com', email_verified: true },
      {},
      'jane@example.com',
    ],
    [
      'the user name, when nobody says whether the email is verified',
      { email: 'boss@example.com', preferred_username: 'jane' },
      {},
      'jane@login.example.com',
    ],
    [
      'the user name, when a text says that the email is verified',
      {
        email: 'boss@example.com',
        email_verified: 'true',
        preferred_username: 'jane',
      },
      {},
      'jane@login.example.com',
    ],
    [
      "the user name with the provider's host, also when it reads as an email",
      {
        email: 'boss@example.com',
        email_verified: false,
        preferred_username: 'boss@example.com',
      },
      {},
      'boss@example.com@login.example.com',
    ],
    [
      "the user name with the provider's host, also when it has that already",
      { preferred_username: 'jane@login.example.com' },
      { subjectClaim: 'preferred_username' },
      'jane@login.example.com@login.example.com',
    ],
    [
      "the subject with the provider's host, also when it reads as an email",
      { sub: 'boss@example.com' },
      {},
      'boss@example.com@login.example.com',
    ],
    [
      'the email, where it is the claim that is configured',
      { email: 'jane@example.com', email_verified: true },
      { subjectClaim: 'email' },
      'jane@example.com',
    ],
    [
      'the user name, when nobody has verified the email',
      {
        email: 'boss@example.com',
        email_verified: false,
        preferred_username: 'jane',
      },
      {},
      'jane@login.example.com',
    ],
    [
      'the subject, when there is nothing else',
      { email: '', preferred_username: 5 },
      {},
      '1@login.example.com',
    ],
    [
      'the claim that is configured',
      { email: 'jane@example.com', upn: 'jane@corp.example' },
      { subjectClaim: 'upn' },
      'jane@corp.example',
    ],
    [
      'no name of a token',
      { preferred_username: 'audit-log-admin-access' },
      {},
      'audit-log-admin-access@login.example.com',
    ],
  ])('%s', (_, claims, config, subject) => {
    const all = { sub: '1', ...ROLE, ...claims };
    expect(personOf(all, { ...CONFIG, ...config })).toMatchObject({
      status: 'admitted',
      subject,
    });
  });
});

describe('roles are taken from', () => {
  it.each<[string, object, string]>([
    ['a list', { groups: ['x', 'exporters', 'auditors'] }, 'groups'],
    [
      'a path',
      { realm_access: { roles: ['exporters', 'auditors'] } },
      'realm_access.roles',
    ],
    [
      'a name with dots',
      { 'https://x.example/roles': ['auditors', 'exporters'] },
      'https://x.example/roles',
    ],
  ])('%s', (_, claims, rolesClaim) => {
    expect(
      personOf({ sub: '1', ...claims }, { ...CONFIG, rolesClaim }),
    ).toEqual({
      status: 'admitted',
      subject: '1@login.example.com',
      roles: ['auditors', 'exporters'],
      permissions: ['audit.log.read', 'audit.log.export'],
    });
  });

  it('one text, whole', () => {
    const groups = 'auditors';
    expect(personOf({ sub: '1', groups }, CONFIG).status).toBe('admitted');
    expect(
      personOf({ sub: '1', groups: 'auditors exporters' }, CONFIG).status,
    ).toBe('refused');
  });
});

describe('refuses', () => {
  it.each<[string, object, Partial<OidcConfig>, string]>([
    [
      'a person without the configured name',
      ROLE,
      { subjectClaim: 'upn' },
      'Example sent no claim upn that names the person in at most 256 characters (AUDIT_OIDC_SUBJECT_CLAIM)',
    ],
    [
      'an email that nobody has verified, where it is the configured name',
      { ...ROLE, email: 'boss@example.com', email_verified: false },
      { subjectClaim: 'email' },
      'Example sent no claim email with email_verified true that names the person in at most 256 characters (AUDIT_OIDC_SUBJECT_CLAIM)',
    ],
    [
      'a name that could pass for another in a list',
      { ...ROLE, upn: 'jane\u202e@x' },
      { subjectClaim: 'upn' },
      'Example sent no claim upn that names the person in at most 256 characters (AUDIT_OIDC_SUBJECT_CLAIM)',
    ],
    [
      'no claim with roles',
      { groups: null },
      {},
      'Example sent no claim groups with the roles of 1@login.example.com (AUDIT_OIDC_ROLES_CLAIM)',
    ],
    [
      'no role that is known',
      { groups: ['Auditors', 'auditor', '__proto__', 'constructor'] },
      {},
      '1@login.example.com has no role at Example that gives access to this audit log',
    ],
  ])('%s', (_, claims, config, reason) => {
    expect(
      personOf({ sub: '1', ...claims }, { ...CONFIG, ...config }),
    ).toMatchObject({ status: 'refused', reason });
  });
});

it('admits nobody without a known role, whatever the claims are', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('sub', 'email', 'preferred_username', 'groups'),
        fc.anything(),
      ),
      (claims) => {
        const person = personOf(claims, CONFIG);
        const groups = [claims['groups']].flat();
        const hasRole =
          groups.includes('auditors') || groups.includes('exporters');
        expect(person.status === 'admitted' && !hasRole).toBe(false);
        expect(person.subject ?? '@').toMatch(/^[^\n\0]*@[^\n\0]*$/);
      },
    ),
  );
});
