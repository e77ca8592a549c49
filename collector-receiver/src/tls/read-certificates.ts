import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { messageOf } from '../message-of';

/** The settings of TLS, each the name of a PEM file. */
export const tlsSettings = {
  cert: 'AUDIT_RECEIVER_TLS_CERT_FILE',
  key: 'AUDIT_RECEIVER_TLS_KEY_FILE',
  clientCa: 'AUDIT_RECEIVER_TLS_CLIENT_CA_FILE',
} as const;

/** Where the PEM files are. */
export interface CertificateFiles {
  /** The certificate of the receiver, followed by those between it and its root, if any. */
  cert: string;
  key: string;
  /** Given: only clients with a certificate that it signed are let in (mTLS). */
  clientCa: string | undefined;
}

/** What the PEM files hold. */
export interface Certificates {
  cert: Buffer;
  key: Buffer;
  clientCa: Buffer | undefined;
}

export type CertificatesRead =
  | { status: 'read'; certificates: Certificates }
  /** Something is wrong with the file of a setting. */
  | {
      status: 'refused';
      setting: TlsSetting;
      expected: string;
      actual: string;
    };

export type TlsSetting = (typeof tlsSettings)[keyof typeof tlsSettings];

/** Reads the files and checks that a TLS server can work with them. */
export function readCertificates(files: CertificateFiles): CertificatesRead {
  const cert = readPem(files.cert, (pem) => new X509Certificate(pem));
  if (cert.status === 'bad')
    return refused('cert', 'a file with a PEM certificate', cert.reason);
  const key = readPem<KeyObject>(files.key, createPrivateKey);
  if (key.status === 'bad')
    return refused(
      'key',
      'a file with a PEM key without passphrase',
      key.reason,
    );
  if (!cert.value.checkPrivateKey(key.value))
    return refused('key', `the key of ${tlsSettings.cert}`, 'another one');
  const ca = files.clientCa
    ? readPem(files.clientCa, (pem) => new X509Certificate(pem))
    : undefined;
  if (ca?.status === 'bad')
    return refused('clientCa', 'a file with PEM certificates', ca.reason);
  try {
    createSecureContext({ cert: cert.pem, key: key.pem, ca: ca?.pem });
  } catch (error) {
    return refused('cert', 'one that TLS can use', messageOf(error));
  }
  return {
    status: 'read',
    certificates: { cert: cert.pem, key: key.pem, clientCa: ca?.pem },
  };
}

function readPem<T>(
  file: string,
  parse: (pem: Buffer) => T,
):
  | { status: 'good'; pem: Buffer; value: T }
  | { status: 'bad'; reason: string } {
  let pem: Buffer;
  try {
    pem = readFileSync(file);
  } catch (error) {
    return { status: 'bad', reason: messageOf(error) };
  }
  try {
    return { status: 'good', pem, value: parse(pem) };
  } catch {
    // What OpenSSL says here ("no start line") differs by version and helps nobody.
    return { status: 'bad', reason: `${file}, which holds none` };
  }
}

function refused(
  file: keyof typeof tlsSettings,
  expected: string,
  actual: string,
): CertificatesRead {
  return { status: 'refused', setting: tlsSettings[file], expected, actual };
}
