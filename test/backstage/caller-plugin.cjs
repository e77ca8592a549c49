const {
  coreServices,
  createBackendPlugin,
} = require('@backstage/backend-plugin-api');

/**
 * A plugin that calls the catalog: `GET /api/search/own` as itself, `GET /api/search/on-behalf` for the user that asks.
 */
exports.callerPlugin = createBackendPlugin({
  pluginId: 'search',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
      },
      async init({ auth, discovery, httpAuth, httpRouter }) {
        const credentialsFor = (req) =>
          req.path === '/own'
            ? auth.getOwnServiceCredentials()
            : httpAuth.credentials(req, { allow: ['user'] });

        async function callCatalog(req) {
          const onBehalfOf = await credentialsFor(req);
          const { token } = await auth.getPluginRequestToken({
            onBehalfOf,
            targetPluginId: 'catalog',
          });
          const url = await discovery.getBaseUrl('catalog');
          return fetch(`${url}/entities/by-query?limit=5`, {
            headers: { authorization: `Bearer ${token}` },
          });
        }

        httpRouter.addAuthPolicy({ path: '/own', allow: 'unauthenticated' });
        httpRouter.use((req, res, next) => {
          callCatalog(req).then(
            ({ status }) => res.status(status).json({ catalog: status }),
            next,
          );
        });
      },
    });
  },
});
