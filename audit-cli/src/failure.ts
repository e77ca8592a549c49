import { exitCode } from './exit-code';
import type { ExitCode } from './exit-code';

/** What ends the command, in one sentence for standard error, with its exit code. */
export class Failure extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, code: ExitCode, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = code;
  }
}

/** @example throw wrongUsage('--limit must be a whole number from 1, got "x"'); */
export function wrongUsage(message: string, cause?: unknown): Failure {
  return new Failure(message, exitCode.usage, { cause });
}

/** @example throw notAsked('cannot reach http://127.0.0.1:7420: connect ECONNREFUSED'); */
export function notAsked(message: string, cause?: unknown): Failure {
  return new Failure(message, exitCode.notAsked, { cause });
}
