import { CommanderError } from 'commander';
import { createApi } from './api/api';
import { confirm } from './confirm';
import type { Deps } from './deps';
import { exitCode } from './exit-code';
import type { ExitCode } from './exit-code';
import { Failure } from './failure';
import { createProgram } from './program';
import { loadSettings } from './settings';
import { processTerminal } from './terminal';
import { VERSION } from './version';

const terminal = processTerminal(process);
const setExitCode = (code: ExitCode) => {
  // Not by exit: what is still on its way into a pipe would be lost.
  process.exitCode = code;
};
const deps: Deps = {
  terminal,
  api: (options) => createApi(loadSettings(options, process.env), VERSION),
  now: Date.now,
  confirm: (question) => confirm(question, process),
  setExitCode,
};

createProgram(VERSION, deps)
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) {
      // It has said what is wrong, or what was asked for.
      setExitCode(error.exitCode === 0 ? exitCode.fine : exitCode.usage);
      return;
    }
    const { message, stack } = error as Error;
    terminal.progress('');
    terminal.note(error instanceof Failure ? message : (stack ?? message));
    setExitCode(error instanceof Failure ? error.exitCode : exitCode.notAsked);
  });
