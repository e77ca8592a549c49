import { parseArgs } from 'node:util';
import { enqueue } from './emit/enqueue';
import { outageLosses } from './emit/outage-losses';
import { spoolAwait } from './emit/spool-await';

/** One part per question; each is told the options and returns its figures. */
const parts = {
  enqueue,
  'spool-await': () => spoolAwait([]),
  'outage-losses': () => outageLosses([]),
} satisfies Record<string, Part>;

type Part = (options: EmitOptions) => Promise<object>;

/** What all parts are told. */
export interface EmitOptions {
  rounds: number;
  seconds: number;
  /** Audit events a second; an operation makes two. */
  rate: number;
  /** A folder for the CPU profile of our emitter. */
  profile: string | undefined;
}

/** What auditing costs the application, in its own process. Without a name all parts are measured. */
export async function emit(args: string[]): Promise<object> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      rate: { type: 'string', default: '5000' },
      profile: { type: 'string' },
    },
  });
  const options: EmitOptions = {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    rate: Number(values.rate),
    profile: values.profile,
  };
  const names = positionals.length > 0 ? positionals : Object.keys(parts);
  const figures = {};
  for (const name of names) {
    const part = (parts as Partial<Record<string, Part>>)[name];
    if (!part)
      throw new Error(
        `expected a part of emit (${Object.keys(parts).join(', ')}), got "${name}"`,
      );
    Object.assign(figures, await part(options));
  }
  return figures;
}
