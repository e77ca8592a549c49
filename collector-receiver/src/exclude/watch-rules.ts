import type { Logger } from '../logger';
import { databaseRules } from './database-rules';
import type { LoadDatabaseRules } from './database-rules';
import { fileRules } from './file-rules';
import type { FileRules } from './file-rules';
import type { IdentifiedRule, RuleSet } from 'audit-event/exclude';
import { createRuleSet } from 'audit-event/exclude';
import { messageOf } from '../message-of';
import { poll } from '../poll';

/** How often file and database are looked at, in milliseconds. */
const POLL_MS = 1_000;

export interface WatchRulesOptions {
  /** The YAML file, which need not be there yet. */
  file: string;
  loadDatabaseRules: LoadDatabaseRules;
  /** Keeps the content of a set before it comes into force, so that its hash can be looked up. */
  recordRuleSet?: ((rules: RuleSet) => Promise<void>) | undefined;
  /** Told of each attempt that left the rules as they were. */
  onFailure: () => void;
  logger: Logger;
}

export interface RuleWatch {
  /** The rules in force: one consistent set, also while the next is being made. */
  current: () => RuleSet;
  /** Looks at file and database now. */
  reload: () => Promise<void>;
  close: () => void;
}

/**
 * Keeps the exclusion rules of the file and the database in force, the file's first, and swaps them when they change.
 * Bad rules leave the last good ones in force and are logged once; at the first load they are fatal.
 *
 * @throws when the first load fails
 */
export async function watchRules(
  options: WatchRulesOptions,
): Promise<RuleWatch> {
  const { logger, recordRuleSet } = options;
  const loadFile = fileRules(options.file);
  const loadDatabase = databaseRules(
    options.loadDatabaseRules,
    logger,
    options.onFailure,
  );
  let ofFile: FileRules = await loadFile();
  let ofDatabase: IdentifiedRule[] = await loadDatabase();
  let current = makeSet();
  await recordRuleSet?.(current);
  tellCurrent();
  const steps = {
    file: { error: '' },
    database: { error: '' },
    use: { error: '' },
  };

  function makeSet(): RuleSet {
    return createRuleSet(
      [...ofFile.rules, ...ofDatabase],
      ofFile.protectedEvents,
    );
  }

  function tellCurrent(): void {
    const { rules, protectedEvents } = current.content;
    logger.info(
      { protectedEvents },
      `exclusion rules in force: ${rules.length}`,
    );
  }

  async function reload(): Promise<void> {
    await attempt(steps.file, async () => {
      ofFile = await loadFile();
    });
    await attempt(steps.database, async () => {
      ofDatabase = await loadDatabase();
    });
    const next = makeSet();
    if (Buffer.compare(next.hash, current.hash) === 0) return;
    await attempt(steps.use, async () => {
      await recordRuleSet?.(next);
      current = next;
      tellCurrent();
    });
  }

  /** Does a step of a reload; what is wrong with it is said once, not every second. */
  async function attempt(
    step: { error: string },
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
      if (step.error !== '')
        logger.info({}, 'exclusion rules can be read again');
      step.error = '';
    } catch (error) {
      options.onFailure();
      const message = messageOf(error);
      if (message !== step.error)
        logger.error(
          {},
          `cannot take the exclusion rules, the last good ones stay: ${message}`,
        );
      step.error = message;
    }
  }

  return { current: () => current, reload, close: poll(reload, POLL_MS) };
}
