import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Checks } from './programs';

const ROOT = join(__dirname, '..', '..', '..');

/** A service as compose has it once everything is filled in. */
export interface ComposeService {
  image: string;
  build?: object;
  command?: string[] | null;
  environment?: Record<string, string>;
  secrets?: { source: string }[];
  volumes?: { type: string; source: string; target: string }[];
  tmpfs?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  ports?: { host_ip?: string; target: number }[];
  profiles?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  stop_grace_period?: string;
}

export interface ComposeProject {
  services: Record<string, ComposeService>;
  secrets: Record<string, { file: string }>;
}

/**
 * The project of docker-compose.yml, of all profiles, as compose-go loads it.
 *
 * @param secrets the folder of the secrets
 * @throws with what compose-go says against it
 */
export function readCompose(
  { checkCompose }: Checks,
  secrets: string,
): ComposeProject {
  const text = execFileSync(checkCompose, [join(ROOT, 'docker-compose.yml')], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], AUDIT_SECRETS: secrets },
  });
  return JSON.parse(text) as ComposeProject;
}
