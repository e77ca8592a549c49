import { execFileSync } from 'node:child_process';
import type { Checks } from './programs';

/** An instruction as BuildKit reads it. */
export interface Instruction {
  Name: string;
  Command: {
    Path?: string;
    CmdLine?: string[];
    SourcePaths?: string[];
    DestPath?: string;
    From?: string;
    User?: string;
    Ports?: string[];
    Env?: { Key: string; Value: string }[];
    Health?: { Test: string[] };
  };
}

export interface Stage {
  Name: string;
  BaseName: string;
  Instructions: Instruction[];
}

/**
 * The stages of a Dockerfile.
 *
 * @throws with what BuildKit's parser or linter says against it
 */
export function readDockerfile(
  { checkDockerfile }: Checks,
  path: string,
): Stage[] {
  return JSON.parse(
    execFileSync('sh', ['-c', '"$0" "$1" 2>&1', checkDockerfile, path], {
      encoding: 'utf8',
    }),
  ) as Stage[];
}
