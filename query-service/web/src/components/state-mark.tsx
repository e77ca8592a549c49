import {
  CircleCheck,
  CircleDashed,
  CircleX,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './classes';
import styles from './state-mark.module.css';

const ICONS = {
  good: CircleCheck,
  warning: TriangleAlert,
  bad: CircleX,
  idle: CircleDashed,
};

export type Tone = keyof typeof ICONS;

/** In what state something is, as an icon and a word. */
export function StateMark({
  tone,
  children,
}: {
  tone: Tone;
  children: ReactNode;
}) {
  const Icon = ICONS[tone];
  return (
    <span className={classes(styles.mark, styles[tone])}>
      <Icon size={14} aria-hidden />
      {children}
    </span>
  );
}
