import { exitCode } from './exit-code';
import type { ExitCode } from './exit-code';

export interface FailureOptions extends ErrorOptions {
  mayHeal?: boolean | undefined;
}

/** What ends the command, in one sentence for standard error, with its exit code. */
export class Failure extends Error {
  readonly exitCode: ExitCode;
  /** Whether the same may succeed later: there is nobody at the moment, or too much to do. */
  readonly mayHeal: boolean;

  constructor(
    message: string,
    code: ExitCode,
    { mayHeal = false, ...options }: FailureOptions = {},
  ) {
    super(message, options);
    this.exitCode = code;
    this.mayHeal = mayHeal;
  }
}

/** @example throw wrongUsage('--limit must be a whole number from 1, got "x"'); */
export function wrongUsage(message: string, cause?: unknown): Failure {
  return new Failure(message, exitCode.usage, { cause });
}

/** @example throw notAsked('expected an answer in JSON, got none'); */
export function notAsked(
  message: string,
  cause?: unknown,
  options?: FailureOptions,
): Failure {
  return new Failure(message, exitCode.notAsked, { cause, ...options });
}
