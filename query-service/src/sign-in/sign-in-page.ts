import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from '../http/route';

/** The same path from `src` and from `dist`. */
const PUBLIC = join(__dirname, '..', '..', 'public');

/** Scripts and styles of this service alone, nothing in frames, nothing to anybody else. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Path, and file with its type. */
const FILES = [
  ['/sign-in', 'sign-in.html', 'text/html'],
  ['/sign-in.js', 'sign-in.js', 'text/javascript'],
  ['/sign-in.css', 'sign-in.css', 'text/css'],
] as const;

/** `/sign-in`: the page on which a person signs in, also by a link with `#token=...`. */
export function signInPage(): Route[] {
  return FILES.map(([path, file, type]) => {
    const text = readFileSync(join(PUBLIC, file), 'utf8');
    return {
      path,
      get(_req, res) {
        res
          .set('Content-Security-Policy', CONTENT_SECURITY_POLICY)
          .set('Referrer-Policy', 'no-referrer')
          .type(type)
          .send(text);
      },
    };
  });
}
