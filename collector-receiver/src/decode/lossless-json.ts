/** An integer of 16 digits or more where a bare number can stand; below that every integer is exact in a double. */
const MAYBE_UNSAFE = /[:,[\s]-?\d{16}/;

const BARE_INTEGER = /-?\d+(?:[.eE][\d.eE+-]*)?/y;

/**
 * Parses JSON without losing digits: integers beyond 2^53 come as strings, which OTLP/JSON accepts for 64-bit fields.
 *
 * Quoting them in the text rather than parsing with a reviver, because a reviver costs several times the parse and
 * recurses, so that deep foreign text overflows the stack.
 *
 * @throws SyntaxError when the text is no JSON
 * @example
 * parseLosslessly('{"intValue":9007199254740993}'); // { intValue: '9007199254740993' }
 */
export function parseLosslessly(text: string): unknown {
  return JSON.parse(MAYBE_UNSAFE.test(text) ? quoteUnsafeIntegers(text) : text);
}

function quoteUnsafeIntegers(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      const number = numberAt(text, at);
      if (isUnsafeInteger(number)) {
        parts.push(text.slice(done, at), `"${number}"`);
        done = at + number.length;
      }
      at += number.length;
    } else at++;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

/** The offset behind the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at + 1;
  }
  return text.length;
}

function numberAt(text: string, at: number): string {
  BARE_INTEGER.lastIndex = at;
  return BARE_INTEGER.exec(text)?.[0] ?? text[at]!;
}

function isUnsafeInteger(number: string): boolean {
  return (
    number.length >= 16 &&
    /^-?(?:0|[1-9]\d*)$/.test(number) &&
    !Number.isSafeInteger(Number(number))
  );
}
