import { Callout } from '../../components/callout';
import { SeverityMark } from '../../components/severity-mark';
import { usePreferences } from '../../preferences';
import { count, counted } from '../../text/count';
import { sentenceOf } from '../../text/sentence';
import { printTime } from '../../time/print-time';
import { TimeAgo } from '../../time/time-ago';
import { RuleWords } from './rule-words';
import styles from './rules.module.css';
import type { Trial } from './use-trial';

const SEVERITIES = ['low', 'medium', 'high', 'critical'];

/** What rules would have kept out, by severity and status, with examples. */
export function TrialResult({
  trial: { run, tried, onlyNew },
}: {
  trial: Trial;
}) {
  const { zone } = usePreferences();
  const statuses = Object.entries(run.by_status)
    .map(([status, number]) => `${count(number)} ${status}`)
    .join(', ');
  return (
    <>
      <p className={styles.big} role="status">
        <strong>{counted(run.excluded, 'event')}</strong> of{' '}
        {count(run.scanned)} would have been kept out
        {onlyNew
          ? ` by ${tried === 1 ? 'the rule that is new' : `the ${tried} rules that are new`}`
          : ` by ${tried === 1 ? 'the rule' : `all ${tried} rules`}`}
        , from {printTime(run.from, zone)} on.
      </p>
      {run.excluded > 0 && (
        <ul className={styles.counts} aria-label="By severity">
          {SEVERITIES.filter((level) => run.by_severity[level]).map((level) => (
            <li key={level}>
              <SeverityMark level={level} />
              <span>{count(run.by_severity[level]!)}</span>
            </li>
          ))}
        </ul>
      )}
      {statuses && <p className={styles.comment}>By status: {statuses}.</p>}
      {run.warnings.map((warning) => (
        <Callout key={warning} tone="warning">
          {warning}
        </Callout>
      ))}
      {run.by_rule.length > 1 && (
        <ul className={styles.samples} aria-label="By rule">
          {run.by_rule.map(({ id, rule, excluded }) => (
            <li key={id}>
              <span>{count(excluded)}</span>
              <RuleWords rule={rule} />
            </li>
          ))}
        </ul>
      )}
      {run.samples.length > 0 && (
        <>
          <h3>For example</h3>
          <ul className={styles.samples} aria-label="Samples">
            {run.samples.map((event) => (
              <li key={event.id}>
                <TimeAgo time={event.event_time} />
                <span>
                  {sentenceOf(event)
                    .map(({ text }) => text)
                    .join('')}{' '}
                  ({event.severity_level})
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
