import type { Request } from 'express';
import { HttpError } from '../http-error';

const SAFE_METHODS = ['GET', 'HEAD'];

/**
 * Lets a request of somebody who signed in change something only when it comes from a page of this service: a cookie goes
 * along with requests that other pages make, a token does not. Browsers say where a request comes from in
 * `Sec-Fetch-Site`, which pages cannot set, older ones in `Origin`
 * (https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html).
 *
 * @throws HttpError `NotAllowedError`
 */
export function requireSameOrigin(req: Request): void {
  if (SAFE_METHODS.includes(req.method)) return;
  const site = req.get('sec-fetch-site');
  const origin = req.get('origin');
  const isSame =
    site === undefined
      ? URL.parse(origin ?? '')?.host === req.get('host')
      : site === 'same-origin';
  if (!isSame)
    throw new HttpError(
      'NotAllowedError',
      'Changes by session are taken only from pages of this service; a program uses a bearer token',
    );
}
