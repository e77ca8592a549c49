import type { CookieOptions } from 'express';

/** Its name. */
export const SESSION_COOKIE = 'otel-audit-session';

/** 32 bytes in base64url. */
const VALUE = /^[\w-]{43}$/;

/**
 * The session of a request's `Cookie` header; what cannot be one counts as none.
 *
 * @example
 * sessionCookie(`theme=dark; otel-audit-session=${value}`);
 */
export function sessionCookie(header: string | undefined): string | undefined {
  return header
    ?.split(';')
    .map((pair) => pair.trim().split('='))
    .filter(
      ([name, value]) => name === SESSION_COOKIE && VALUE.test(value ?? ''),
    )
    .at(0)?.[1];
}

/** How the cookie is kept: out of reach of scripts, of other sites, and of the open network when there is TLS. */
export function cookieOptions(isSecure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure: isSecure, path: '/' };
}
