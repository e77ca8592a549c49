import { Pencil, Trash2 } from 'lucide-react';
import type { ListedRule, PlacedRule } from '../../api/rules';
import { Button } from '../../components/button';
import { DayBars } from '../../components/day-bars';
import { StateMark } from '../../components/state-mark';
import { Table } from '../../components/table';
import { count } from '../../text/count';
import { useNow } from '../../time/use-now';
import { ruleLabel } from './rule-fields';
import { RuleWords } from './rule-words';
import styles from './rules.module.css';
import { sameRule } from './same-rule';

/** The rules of the text one by one, with what each kept out. */
export function RuleList({
  rules,
  listed,
  onOpen,
  onRemove,
}: {
  rules: readonly PlacedRule[];
  /** Those that are saved. */
  listed: readonly ListedRule[];
  /** Undefined for whoever may not change them, and while the text is being checked. */
  onOpen: ((index: number) => void) | undefined;
  onRemove: ((index: number) => void) | undefined;
}) {
  const nowMs = useNow();
  const rows = rules.map(({ rule, line, comment }, i) => {
    const saved = listed.find((one) => sameRule(one.rule, rule));
    const label = ruleLabel(rule);
    return {
      id: `${line}-${i}`,
      cells: [
        <div key="rule" className={styles.rule}>
          <RuleWords rule={rule} />
          {(comment ?? saved?.comment) && (
            <span className={styles.comment}>{comment ?? saved?.comment}</span>
          )}
        </div>,
        <RuleState key="state" saved={saved} />,
        saved ? (
          <DayBars
            key="days"
            what="Excluded"
            nowMs={nowMs}
            counts={saved.excluded.days.map((one) => ({
              day: one.day,
              count: one.excluded,
            }))}
          />
        ) : null,
        saved ? count(saved.excluded.total) : '',
        <span key="do" className={styles.buttons}>
          <Button
            look="quiet"
            isIcon
            aria-label={`Change ${label}`}
            isDisabled={!onOpen}
            onPress={() => onOpen?.(i)}
          >
            <Pencil size={14} aria-hidden />
          </Button>
          <Button
            look="quiet"
            isIcon
            aria-label={`Remove ${label}`}
            isDisabled={!onRemove}
            onPress={() => onRemove?.(i)}
          >
            <Trash2 size={14} aria-hidden />
          </Button>
        </span>,
      ],
    };
  });
  return (
    <Table
      label="Exclusion rules"
      columns={[
        { name: 'Rule' },
        { name: 'State' },
        { name: 'By day' },
        { name: 'Excluded in 30 days', isNumber: true },
        { name: 'Change', isNameHidden: true },
      ]}
      rows={rows}
    />
  );
}

function RuleState({ saved }: { saved: ListedRule | undefined }) {
  if (!saved) return <StateMark tone="warning">not saved</StateMark>;
  if (saved.problem)
    return (
      <>
        <StateMark tone="bad">left out</StateMark>
        <p className={styles.comment}>{saved.problem}</p>
      </>
    );
  return saved.in_force ? (
    <StateMark tone="good">in force</StateMark>
  ) : (
    <StateMark tone="idle">in force with the next batch</StateMark>
  );
}
