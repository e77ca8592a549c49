import { Button } from '../../components/button';
import { Callout } from '../../components/callout';
import { Card } from '../../components/card';
import { Checkbox } from '../../components/checkbox';
import { Select } from '../../components/select';
import { Skeleton } from '../../components/skeleton';
import layout from '../../components/stack.module.css';
import { TrialResult } from './trial-result';
import type { Trial } from './use-trial';

const DAYS = [
  ['1', 'the last day'],
  ['7', 'the last 7 days'],
  ['30', 'the last 30 days'],
] as const;
export type TrialDays = (typeof DAYS)[number][0];

/** What the rules would have kept out of what is stored. */
export function TrialCard({
  trial,
  isTrying,
  error,
  days,
  onDays,
  onTry,
  acknowledge,
}: {
  /** Undefined when the rules are others than those that were tried. */
  trial: Trial | undefined;
  isTrying: boolean;
  error: Error | null;
  days: TrialDays;
  onDays: (days: TrialDays) => void;
  /** Undefined while the rules are wrong, or there are none. */
  onTry: (() => void) | undefined;
  /** Undefined where nothing has to be acknowledged. */
  acknowledge:
    { isSelected: boolean; onChange: (is: boolean) => void } | undefined;
}) {
  return (
    <Card
      title="Dry run"
      lead="Tries the rules on the events that are stored, with the receivers' own code. What rules kept out already is not there to be counted."
    >
      <div className={layout.row}>
        <Select label="On" options={DAYS} value={days} onChange={onDays} />
        <Button isDisabled={!onTry || isTrying} onPress={() => onTry?.()}>
          Try these rules
        </Button>
      </div>
      {isTrying && <Skeleton lines={4} label="Trying the rules" />}
      {error && <Callout tone="bad">{error.message}</Callout>}
      {trial && !isTrying && <TrialResult trial={trial} />}
      {acknowledge && !isTrying && (
        <Checkbox
          label="I have read the warnings, and these events are not to be stored"
          isSelected={acknowledge.isSelected}
          onChange={acknowledge.onChange}
        />
      )}
      {!trial && !isTrying && !error && (
        <p>
          <em>Save</em> runs it by itself before rules that are new come into
          force.
        </p>
      )}
    </Card>
  );
}
