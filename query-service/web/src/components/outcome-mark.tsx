import { Ban, CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import type { AuditEvent } from '../api/types';
import { outcomeOf, outcomeWords } from '../text/outcome';
import { classes } from './classes';
import styles from './outcome-mark.module.css';

const ICONS = {
  succeeded: CircleCheck,
  failed: CircleX,
  denied: Ban,
  initiated: CircleDashed,
};

/** What became of it, as an icon and a word. */
export function OutcomeMark({
  event,
}: {
  event: Pick<AuditEvent, 'status' | 'outcome_reason'>;
}) {
  const outcome = outcomeOf(event);
  const Icon = ICONS[outcome];
  return (
    <span className={classes(styles.mark, styles[outcome])}>
      <Icon size={14} aria-hidden />
      {outcomeWords[outcome]}
    </span>
  );
}
