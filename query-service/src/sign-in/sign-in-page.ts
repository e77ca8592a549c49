import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from '../http/route';
import { escapeHtml } from './escape-html';
import { OIDC_PATH } from './oidc/oidc-path';
import { SIGN_IN_PATH } from './sign-in-path';
import { strictPolicy } from './strict-policy';

/** The same path from `src` and from `dist`. */
const PUBLIC = join(__dirname, '..', '..', 'public');

/** Path, and file with its type. */
const FILES = [
  [SIGN_IN_PATH, 'sign-in.html', 'text/html'],
  ['/sign-in.js', 'sign-in.js', 'text/javascript'],
  ['/sign-in.css', 'sign-in.css', 'text/css'],
] as const;

/** Where `sign-in.html` has room for another way to sign in. */
const PROVIDER_MARK = '<!-- provider -->';

/**
 * `/sign-in`: the page on which a person signs in, also by a link with `#token=...`.
 *
 * @param providerName of the identity provider, undefined when there is none
 */
export function signInPage(providerName: string | undefined): Route[] {
  const provider =
    providerName === undefined
      ? ''
      : `<p><a href="${OIDC_PATH}">Sign in with ${escapeHtml(providerName)}</a></p>`;
  return FILES.map(([path, file, type]) => {
    const text = readFileSync(join(PUBLIC, file), 'utf8').replace(
      PROVIDER_MARK,
      () => provider,
    );
    return {
      path,
      get(_req, res) {
        strictPolicy(res).type(type).send(text);
      },
    };
  });
}
