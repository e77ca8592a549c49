import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { madeOnce } from './made-once';

const execute = promisify(execFile);
const FOLDER = join(__dirname, '..', '..');
const TELEMETRYGEN =
  'github.com/open-telemetry/opentelemetry-collector-contrib/cmd/telemetrygen@v0.161.0';

/** Protocol, endpoint, token and how many records. */
export type SendArgs = ['http' | 'grpc', string, string, string];
export type Send = (args: SendArgs) => Promise<unknown>;

/** A real sender, installed or built with what its language has; each resolves once it has sent all and ended. */
export const senders: Record<string, () => Promise<Send>> = {
  js: async () => (args) =>
    execute(process.execPath, [join(FOLDER, 'js', 'send.cjs'), ...args]),

  go: async () => {
    const sources = join(FOLDER, 'go');
    const folder = await madeOnce('sender-go', sources, (into) =>
      execute('go', ['build', '-o', join(into, 'sender'), '.'], {
        cwd: sources,
        env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
      }),
    );
    return (args) => execute(join(folder, 'sender'), args);
  },

  python: async () => {
    const sources = join(FOLDER, 'python');
    const folder = await madeOnce('sender-python', sources, (into) =>
      execute('python3', [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        `--target=${into}`,
        `--requirement=${join(sources, 'requirements.txt')}`,
      ]),
    );
    return (args) =>
      execute('python3', [join(sources, 'send.py'), ...args], {
        env: { ...process.env, PYTHONPATH: folder },
      });
  },

  java: async () => {
    const sources = join(FOLDER, 'java');
    const folder = await madeOnce('sender-java', sources, (into) => {
      cpSync(sources, into, { recursive: true });
      return execute(
        'mvn',
        ['-q', '-B', 'compile', 'dependency:copy-dependencies'],
        { cwd: into },
      );
    });
    const classes = [
      join(folder, 'target', 'classes'),
      join(folder, 'target', 'dependency', '*'),
    ];
    return (args) =>
      execute('java', ['-cp', classes.join(delimiter), 'Send', ...args]);
  },
};

/** The load generator of the Collector's makers: its records have the body `hello`. */
export async function telemetrygen(): Promise<Send> {
  const folder = await madeOnce(
    `telemetrygen-${TELEMETRYGEN.split('@')[1]}`,
    join(FOLDER, 'go'),
    (into) =>
      execute('go', ['install', TELEMETRYGEN], {
        env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOBIN: into },
      }),
  );
  return ([protocol, endpoint, token, count]) =>
    execute(join(folder, 'telemetrygen'), [
      'logs',
      '--otlp-insecure',
      `--otlp-endpoint=${new URL(endpoint).host}`,
      `--otlp-header=authorization="Bearer ${token}"`,
      `--logs=${count}`,
      '--rate=1000',
      '--service=sender-telemetrygen',
      '--body=hello',
      '--telemetry-attributes=team="audit"',
      ...(protocol === 'http' ? ['--otlp-http'] : []),
    ]);
}
