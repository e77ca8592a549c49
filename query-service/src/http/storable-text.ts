/** What a text has to be that Postgres holds, for messages. */
export const STORABLE_TEXT = 'text without U+0000 and lone surrogates';

/** Whether Postgres holds a text, as text or within JSON. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
