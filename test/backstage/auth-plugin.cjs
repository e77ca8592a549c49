const {
  coreServices,
  createBackendPlugin,
} = require('@backstage/backend-plugin-api');
const { exportJWK, generateKeyPair, SignJWT } = require('jose');

const ALGORITHM = 'ES256';
const KEY_ID = 'test-key';
const LIFETIME_SECONDS = 3600;

/**
 * Issues a user token as the auth backend does: with the proof (`uip`) from which other plugins make the limited token
 * that they call on behalf of the user with.
 */
exports.createUserIssuer = async function createUserIssuer(userEntityRef) {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const iat = Math.floor(Date.now() / 1000);
  const claims = { sub: userEntityRef, iat, exp: iat + LIFETIME_SECONDS };
  const sign = (typ, payload) =>
    new SignJWT(payload)
      .setProtectedHeader({ typ, alg: ALGORITHM, kid: KEY_ID })
      .sign(privateKey);
  const limited = await sign('vnd.backstage.limited-user', claims);
  const token = await sign('vnd.backstage.user', {
    iss: 'test',
    aud: 'backstage',
    ent: [userEntityRef],
    uip: limited.split('.')[2],
    ...claims,
  });
  const key = { ...(await exportJWK(publicKey)), kid: KEY_ID, alg: ALGORITHM };
  return { token, keys: [key] };
};

/** The part of the auth backend that other plugins verify user tokens with. */
exports.authPlugin = (issuer) =>
  createBackendPlugin({
    pluginId: 'auth',
    register(env) {
      env.registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        async init({ httpRouter }) {
          const path = '/.well-known/jwks.json';
          httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
          httpRouter.use((req, res, next) => {
            if (req.path === path) res.json({ keys: issuer.keys });
            else next();
          });
        },
      });
    },
  });
