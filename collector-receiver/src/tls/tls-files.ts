import type { Settings } from '../read-settings';
import { readCertificates, tlsSettings } from './read-certificates';
import type { CertificateFiles } from './read-certificates';

/**
 * The files of TLS that the settings name, undefined without TLS.
 *
 * @throws for a setting without the one it needs, and for files that TLS cannot use
 */
export function tlsFiles(settings: Settings): CertificateFiles | undefined {
  const cert = settings.text(tlsSettings.cert);
  const key = settings.text(tlsSettings.key);
  const clientCa = settings.text(tlsSettings.clientCa);
  const missing = (name: 'cert' | 'key', because: keyof typeof tlsSettings) =>
    settings.refused(
      tlsSettings[name],
      `set when ${tlsSettings[because]} is`,
      'nothing',
    );
  if (cert !== undefined && key === undefined) throw missing('key', 'cert');
  if (key !== undefined && cert === undefined) throw missing('cert', 'key');
  if (clientCa !== undefined && cert === undefined)
    throw missing('cert', 'clientCa');
  if (cert === undefined || key === undefined) return undefined;
  const files = { cert, key, clientCa };
  const read = readCertificates(files);
  if (read.status === 'refused')
    throw settings.refused(read.setting, read.expected, read.actual);
  return files;
}
