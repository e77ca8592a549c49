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

/**
 * How a cookie is kept: out of reach of scripts, of other sites, and of the open network when there is TLS.
 *
 * @param sameSite `lax` for what must be there when another site, which signed somebody in, sends the browser back
 */
export function cookieOptions(
  isSecure: boolean,
  sameSite: 'strict' | 'lax' = 'strict',
): CookieOptions {
  return { httpOnly: true, sameSite, secure: isSecure, path: '/' };
}

/** The value of a cookie in a `Cookie` header, the first when there are several. */
export function cookieIn(
  header: string | undefined,
  name: string,
): string | undefined {
  return header
    ?.split(';')
    .map((pair) => pair.trim().split('='))
    .find(([key]) => key === name)?.[1];
}
