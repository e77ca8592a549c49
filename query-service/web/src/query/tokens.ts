/** A piece of the query line between spaces. */
export interface Token {
  /** Where it is, in characters from the beginning of the line. */
  from: number;
  to: number;
  /** As it was written. */
  text: string;
  isNegated: boolean;
  /** What stands before the colon; undefined for text to look for. */
  key: string | undefined;
  /** Behind the colon, with commas between several; the text itself without a key. */
  values: string[];
  /** Where the last value begins, a quotation mark included. */
  valueFrom: number;
  /** Whether a quotation mark was opened and not closed. */
  isOpen: boolean;
}

/** The pieces of the query line. Quotation marks keep spaces, commas and colons together; in them `\` stands before `"` and `\`. */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    if (/\s/.test(line[at]!)) {
      at++;
      continue;
    }
    const token = tokenAt(line, at);
    tokens.push(token);
    at = token.to;
  }
  return tokens;
}

function tokenAt(line: string, from: number): Token {
  const isNegated = line[from] === '-' && /[^\s]/.test(line[from + 1] ?? ' ');
  const start = isNegated ? from + 1 : from;
  const head =
    line[start] === '"'
      ? readQuoted(line, start)
      : readBare(line, start, /[\s:"]/);
  const finish = (
    rest: Pick<Token, 'key' | 'values' | 'isOpen' | 'to' | 'valueFrom'>,
  ): Token => ({
    ...rest,
    from,
    isNegated,
    text: line.slice(from, rest.to),
  });
  if (line[head.to] !== ':' || head.text === '') {
    // Text to look for, up to the next space.
    const whole = line[start] === '"' ? head : readBare(line, start, /\s/);
    return finish({
      key: undefined,
      values: [whole.text],
      isOpen: whole.isOpen,
      to: whole.to,
      valueFrom: start,
    });
  }
  const values: string[] = [];
  let at = head.to;
  let valueFrom = at + 1;
  let isOpen = false;
  do {
    valueFrom = at + 1;
    const value =
      line[valueFrom] === '"'
        ? readQuoted(line, valueFrom)
        : readBare(line, valueFrom, /[\s,]/);
    values.push(value.text);
    isOpen ||= value.isOpen;
    at = value.to;
  } while (line[at] === ',');
  return finish({ key: head.text, values, isOpen, to: at, valueFrom });
}

interface Read {
  text: string;
  to: number;
  isOpen: boolean;
}

function readBare(line: string, from: number, end: RegExp): Read {
  let to = from;
  while (to < line.length && !end.test(line[to]!)) to++;
  return { text: line.slice(from, to), to, isOpen: false };
}

function readQuoted(line: string, from: number): Read {
  let text = '';
  let at = from + 1;
  while (at < line.length && line[at] !== '"') {
    if (line[at] === '\\' && /["\\]/.test(line[at + 1] ?? '')) at++;
    text += line[at++]!;
  }
  const isOpen = at >= line.length;
  return { text, to: isOpen ? at : at + 1, isOpen };
}
