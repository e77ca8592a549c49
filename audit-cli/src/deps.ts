import type { Api } from './api/api';
import type { ExitCode } from './exit-code';
import type { SettingOptions } from './settings';
import type { Terminal } from './terminal';

/** What all commands need. */
export interface Deps {
  terminal: Terminal;
  /** The service, as the options and the environment say. */
  api(options: SettingOptions): Api;
  /** Milliseconds since 1970. */
  now(): number;
  /** Asks a person yes or no; undefined where there is nobody to ask. */
  confirm(question: string): Promise<boolean | undefined>;
  /** Says how the process ends when nothing goes wrong from here on. */
  setExitCode(code: ExitCode): void;
}
