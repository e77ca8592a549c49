import { join } from 'node:path';

/**
 * The directory of a service in a spool, which services may share.
 *
 * @example
 * serviceDirectory('/var/spool/audit', 'shop/eu'); // '/var/spool/audit/shop%2Feu'
 */
export function serviceDirectory(spool: string, serviceName: string): string {
  // A name of dots would lead out of the spool, and one that begins with a dot is hidden.
  const name = encodeURIComponent(serviceName.toWellFormed()).replace(
    /^\./,
    '%2E',
  );
  return join(spool, name);
}
