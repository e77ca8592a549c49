import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { enter } from './enter';
import type { Stage } from './dockerfile';
import { keptLayer } from './kept-layer';
import type { Checks } from './programs';

const ROOT = join(__dirname, '..', '..', '..');

/**
 * Does what `docker build` would, without its base images: the first stage runs in a folder, with this machine's tools; the last one in
 * a root of its own.
 *
 * @param folder gets a folder for each stage: its files, as they would lie in the image
 * @returns the folder of the last stage
 * @throws with what a command printed that fails
 */
export function buildImage(
  programs: Checks,
  stages: readonly Stage[],
  folder: string,
): string {
  const folders = new Map<string, string>();
  for (const [index, stage] of stages.entries()) {
    const own = join(folder, stage.Name || 'image');
    folders.set(stage.Name, own);
    const isLast = index === stages.length - 1;
    let workdir = '/';
    // Whether all sources are there, rather than what says which dependencies there are.
    let isWhole = false;
    for (const { Name, Command } of stage.Instructions) {
      if (Name === 'WORKDIR') {
        workdir = Command.Path!;
        mkdirSync(join(own, workdir), { recursive: true });
      } else if (Name === 'COPY') {
        const to = join(own, workdir, Command.DestPath!);
        for (const source of Command.SourcePaths!)
          if (source === '.') {
            copyContext(programs, to);
            isWhole = true;
          } else copyOne(folders, Command.From, source, to);
      } else if (Name === 'RUN') {
        const command = ['/bin/sh', '-c', Command.CmdLine![0]!];
        if (isLast) enter({ image: own, command, workdir, build: true }).wait();
        else if (isWhole) runOnHost(command, join(own, workdir));
        else
          keptLayer(join(own, workdir), command.join(' '), () =>
            runOnHost(command, join(own, workdir)),
          );
      }
    }
  }
  return folders.get(stages.at(-1)!.Name)!;
}

function copyContext({ checkContext }: Checks, to: string): void {
  const tracked = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard'],
    { cwd: ROOT },
  );
  const sent = execFileSync(checkContext, [join(ROOT, '.dockerignore')], {
    input: tracked,
    encoding: 'utf8',
  });
  for (const file of sent.trim().split('\n'))
    cpSync(join(ROOT, file), join(to, file), { verbatimSymlinks: true });
}

function copyOne(
  folders: Map<string, string>,
  from: string | undefined,
  source: string,
  to: string,
): void {
  const path = from ? join(folders.get(from)!, source) : join(ROOT, source);
  mkdirSync(dirname(to), { recursive: true });
  const target = to.endsWith('/') ? join(to, basename(source)) : to;
  cpSync(path, target, { recursive: true, verbatimSymlinks: true });
}

function runOnHost([shell, ...args]: string[], cwd: string): void {
  const ran = spawnSync(shell!, args, {
    cwd,
    // What npm sets for a script that tests run in is no part of an image's environment.
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      npm_config_prefer_offline: 'true',
    },
    encoding: 'utf8',
  });
  if (ran.status !== 0)
    throw new Error(
      `"${args.at(-1)}" ended with ${ran.status}: ${ran.stdout}${ran.stderr}`,
    );
}
