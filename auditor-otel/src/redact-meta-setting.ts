import { readMetaPaths } from './meta-paths';
import { metaRedactor } from './redact-meta';
import type { RedactMeta } from './redact-meta';
import { secretKeys } from './secret-keys';
import type { SettingReader } from './setting-reader';

const noSecrets = () => false;

/**
 * The settings `redactMeta` and `redactMetaSecrets` as one function.
 *
 * @throws an Error that names the setting and the path that is wrong
 */
export function redactMetaOf(reader: SettingReader): RedactMeta {
  const given = reader.list('redactMeta') ?? [];
  const isSecretKey =
    (reader.flag('redactMetaSecrets') ?? true) ? secretKeys() : noSecrets;
  const paths = readMetaPaths(given);
  if (paths.status === 'wrong')
    throw reader.error('redactMeta', paths.expected, paths.came);
  return metaRedactor(paths.root, isSecretKey);
}
