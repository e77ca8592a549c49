/**
 * A real Backstage backend with the catalog, audited by auditor-otel. Settings come from the environment (see
 * `settings.cjs`); when it is ready it prints one JSON line with the token of its user.
 */
const { ConfigReader } = require('@backstage/config');
const { createBackend } = require('@backstage/backend-defaults');
const {
  coreServices,
  createServiceFactory,
} = require('@backstage/backend-plugin-api');
const { authPlugin, createUserIssuer } = require('./auth-plugin.cjs');
const { callerPlugin } = require('./caller-plugin.cjs');
const { openPlugin } = require('./open-plugin.cjs');
const { taskPlugin } = require('./task-plugin.cjs');
const { appConfig, readSettings } = require('./settings.cjs');

async function main() {
  const settings = readSettings(process.env);
  const issuer = await createUserIssuer('user:default/john');
  const backend = createBackend();
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => new ConfigReader(appConfig(settings)),
    }),
  );
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(import('auditor-otel/backstage'));
  backend.add(authPlugin(issuer));
  backend.add(callerPlugin);
  backend.add(taskPlugin);
  backend.add(openPlugin);
  await backend.start();
  console.log(JSON.stringify({ ready: true, userToken: issuer.token }));
}

main().catch((error) => {
  console.error(error);
  // What did start keeps the process alive.
  process.exit(1);
});
