import type { Claims } from './identity-provider';
import type { OidcConfig } from './oidc-config';

/** Whether somebody may come in, and as whom. */
export type Person =
  | {
      status: 'admitted';
      subject: string;
      /** Those of his roles that are known here. */
      roles: string[];
      permissions: string[];
    }
  | { status: 'refused'; subject: string | undefined; reason: string };

const MAX_SUBJECT_LENGTH = 256;

/**
 * Who a provider's claims speak of, and what he may do here.
 *
 * A name always has an `@` in it, so that nobody can call himself what a token or an actor of Backstage is called: one without gets the
 * provider's host, as in `jane@login.example.com`.
 *
 * @returns `refused` with one sentence for somebody without a role here, or without the claims that tell
 * @example
 * personOf({ sub: '1', email: 'jane@example.com', groups: ['auditors'] }, config);
 */
export function personOf(claims: Claims, config: OidcConfig): Person {
  const { subjectClaim, rolesClaim, roles: known, issuer } = config;
  const name = nameOf(claims, subjectClaim);
  if (name === undefined)
    return {
      status: 'refused',
      subject: undefined,
      reason: `${config.providerName} sent no claim ${subjectClaim ?? 'sub'} that names the person in at most ${MAX_SUBJECT_LENGTH} characters (AUDIT_OIDC_SUBJECT_CLAIM)`,
    };
  const subject = name.includes('@') ? name : `${name}@${issuer.host}`;
  const value = claimAt(claims, rolesClaim);
  if (value === undefined)
    return {
      status: 'refused',
      subject,
      reason: `${config.providerName} sent no claim ${rolesClaim} with the roles of ${subject} (AUDIT_OIDC_ROLES_CLAIM)`,
    };
  const roles = [...known.keys()].filter((role) =>
    [value].flat().includes(role),
  );
  if (roles.length === 0)
    return {
      status: 'refused',
      subject,
      reason: `${subject} has no role at ${config.providerName} that gives access to this audit log`,
    };
  const permissions = new Set(roles.flatMap((role) => known.get(role)!));
  return { status: 'admitted', subject, roles, permissions: [...permissions] };
}

function nameOf(claims: Claims, claim: string | undefined): string | undefined {
  const candidates = claim
    ? [claimAt(claims, claim)]
    : [
        // Whoever may call himself what he likes is not believed.
        claims['email_verified'] === false ? undefined : claims['email'],
        claims['preferred_username'],
        claims['sub'],
      ];
  return candidates.find(isName);
}

/** One line of text that Postgres can hold. */
function isName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.isWellFormed() &&
    value.length <= MAX_SUBJECT_LENGTH &&
    /^[^\s\p{C}]([^\p{Cc}\p{Cf}]*[^\s\p{C}])?$/u.test(value)
  );
}

/** A claim by its name, or by a path such as `realm_access.roles`; names may have dots too, as in `https://example.com/roles`. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name] ?? undefined;
  let at: unknown = claims;
  for (const key of name.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key))
      return undefined;
    at = (at as Claims)[key];
  }
  return at ?? undefined;
}
