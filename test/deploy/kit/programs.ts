import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goProgram } from './go-program';

const HELM = '3.22.0';
/** Of Kubernetes, which Helm takes for that of the cluster where there is none; as its own builds have it. */
const KUBERNETES = { Major: '1', Minor: '37' };
/** Release 3.16.0 of Prometheus. */
const PROMTOOL = '0.316.0';
const CHECKS = join(__dirname, '..', 'go');

/** The programs of `test/deploy/go` that look at what is deployed; each is the path of one. */
export interface Checks {
  checkCompose: string;
  checkContext: string;
  checkDockerfile: string;
  checkManifests: string;
}

/** With those of others, which take minutes to build. */
export interface Programs extends Checks {
  helm: string;
  promtool: string;
}

/**
 * Builds the checks with Go, and keeps them in `~/.cache/otel-audit`.
 *
 * @throws when Go is not there or cannot build them
 */
export async function checks(): Promise<Checks> {
  const folder = await buildChecks();
  return {
    checkCompose: join(folder, 'check-compose'),
    checkContext: join(folder, 'check-context'),
    checkDockerfile: join(folder, 'check-dockerfile'),
    checkManifests: join(folder, 'check-manifests'),
  };
}

/**
 * The checks, and Helm and promtool, built in the same way from their modules where HELM_BIN and PROMTOOL_BIN name none.
 *
 * @throws when Go is not there or cannot build them
 * @example
 * execFileSync((await programs()).helm, ['lint', 'deploy/helm/otel-audit']);
 */
export async function programs(
  env: NodeJS.ProcessEnv = process.env,
): Promise<Programs> {
  return {
    ...(await checks()),
    helm: env['HELM_BIN'] || join(await buildHelm(), 'helm'),
    promtool: env['PROMTOOL_BIN'] || join(await buildPromtool(), 'promtool'),
  };
}

function buildHelm(): Promise<string> {
  const flags = ['chartutil', 'lint/rules'].flatMap((place) =>
    Object.entries(KUBERNETES).map(
      ([part, value]) =>
        `-X helm.sh/helm/v3/pkg/${place}.k8sVersion${part}=${value}`,
    ),
  );
  return goProgram({
    name: `helm-${HELM}`,
    args: [
      'install',
      '-trimpath',
      `-ldflags=-s -w ${flags.join(' ')}`,
      `helm.sh/helm/v3/cmd/helm@v${HELM}`,
    ],
    says: `Building Helm ${HELM} from its Go modules, once.`,
  });
}

function buildPromtool(): Promise<string> {
  // Service discovery is most of the program, and nothing that rules need.
  return goProgram({
    name: `promtool-${PROMTOOL}`,
    args: [
      'install',
      '-trimpath',
      '-ldflags=-s -w',
      '-tags=remove_all_sd',
      `github.com/prometheus/prometheus/cmd/promtool@v${PROMTOOL}`,
    ],
    says: `Building promtool ${PROMTOOL} from its Go modules, once.`,
  });
}

function buildChecks(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of globSync('**/*', { cwd: CHECKS }).toSorted())
    if (/\.(go|mod|sum)$/.test(file))
      hash.update(file).update(readFileSync(join(CHECKS, file)));
  return goProgram({
    name: `deploy-checks-${hash.digest('hex').slice(0, 16)}`,
    args: ['build', '-trimpath', '-ldflags=-s -w', '-o', '{folder}/', './...'],
    cwd: CHECKS,
    says: 'Building the checks of test/deploy/go, once.',
  });
}
