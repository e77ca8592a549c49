import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Access } from '../access/access';
import { HttpError } from '../http-error';

/** What a cursor is bound to: it is of no use for another question or another token. */
export interface CursorContext {
  key: Uint8Array;
  /** What is asked for. */
  question: string;
  /** Who asks. */
  subject: string;
}

const MAX_LENGTH = 1_024;

/**
 * What the cursors of a list are bound to.
 *
 * @param question the name of the list, and all that its order and content depend on; must survive JSON
 * @example
 * await cursorContext(deps, access, ['streams', filter]);
 */
export async function cursorContext(
  { cursorKey }: { cursorKey: () => Promise<Uint8Array> },
  { grant }: Access,
  question: readonly unknown[],
): Promise<CursorContext> {
  return {
    key: await cursorKey(),
    question: JSON.stringify(question),
    subject: grant.subject,
  };
}

/**
 * A place in a list as a text for the client, signed so that it can only be given back.
 *
 * @param place must survive JSON
 */
export function sealCursor(place: object, context: CursorContext): string {
  const text = Buffer.from(JSON.stringify(place)).toString('base64url');
  return `${text}.${signature(text, context).toString('base64url')}`;
}

/**
 * The place that a cursor names.
 *
 * @throws HttpError `InputError` for one that was not made for this question and this token
 */
export function openCursor(cursor: string, context: CursorContext): unknown {
  const [text = '', signed = '', ...rest] =
    cursor.length > MAX_LENGTH ? [] : cursor.split('.');
  const given = Buffer.from(signed, 'base64url');
  const expected = signature(text, context);
  // Only the very text that was given out: base64 has several for the same bytes.
  const isOurs =
    rest.length === 0 &&
    given.length === expected.length &&
    timingSafeEqual(given, expected) &&
    given.toString('base64url') === signed;
  if (!isOurs)
    throw new HttpError(
      'InputError',
      'cursor must be one that this API gave for the same filters, order and token; begin without a cursor',
    );
  return JSON.parse(Buffer.from(text, 'base64url').toString());
}

function signature(
  text: string,
  { key, question, subject }: CursorContext,
): Buffer {
  const context = createHash('sha256')
    .update(JSON.stringify([question, subject]))
    .digest();
  return createHmac('sha256', key).update(context).update(text).digest();
}
