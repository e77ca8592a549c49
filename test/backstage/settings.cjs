const { parse } = require('pg-connection-string');

/** The environment of `backend.cjs`. */
exports.readSettings = function readSettings(env) {
  return {
    databaseUrl: required(env, 'BACKSTAGE_DATABASE_URL'),
    port: Number(required(env, 'BACKSTAGE_PORT')),
    /** The `auditorOtel` section, as JSON. */
    auditorOtel: JSON.parse(required(env, 'BACKSTAGE_AUDITOR_OTEL')),
    unrestrictedToken: required(env, 'BACKSTAGE_UNRESTRICTED_TOKEN'),
    externalToken: required(env, 'BACKSTAGE_EXTERNAL_TOKEN'),
  };
};

/** What an adopter has in `app-config.yaml`. One database, one schema for each plugin. */
exports.appConfig = function appConfig(settings) {
  const { user, password, host, port, database } = parse(settings.databaseUrl);
  const baseUrl = `http://127.0.0.1:${settings.port}`;
  return {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: `127.0.0.1:${settings.port}`,
      database: {
        client: 'pg',
        pluginDivisionMode: 'schema',
        connection: {
          user,
          password,
          host,
          port: Number(port) || 5432,
          database,
        },
      },
      auth: {
        externalAccess: [
          staticToken(settings.unrestrictedToken, 'ci-bot'),
          staticToken(settings.externalToken, 'external:dashboards'),
        ],
      },
      // Reads are low, and low is debug by default: tests want to see the lines.
      auditor: { severityLogLevelMappings: { low: 'info' } },
    },
    auditorOtel: settings.auditorOtel,
  };
};

function staticToken(token, subject) {
  return { type: 'static', options: { token, subject } };
}

function required(env, name) {
  const value = env[name];
  if (!value) throw new Error(`cannot start: ${name} is not set`);
  return value;
}
