import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './classes';
import styles from './callout.module.css';

const ICONS = {
  info: Info,
  good: CircleCheck,
  warning: TriangleAlert,
  bad: OctagonAlert,
};

/** Something that is to be seen: how to do it, that it was done, or what is wrong. */
export function Callout({
  tone = 'info',
  children,
}: {
  tone?: keyof typeof ICONS | undefined;
  children: ReactNode;
}) {
  const Icon = ICONS[tone];
  return (
    <div
      className={classes(styles.callout, styles[tone])}
      role={tone === 'bad' ? 'alert' : tone === 'good' ? 'status' : undefined}
    >
      <Icon size={16} aria-hidden />
      <div className={styles.body}>{children}</div>
    </div>
  );
}
