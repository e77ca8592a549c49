import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import { recordingLogger } from '../../test/kit/recording-logger';
import { watchCertificates } from './watch-certificates';
import type { CertificateWatch } from './watch-certificates';

const made = join(__dirname, '../../testdata/tls');
const pem = (name: string) => readFileSync(join(made, name));

describe('watchCertificates', () => {
  let folder: string;
  let watch: CertificateWatch | undefined;
  const put = (name: string, as: string) =>
    copyFileSync(join(made, name), join(folder, as));
  const files = () => ({
    cert: join(folder, 'tls.crt'),
    key: join(folder, 'tls.key'),
    clientCa: undefined,
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'otel-audit-tls-'));
    put('server.crt', 'tls.crt');
    put('server.key', 'tls.key');
  });
  afterEach(() => {
    watch?.close();
    rmSync(folder, { recursive: true });
  });

  function start() {
    const { logger, lines } = recordingLogger();
    watch = watchCertificates(files(), logger);
    const given: TlsOptions[] = [];
    watch.renew({ setSecureContext: (options) => void given.push(options) });
    return { watch, given, lines };
  }

  it('hands renewed certificates to the servers, once', () => {
    const { watch, given, lines } = start();
    watch.reload();
    expect(given).toEqual([]);
    put('renewed.crt', 'tls.crt');
    put('renewed.key', 'tls.key');
    watch.reload();
    watch.reload();
    expect(given).toEqual([
      expect.objectContaining({
        cert: pem('renewed.crt'),
        key: pem('renewed.key'),
        minVersion: 'TLSv1.2',
      }),
    ]);
    expect(watch.options()).toEqual(given[0]);
    expect(lines).toEqual(['info: took renewed certificates']);
  });

  it('keeps the last good ones while only one file is renewed, and says so once', () => {
    const { watch, given, lines } = start();
    put('renewed.crt', 'tls.crt');
    watch.reload();
    watch.reload();
    expect(watch.options().cert).toEqual(pem('server.crt'));
    expect(lines).toEqual([
      'error: cannot take the renewed certificates, the last good ones stay: AUDIT_RECEIVER_TLS_KEY_FILE must be the key of AUDIT_RECEIVER_TLS_CERT_FILE, got another one',
    ]);
    put('renewed.key', 'tls.key');
    watch.reload();
    expect(given).toHaveLength(1);
  });

  it('refuses to start with files that TLS cannot use', () => {
    writeFileSync(files().cert, '');
    expect(start).toThrow(
      `cannot start: AUDIT_RECEIVER_TLS_CERT_FILE must be a file with a PEM certificate, got ${files().cert}, which holds none`,
    );
  });
});
