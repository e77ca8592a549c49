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

const EMAIL = 'email';
/** Unique there and nowhere else, and often chosen by the person himself; an `@` in them says nothing. */
const OF_THE_PROVIDER = ['preferred_username', 'sub'];
/** The first of them that somebody has names him, when no setting says by which. */
const DEFAULT_CLAIMS = [EMAIL, ...OF_THE_PROVIDER];

/**
 * Who a provider's claims speak of, and what he may do here.
 *
 * A name always has an `@` in it, so that nobody can call himself what a token or an actor of Backstage is called. What is unique only at
 * the provider, and what has none, gets the provider's host, as in `jane@login.example.com`: nobody can choose a user name that reads as
 * somebody else's email.
 *
 * @returns `refused` with one sentence for somebody without a role here, or without the claims that tell
 * @example
 * personOf({ sub: '1', email: 'jane@example.com', email_verified: true, groups: ['auditors'] }, config);
 */
export function personOf(claims: Claims, config: OidcConfig): Person {
  const { subjectClaim, rolesClaim, roles: known, issuer } = config;
  const subject = (subjectClaim === undefined ? DEFAULT_CLAIMS : [subjectClaim])
    .map((claim) => subjectBy(claim, claims, issuer))
    .find((name) => name !== undefined);
  if (subject === undefined)
    return {
      status: 'refused',
      subject: undefined,
      reason: `${config.providerName} sent no claim ${wanted(subjectClaim)} that names the person in at most ${MAX_SUBJECT_LENGTH} characters (AUDIT_OIDC_SUBJECT_CLAIM)`,
    };
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

/** What a person is called by one of his claims. */
function subjectBy(
  claim: string,
  claims: Claims,
  issuer: URL,
): string | undefined {
  // Whoever may call himself what he likes is not believed, and not every provider says that he may.
  if (claim === EMAIL && claims['email_verified'] !== true) return undefined;
  const name = claimAt(claims, claim);
  if (!isName(name)) return undefined;
  const isWhole = name.includes('@') && !OF_THE_PROVIDER.includes(claim);
  return isWhole ? name : `${name}@${issuer.host}`;
}

function wanted(claim = 'sub'): string {
  return claim === EMAIL ? 'email with email_verified true' : claim;
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
