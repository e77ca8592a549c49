// A real identity provider in a process of its own. Argument: JSON with port, clients, and accounts (claims by account
// id). Whom it signs in, without asking, is what was last written to its standard input; an empty line cancels.
import { createInterface } from 'node:readline';
import { Provider } from 'oidc-provider';

const { port, clients, accounts } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;
let account = '';

const provider = new Provider(issuer, {
  clients,
  claims: {
    openid: ['sub'],
    profile: ['preferred_username'],
    email: ['email', 'email_verified'],
    groups: ['groups', 'realm_access'],
  },
  scopes: ['openid', 'profile', 'email', 'groups'],
  cookies: { keys: ['of the test'] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, ...accounts[id] }),
  }),
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({
      clientId: oidc.client.clientId,
      accountId: oidc.session.accountId,
    });
    grant.addOIDCScope('openid profile email groups');
    await grant.save();
    return grant;
  },
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) {
    await next();
    return;
  }
  const result = account
    ? { login: { accountId: account } }
    : { error: 'access_denied', error_description: '<b>cancelled</b>' };
  ctx.respond = false;
  await provider.interactionFinished(ctx.req, ctx.res, result, {
    mergeWithLastSubmission: false,
  });
});
provider.listen(port, '127.0.0.1', () => console.log('is ready'));

createInterface({ input: process.stdin })
  .on('line', (line) => {
    account = line;
    console.log(`signs in ${line}`);
  })
  .on('close', () => process.exit());
