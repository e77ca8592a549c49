import type { Ref } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import type { TextFieldProps as AriaTextFieldProps } from 'react-aria-components/TextField';
import { classes } from './classes';
import styles from './text-field.module.css';

export interface TextFieldProps extends Omit<
  AriaTextFieldProps,
  'className' | 'style' | 'children'
> {
  label: string;
  /** Read by screen readers, not shown: where the place says what it is. */
  isLabelHidden?: boolean | undefined;
  description?: string | undefined;
  /** One sentence that says what is wrong; the field then counts as invalid. */
  error?: string | undefined;
  placeholder?: string | undefined;
  /** More than one: a field of several lines. */
  rows?: number | undefined;
  inputRef?: Ref<HTMLInputElement> | undefined;
}

/** A field for text, with its label, its description and what is wrong with it. */
export function TextField({
  label,
  isLabelHidden = false,
  description,
  error,
  placeholder,
  rows = 1,
  inputRef,
  ...props
}: TextFieldProps) {
  return (
    <AriaTextField
      {...props}
      isInvalid={error !== undefined}
      className={styles.field!}
    >
      <Label
        className={classes(styles.label, isLabelHidden && 'visually-hidden')}
      >
        {label}
      </Label>
      {rows > 1 ? (
        <TextArea
          className={styles.input!}
          rows={rows}
          placeholder={placeholder ?? ''}
        />
      ) : (
        <Input
          ref={inputRef ?? null}
          className={styles.input!}
          placeholder={placeholder ?? ''}
        />
      )}
      {description !== undefined && (
        <Text slot="description" className={styles.description}>
          {description}
        </Text>
      )}
      <FieldError className={styles.error!}>{error}</FieldError>
    </AriaTextField>
  );
}
