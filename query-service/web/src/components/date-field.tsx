import { useId } from 'react';
import styles from './text-field.module.css';

/** A day, or nothing: `2026-01-31`. */
export function DateField({
  label,
  description,
  value,
  min,
  onChange,
}: {
  label: string;
  description?: string | undefined;
  value: string;
  min?: string | undefined;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="date"
        className={styles.input}
        value={value}
        min={min}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        {...(description !== undefined && { 'aria-describedby': `${id}-more` })}
      />
      {description !== undefined && (
        <span id={`${id}-more`} className={styles.description}>
          {description}
        </span>
      )}
    </div>
  );
}
