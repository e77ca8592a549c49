import { cleanText } from './clean-text';
import { STRING_MAX_BYTES } from './limits';

/** What a caller gave for a text field, as a text that every store can hold; undefined when it is empty or no text. */
export function cleanField(value: unknown): string | undefined {
  return typeof value === 'string' && value !== ''
    ? cleanText(value, STRING_MAX_BYTES)
    : undefined;
}
