import { publicFile, publicText } from '../http/public-file';
import type { Route } from '../http/route';
import { escapeHtml } from '../http/escape-html';
import { OIDC_PATH } from './oidc/oidc-path';
import { SIGN_IN_PATH } from './sign-in-path';

/** Path, and file with its type. */
export const signInFiles = [
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
  return signInFiles.map(([path, file, type]) =>
    publicText(
      path,
      type,
      publicFile(file).replace(PROVIDER_MARK, () => provider),
    ),
  );
}
