/**
 * What the exit code of the command says. A command that a signal ended, Ctrl-C for one, ends by that signal, as any other
 * program does.
 */
export const exitCode = {
  fine: 0,
  /** It was asked, and is not so: the ledger does not add up, rules would drop what matters. */
  notSo: 1,
  /** Wrong usage: an option, a setting, a file, or what the service calls a bad request. */
  usage: 2,
  /** It could not be asked, or not to the end: no connection, no permission, an answer that broke off, no room to write it. */
  notAsked: 3,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
