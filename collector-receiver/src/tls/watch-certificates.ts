import type { TlsOptions } from 'node:tls';
import { connectionTimes } from '../connection-times';
import type { Logger } from '../logger';
import { poll } from '../poll';
import { readCertificates } from './read-certificates';
import type { CertificateFiles, Certificates } from './read-certificates';

/** How often the files are looked at, in milliseconds. */
const POLL_MS = 5_000;

/** The part of a TLS server that takes new certificates; connections that are open stay. */
interface SecureServer {
  setSecureContext(options: TlsOptions): void;
}

export interface CertificateWatch {
  /** For a TLS server that starts now. */
  options: () => TlsOptions;
  /** Hands new certificates to a server whenever the files change. */
  renew: (server: SecureServer) => void;
  /** Looks at the files now. */
  reload: () => void;
  close: () => void;
}

/**
 * Keeps the certificates of the files in force, so that renewed ones need no restart. Files that do not fit, which is
 * so while they are being replaced one after the other, leave the last good ones in force and are logged once.
 *
 * @throws when the files cannot be used at the start
 */
export function watchCertificates(
  files: CertificateFiles,
  logger: Logger,
): CertificateWatch {
  const first = readCertificates(files);
  if (first.status === 'refused')
    throw new Error(
      `cannot start: ${first.setting} must be ${first.expected}, got ${first.actual}`,
    );
  let current = first.certificates;
  let complaint = '';
  const servers: SecureServer[] = [];

  function reload(): void {
    const next = readCertificates(files);
    if (next.status === 'refused') {
      const { setting, expected, actual } = next;
      const message = `cannot take the renewed certificates, the last good ones stay: ${setting} must be ${expected}, got ${actual}`;
      if (message !== complaint) logger.error({}, message);
      complaint = message;
      return;
    }
    complaint = '';
    if (same(next.certificates, current)) return;
    current = next.certificates;
    for (const server of servers) server.setSecureContext(optionsOf(current));
    logger.info({}, 'took renewed certificates');
  }

  return {
    options: () => optionsOf(current),
    renew: (server) => void servers.push(server),
    reload,
    close: poll(reload, POLL_MS),
  };
}

function optionsOf({ cert, key, clientCa }: Certificates): TlsOptions {
  return {
    cert,
    key,
    ca: clientCa,
    requestCert: clientCa !== undefined,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    handshakeTimeout: connectionTimes.headers,
  };
}

function same(a: Certificates, b: Certificates): boolean {
  const pems = ({ cert, key, clientCa }: Certificates) =>
    [cert, key, clientCa ?? ''].map(String).join('\0');
  return pems(a) === pems(b);
}
