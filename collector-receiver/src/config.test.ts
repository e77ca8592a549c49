import { readdirSync, readFileSync } from 'node:fs';
import { join, parse as parseName } from 'node:path';
import { loadConfig } from './config';

const folder = join(__dirname, '../testdata/config');
/** What `{tls}` in a file of the folder stands for. */
const tls = join(__dirname, '../testdata/tls');
const AUDIT_DATABASE_URL = 'postgres://audit:secret@localhost/audit';
const url = 'a URL such as postgres://user@host:5432/database';
const names =
  'AUDIT_DATABASE_URL, AUDIT_RECEIVER_HOST, AUDIT_RECEIVER_HTTP_PORT, AUDIT_RECEIVER_GRPC_PORT, AUDIT_RECEIVER_TLS_CERT_FILE, AUDIT_RECEIVER_TLS_KEY_FILE, AUDIT_RECEIVER_TLS_CLIENT_CA_FILE, AUDIT_RECEIVER_MAX_BODY_BYTES, AUDIT_RECEIVER_MAX_IN_FLIGHT_BYTES, AUDIT_RECEIVER_MAX_CONNECTIONS, AUDIT_RECEIVER_ALLOW_UNSAFE_DURABILITY, AUDIT_RECEIVER_REQUIRE_STANDBY, AUDIT_INGEST_TOKEN, AUDIT_RECEIVER_FOREIGN_RECORDS, AUDIT_RECEIVER_OPERATION_TIMEOUT_MS, AUDIT_ARCHIVE_DIR, AUDIT_MIGRATE_RECEIVER_URL, AUDIT_MIGRATE_QUERY_URL, AUDIT_MIGRATE_READER_URL, protectedEvents, excludeRules';

describe('loadConfig', () => {
  it('has a default for everything but the database', () => {
    expect(loadConfig({ AUDIT_DATABASE_URL })).toEqual({
      databaseUrl: AUDIT_DATABASE_URL,
      host: '127.0.0.1',
      port: 4318,
      grpcPort: 4317,
      tls: undefined,
      ingestToken: undefined,
      maxBodyBytes: 67_108_864,
      maxInFlightBytes: 16_777_216,
      maxConnections: 1_000,
      allowUnsafeDurability: false,
      requireStandby: false,
      foreignRecords: 'store',
      operationTimeoutMs: 900_000,
      file: 'audit.yaml',
    });
  });

  const yaml = `
AUDIT_DATABASE_URL: postgres://file/audit
AUDIT_RECEIVER_HOST: 0.0.0.0
AUDIT_RECEIVER_HTTP_PORT: 1
AUDIT_RECEIVER_GRPC_PORT: 0
AUDIT_RECEIVER_TLS_CERT_FILE: ${tls}/server.crt
AUDIT_RECEIVER_TLS_KEY_FILE: ${tls}/server.key
AUDIT_RECEIVER_TLS_CLIENT_CA_FILE: ${tls}/ca.crt
AUDIT_INGEST_TOKEN: 1234567890
AUDIT_RECEIVER_FOREIGN_RECORDS: quarantine
AUDIT_RECEIVER_OPERATION_TIMEOUT_MS: 60000
AUDIT_ARCHIVE_DIR: /archive
AUDIT_RECEIVER_MAX_BODY_BYTES: 300000000
AUDIT_RECEIVER_MAX_CONNECTIONS: 50
AUDIT_RECEIVER_ALLOW_UNSAFE_DURABILITY: true
AUDIT_RECEIVER_REQUIRE_STANDBY: true
protectedEvents: [critical, failed]
excludeRules: []
AUDIT_QUERY_PORT: 7420
AUDIT_API_TOKEN: of-another-part
`;

  it('takes all of it from the file', () => {
    expect(loadConfig({}, yaml)).toEqual({
      databaseUrl: 'postgres://file/audit',
      host: '0.0.0.0',
      port: 1,
      grpcPort: 0,
      tls: {
        cert: `${tls}/server.crt`,
        key: `${tls}/server.key`,
        clientCa: `${tls}/ca.crt`,
      },
      ingestToken: '1234567890',
      maxBodyBytes: 300_000_000,
      maxInFlightBytes: 16_777_216,
      maxConnections: 50,
      allowUnsafeDurability: true,
      requireStandby: true,
      foreignRecords: 'quarantine',
      operationTimeoutMs: 60_000,
      archiveDirectory: '/archive',
      file: 'audit.yaml',
    });
  });

  it('lets the environment win, but for what is empty there', () => {
    const env = {
      AUDIT_DATABASE_URL,
      AUDIT_RECEIVER_HTTP_PORT: '2',
      AUDIT_RECEIVER_HOST: '',
      AUDIT_CONFIG: '/etc/audit.yaml',
      AUDIT_RECEIVER_ENDPOINT: 'http://of-the-collector',
    };
    expect(loadConfig(env, yaml)).toMatchObject({
      databaseUrl: AUDIT_DATABASE_URL,
      port: 2,
      host: '0.0.0.0',
      file: '/etc/audit.yaml',
    });
  });

  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])(
    'listens on %s without a token',
    (host) => {
      expect(
        loadConfig({ AUDIT_DATABASE_URL, AUDIT_RECEIVER_HOST: host }).host,
      ).toBe(host);
    },
  );

  it.each(['0.0.0.0', '::', '10.0.0.1', 'receiver.example'])(
    'refuses to listen on %s without one',
    (host) => {
      expect(() =>
        loadConfig({ AUDIT_DATABASE_URL, AUDIT_RECEIVER_HOST: host }),
      ).toThrow('AUDIT_INGEST_TOKEN must be set');
    },
  );

  it('listens anywhere without a token when clients need a certificate', () => {
    const env = {
      AUDIT_DATABASE_URL,
      AUDIT_RECEIVER_HOST: '0.0.0.0',
      AUDIT_RECEIVER_TLS_CERT_FILE: `${tls}/server.crt`,
      AUDIT_RECEIVER_TLS_KEY_FILE: `${tls}/server.key`,
      AUDIT_RECEIVER_TLS_CLIENT_CA_FILE: `${tls}/ca.crt`,
    };
    expect(loadConfig(env)).toMatchObject({
      host: '0.0.0.0',
      ingestToken: undefined,
    });
  });

  it('refuses an unknown setting of the receiver in the environment', () => {
    expect(() =>
      loadConfig({ AUDIT_DATABASE_URL, AUDIT_RECEIVER_PROT: '1' }),
    ).toThrow(
      new Error(
        `cannot start: unknown setting AUDIT_RECEIVER_PROT; expected one of ${names}`,
      ),
    );
  });

  const messages: Record<string, string> = {
    'no-database': `AUDIT_DATABASE_URL must be ${url}, got nothing`,
    'database-of-another-kind': `AUDIT_DATABASE_URL must be ${url}, got a URL that begins with localhost:`,
    'database-no-url': `AUDIT_DATABASE_URL must be ${url}, got a text that is no URL`,
    'port-too-high':
      'AUDIT_RECEIVER_HTTP_PORT must be a whole number from 0 to 65535, got "70000"',
    'port-list': 'AUDIT_RECEIVER_HTTP_PORT must be a single value, got a list',
    'open-without-token':
      'AUDIT_INGEST_TOKEN must be set, or AUDIT_RECEIVER_TLS_CLIENT_CA_FILE, when AUDIT_RECEIVER_HOST is reachable from other machines (0.0.0.0), got nothing',
    'open-with-server-tls-only':
      'AUDIT_INGEST_TOKEN must be set, or AUDIT_RECEIVER_TLS_CLIENT_CA_FILE, when AUDIT_RECEIVER_HOST is reachable from other machines (0.0.0.0), got nothing',
    'grpc-port-word':
      'AUDIT_RECEIVER_GRPC_PORT must be a whole number from 0 to 65535, got "grpc"',
    'tls-cert-without-key':
      'AUDIT_RECEIVER_TLS_KEY_FILE must be set when AUDIT_RECEIVER_TLS_CERT_FILE is, got nothing',
    'tls-key-without-cert':
      'AUDIT_RECEIVER_TLS_CERT_FILE must be set when AUDIT_RECEIVER_TLS_KEY_FILE is, got nothing',
    'tls-client-ca-alone':
      'AUDIT_RECEIVER_TLS_CERT_FILE must be set when AUDIT_RECEIVER_TLS_CLIENT_CA_FILE is, got nothing',
    'tls-cert-missing': `AUDIT_RECEIVER_TLS_CERT_FILE must be a file with a PEM certificate, got ENOENT: no such file or directory, open '${tls}/nowhere.crt'`,
    'tls-cert-garbage': `AUDIT_RECEIVER_TLS_CERT_FILE must be a file with a PEM certificate, got ${tls}/garbage.pem, which holds none`,
    'tls-key-missing': `AUDIT_RECEIVER_TLS_KEY_FILE must be a file with a PEM key without passphrase, got ENOENT: no such file or directory, open '${tls}/nowhere.key'`,
    'tls-key-garbage': `AUDIT_RECEIVER_TLS_KEY_FILE must be a file with a PEM key without passphrase, got ${tls}/garbage.pem, which holds none`,
    'tls-key-of-another':
      'AUDIT_RECEIVER_TLS_KEY_FILE must be the key of AUDIT_RECEIVER_TLS_CERT_FILE, got another one',
    'tls-client-ca-missing': `AUDIT_RECEIVER_TLS_CLIENT_CA_FILE must be a file with PEM certificates, got ENOENT: no such file or directory, open '${tls}/nowhere.crt'`,
    'tls-client-ca-garbage': `AUDIT_RECEIVER_TLS_CLIENT_CA_FILE must be a file with PEM certificates, got ${tls}/server.key, which holds none`,
    'token-short':
      'AUDIT_INGEST_TOKEN must be 8 visible ASCII characters or more, without spaces, got 5 characters',
    'token-not-ascii':
      'AUDIT_INGEST_TOKEN must be 8 visible ASCII characters or more, without spaces, got 10 characters, others among them',
    'token-with-space':
      'AUDIT_INGEST_TOKEN must be 8 visible ASCII characters or more, without spaces, got 15 characters, others among them',
    'foreign-word':
      'AUDIT_RECEIVER_FOREIGN_RECORDS must be one of store, quarantine, got "drop"',
    'body-with-unit':
      'AUDIT_RECEIVER_MAX_BODY_BYTES must be a whole number from 1024 to 1073741824, got "64 MiB"',
    'in-flight-small':
      'AUDIT_RECEIVER_MAX_IN_FLIGHT_BYTES must be a whole number from 1048576 to 68719476736, got "1000000"',
    'connections-none':
      'AUDIT_RECEIVER_MAX_CONNECTIONS must be a whole number from 1 to 1000000, got "0"',
    'unsafe-word':
      'AUDIT_RECEIVER_ALLOW_UNSAFE_DURABILITY must be one of true, false, got "yes"',
    'protected-word':
      'protectedEvents must be one of high, critical, failed, got "medium"',
    'protected-no-list':
      'protectedEvents must be a list of high, critical, failed, got a string',
    'unknown-key': `unknown setting AUDIT_RECEIVER_PORT; expected one of ${names}`,
    list: 'the configuration file must hold settings as "name: value", got a list',
    'not-yaml':
      'the configuration file must be YAML, got at line 2: Flow sequence in block collection must be sufficiently indented and end with a ]',
  };

  it.each(readdirSync(folder))('refuses %s', (file) => {
    const text = readFileSync(join(folder, file), 'utf8').replaceAll(
      '{tls}',
      tls,
    );
    const message = `cannot start: ${messages[parseName(file).name]}`;
    expect(() => loadConfig({}, text)).toThrow(
      expect.objectContaining({ message }),
    );
  });
});
