import { HttpError } from '../../http-error';

/** Of all terms together, in UTF-16 units. */
export const MAX_TERMS_LENGTH = 256;
export const MAX_TERMS = 8;
/** A phrase in quotes, or what stands between spaces. */
const TERM = /"([^"]*)"|(\S+)/g;

/**
 * The texts of a free search, all of which must occur.
 *
 * @throws HttpError `InputError` when there are too many, or they are too long
 * @example
 * readTerms('shop "not allowed"'); // ['shop', 'not allowed']
 */
export function readTerms(q: string | undefined): string[] {
  if (q === undefined) return [];
  const terms = [...q.matchAll(TERM)]
    .map(([, phrase, word]) => phrase ?? word ?? '')
    .filter(Boolean);
  if (q.length <= MAX_TERMS_LENGTH && terms.length <= MAX_TERMS) return terms;
  throw new HttpError(
    'InputError',
    `q must be at most ${MAX_TERMS} words or phrases in quotes, ${MAX_TERMS_LENGTH} characters altogether, got ${terms.length} in ${q.length} characters`,
  );
}
