import { HttpError } from '../../http-error';

const MAX_KEYS = 16;

/**
 * The keys of a place in `meta`, from the outside inwards; a number is a place in a list. A dot in a key has a backslash before it.
 *
 * @throws HttpError `InputError` for an empty key or too many
 * @example
 * metaPath('request.page'); // ['request', 'page']
 */
export function metaPath(text: string): string[] {
  const keys = [''];
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === '.') keys.push('');
    else if (char === '\\' && i + 1 < text.length)
      keys[keys.length - 1] += text[++i]!;
    else keys[keys.length - 1] += char;
  }
  if (keys.length > MAX_KEYS || keys.includes('') || text.includes('\0'))
    throw new HttpError(
      'InputError',
      `a filter by meta must name 1 to ${MAX_KEYS} keys with dots between them, such as meta.owner.team, got ${JSON.stringify(`meta.${text.slice(0, 100)}`)}`,
    );
  return keys;
}
