import type { Response } from 'express';

/** Scripts and styles of this service alone, nothing in frames, nothing to anybody else. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Sets what browsers are to do with pages of this service. */
export function strictPolicy(res: Response): Response {
  return res
    .set('Content-Security-Policy', CONTENT_SECURITY_POLICY)
    .set('Referrer-Policy', 'no-referrer');
}
