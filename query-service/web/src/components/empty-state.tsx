import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** What stands where there is nothing to show: why, and what to do about it. */
export function EmptyState({
  icon,
  title,
  children,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      {icon && <span className={styles.icon}>{icon}</span>}
      <h2>{title}</h2>
      {children}
    </div>
  );
}
