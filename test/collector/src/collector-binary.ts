import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { buildCollector } from './build-collector';

/** Of `test/collector/builder.yaml`, from src and from dist alike. */
const MANIFEST = join(__dirname, '..', 'builder.yaml');

/**
 * A Collector with the components that `otel-collector.yaml` needs: the program that `OTELCOL_BIN` names, else one
 * that is built with Go from `test/collector/builder.yaml` by the first who asks, and kept in `~/.cache/otel-audit`.
 *
 * @throws when `OTELCOL_BIN` is no program, or there is neither that nor Go
 * @example
 * execFileSync(await collectorBinary(), ['validate', '--config', 'otel-collector.yaml']);
 */
export async function collectorBinary(
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const given = env['OTELCOL_BIN'];
  if (given) {
    if (!isProgram(given))
      throw new Error(
        `OTELCOL_BIN must be the path of a Collector, got "${given}", which is no program`,
      );
    return given;
  }
  const manifest = readFileSync(MANIFEST, 'utf8');
  const cache = join(
    env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
    'otel-audit',
  );
  const binary = join(cache, `otelcol-${nameOf(manifest)}`);
  if (!isProgram(binary)) await buildCollector(manifest, binary, env);
  return binary;
}

/** Another manifest, another program; the same for machines that share a home but no processor. */
function nameOf(manifest: string): string {
  return createHash('sha256')
    .update(`${process.platform} ${process.arch}\n${manifest}`)
    .digest('hex')
    .slice(0, 16);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
