import * as client from 'openid-client';
import { once } from '../../once';
import type { OidcConfig } from './oidc-config';
import { CALLBACK_PATH } from './oidc-path';
import { refusalOf } from './refusal-of';
import type { SignInAttempt } from './sign-in-attempt';

/** How long the provider may take for one answer, in seconds. */
const ANSWER_TIMEOUT_S = 10;

/** What a provider says of a person. */
export type Claims = Readonly<Record<string, unknown>>;

/** Where people sign in. All functions throw HttpError `ServiceUnavailableError` while it does not answer. */
export interface IdentityProvider {
  /** Reads what the provider says of itself, if that has not been done. */
  discover(): Promise<void>;
  /** Where to send a browser. */
  signInUrl(attempt: SignInAttempt): Promise<string>;
  /**
   * What the provider vouches for.
   *
   * @param query of the provider's answer, as the browser brought it
   * @throws HttpError `NotAllowedError` or `AuthenticationError` when it vouches for nobody
   */
  redeem(
    attempt: SignInAttempt,
    query: string,
  ): Promise<{ claims: Claims; idToken: string }>;
  /** Where to send a browser for signing out there as well; undefined when the provider has no such place. */
  signOutUrl(idToken: string, returnTo: string): Promise<string | undefined>;
}

/**
 * A provider of OpenID Connect: authorization code, PKCE, state and nonce, the ID token's signature checked. It is asked about
 * itself when it is first needed, and again until it answers.
 *
 * @example
 * const provider = createIdentityProvider(config);
 * res.redirect(await provider.signInUrl(attempt));
 */
export function createIdentityProvider(config: OidcConfig): IdentityProvider {
  const { issuer, clientId, clientSecret, publicUrl, providerName } = config;
  const redirectUri = new URL(CALLBACK_PATH, publicUrl).href;
  const discovered = once(() =>
    client.discovery(
      issuer,
      clientId,
      undefined,
      authentication(clientSecret),
      {
        timeout: ANSWER_TIMEOUT_S,
        execute: [
          client.enableNonRepudiationChecks,
          ...(issuer.protocol === 'http:'
            ? [client.allowInsecureRequests]
            : []),
        ],
      },
    ),
  );
  const ask = async <T>(
    question: (provider: client.Configuration) => T | Promise<T>,
  ): Promise<T> => {
    try {
      return await question(await discovered());
    } catch (error) {
      throw refusalOf(error, providerName);
    }
  };

  return {
    discover: () => ask(() => undefined),
    signInUrl: ({ state, nonce, codeVerifier }) =>
      ask(async (provider) => {
        const url = client.buildAuthorizationUrl(provider, {
          redirect_uri: redirectUri,
          scope: config.scopes,
          state,
          nonce,
          code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
          code_challenge_method: 'S256',
        });
        return url.href;
      }),
    redeem: ({ state, nonce, codeVerifier }, query) =>
      ask(async (provider) => {
        const answer = new URL(`${redirectUri}?${query}`);
        const tokens = await client.authorizationCodeGrant(provider, answer, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
        });
        // They are there, for a nonce was expected.
        const claims = tokens.claims()!;
        const idToken = tokens.id_token!;
        const more = await userInfo(provider, tokens.access_token, claims.sub);
        return { claims: { ...more, ...claims }, idToken };
      }),
    signOutUrl: (idToken, returnTo) =>
      ask((provider) => {
        if (!provider.serverMetadata().end_session_endpoint) return undefined;
        return client.buildEndSessionUrl(provider, {
          id_token_hint: idToken,
          post_logout_redirect_uri: new URL(returnTo, publicUrl).href,
        }).href;
      }),
  };
}

/** Many providers keep ID tokens small, and tell roles and names here alone. */
async function userInfo(
  provider: client.Configuration,
  accessToken: string,
  sub: string,
): Promise<Claims> {
  if (!provider.serverMetadata().userinfo_endpoint) return {};
  return client.fetchUserInfo(provider, accessToken, sub);
}

/** By HTTP Basic, which is what a client is registered with when nothing is said, unless the provider does not take it. */
function authentication(secret: string | undefined): client.ClientAuth {
  if (secret === undefined) return client.None();
  const basic = client.ClientSecretBasic(secret);
  const post = client.ClientSecretPost(secret);
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported;
    const takesBasic = methods?.includes('client_secret_basic') ?? true;
    (takesBasic ? basic : post)(server, ...rest);
  };
}
