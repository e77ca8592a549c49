import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

const BUILDER = 'go.opentelemetry.io/collector/cmd/builder';

/** Of a manifest what we ask of it. */
interface Manifest {
  dist: { name: string; version: string };
}

/**
 * Builds a Collector with the official builder, of the version that the manifest names. Two who build at once do not
 * disturb each other: each works in a folder of its own, and the last one's program stays.
 *
 * @param manifest text of a builder manifest; its `output_path` must be `./otelcol`
 * @throws with the end of the builder's output when it fails, or with what to install when Go is missing
 */
export async function buildCollector(
  manifest: string,
  binary: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const { dist } = parse(manifest) as Manifest;
  mkdirSync(dirname(binary), { recursive: true });
  const folder = mkdtempSync(`${binary}-building-`);
  try {
    writeFileSync(join(folder, 'builder.yaml'), manifest);
    const builder = `${BUILDER}@v${dist.version}`;
    await runGo(
      ['run', builder, '--config=builder.yaml', '--ldflags=-s -w'],
      folder,
      env,
    );
    renameSync(join(folder, 'otelcol', dist.name), binary);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runGo(
  args: string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const go = spawn('go', args, {
    cwd,
    // A go.work somewhere above, or the lack of a C compiler, is none of this build's business.
    env: { ...env, CGO_ENABLED: '0', GOWORK: 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  go.stdout.on('data', (chunk) => (output += chunk));
  go.stderr.on('data', (chunk) => (output += chunk));
  const [code] = await once(go, 'close').catch((error: unknown) => {
    throw new Error(
      'cannot build the Collector of the tests without Go: install Go 1.26 or newer, or name a Collector contrib in OTELCOL_BIN',
      { cause: error },
    );
  });
  if (code !== 0)
    throw new Error(
      `the builder of the Collector ended with ${code}: ${output.slice(-2000)}`,
    );
}
