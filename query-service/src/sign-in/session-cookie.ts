import type { CookieOptions, Request } from 'express';

/** Its name. */
export const SESSION_COOKIE = 'otel-audit-session';

/** 32 bytes in base64url, as every cookie of this service has them. */
const VALUE = /^[\w-]{43}$/;

/**
 * The value of a cookie of this service in a `Cookie` header: the first that can be one, since others may set cookies of the same name.
 *
 * @example
 * cookieIn(`theme=dark; otel-audit-session=${value}`, SESSION_COOKIE);
 */
export function cookieIn(
  header: string | undefined,
  name: string,
): string | undefined {
  return header
    ?.split(';')
    .map((pair) => pair.trim().split('='))
    .find(([key, value]) => key === name && VALUE.test(value ?? ''))?.[1];
}

/**
 * How a cookie is kept: out of reach of scripts, of other sites, and of the open network when there is TLS, which the request or the
 * public URL says.
 *
 * @param publicUrl the origin under which browsers reach this service, where a setting gives it
 * @param sameSite `lax` for what must be there when another site, which signed somebody in, sends the browser back
 */
export function cookieOptions(
  req: Pick<Request, 'secure'>,
  publicUrl: URL | undefined,
  sameSite: 'strict' | 'lax' = 'strict',
): CookieOptions {
  const secure = req.secure || publicUrl?.protocol === 'https:';
  return { httpOnly: true, sameSite, secure, path: '/' };
}
