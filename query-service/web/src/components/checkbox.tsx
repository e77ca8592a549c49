import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './checkbox.module.css';

/** Something that is so, or not. */
export function Checkbox({
  label,
  description,
  isSelected,
  isDisabled = false,
  onChange,
}: {
  label: ReactNode;
  description?: ReactNode;
  isSelected: boolean;
  isDisabled?: boolean | undefined;
  onChange: (isSelected: boolean) => void;
}) {
  const id = useId();
  return (
    <div className={styles.checkbox}>
      <input
        id={id}
        type="checkbox"
        checked={isSelected}
        disabled={isDisabled}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        {...(description !== undefined && { 'aria-describedby': `${id}-more` })}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {description !== undefined && (
          <span id={`${id}-more`} className={styles.description}>
            {description}
          </span>
        )}
      </div>
    </div>
  );
}
