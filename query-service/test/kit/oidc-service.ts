import { loadConfig } from 'query-service';
import type { Config } from 'query-service';
import { freePort } from '../../../test/src/free-port';
import { startTestService } from '../service';
import type { TestService } from '../service';
import type { Browser } from './browser';
import { startIdentityProvider } from './identity-provider';
import type { TestIdentityProvider } from './identity-provider';

/** Where a browser begins to sign in. */
export const BEGIN = '/api/session/oidc';
/** Where it comes back. */
export const CALLBACK = `${BEGIN}/callback`;
const ROLES = `oidc:
  roles:
    auditors: [audit.log.read, audit.log.export]
    platform-admins: [all]`;
/** Who has an account at the provider. */
export const ACCOUNTS = {
  jane: {
    email: 'jane@example.com',
    email_verified: true,
    groups: ['auditors', 'others'],
  },
  root: { preferred_username: 'root', groups: 'platform-admins' },
  eve: {
    email: 'eve@<b>example</b>.com',
    email_verified: true,
    groups: ['others', '__proto__'],
  },
  mute: { email: 'mute@example.com', email_verified: true },
};

/** A service whose people sign in at an issuer. */
export async function startOidcService(
  issuer: string,
  port: number,
  more: Record<string, string> = {},
  overrides: Partial<Config> = {},
) {
  const { oidc } = loadConfig(
    {
      AUDIT_DATABASE_URL: 'postgres:///any',
      AUDIT_QUERY_PUBLIC_URL: `http://127.0.0.1:${port}`,
      AUDIT_OIDC_ISSUER: issuer,
      AUDIT_OIDC_CLIENT_ID: 'audit',
      AUDIT_OIDC_CLIENT_SECRET: 'of the client: 100% & "odd"',
      AUDIT_OIDC_PROVIDER_NAME: 'Ex & Co <login>',
      AUDIT_OIDC_SCOPES: 'openid profile email groups',
      ...more,
    },
    ROLES,
  );
  return startTestService({ port, oidc, ...overrides });
}

/** The service on this port as the provider knows it. */
export const clientsOf = (port: number) => [
  {
    client_id: 'audit',
    client_secret: 'of the client: 100% & "odd"',
    redirect_uris: [`http://127.0.0.1:${port}${CALLBACK}`],
    post_logout_redirect_uris: [`http://127.0.0.1:${port}/sign-in`],
  },
];

/** Both, knowing each other. */
export async function startWithProvider(): Promise<{
  provider: TestIdentityProvider;
  service: TestService;
}> {
  const port = await freePort();
  const provider = await startIdentityProvider({
    clients: clientsOf(port),
    accounts: ACCOUNTS,
  });
  return { provider, service: await startOidcService(provider.issuer, port) };
}

/** The provider's answer for a browser, not yet taken to the service. */
export async function answerFor(
  browser: Browser,
  { url }: TestService,
): Promise<URL> {
  const { next } = await browser.follow(
    url + BEGIN,
    (to) => !to.startsWith(url),
  );
  return new URL(next!);
}

/** What a page tells the person. */
export const alertIn = async (answer: Response) =>
  /<p role="alert">(.*)<\/p>/.exec(await answer.text())?.[1];
