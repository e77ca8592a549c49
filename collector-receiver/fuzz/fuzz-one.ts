import { inspect, isDeepStrictEqual } from 'node:util';
import { decodeJson } from '../src/decode/decode-json';
import { decodeProtobuf } from '../src/decode/decode-protobuf';
import type { Decoded, DecodedRecord } from '../src/decode/decoded';
import { oracleRecords } from '../test/kit/otlp-oracle';
import type { FlatRecord } from '../test/kit/otlp-oracle';
import type { Corpus } from './corpus';
import { differences } from './differences';
import type { Seen } from './differences';
import { jsonOracle } from './json-oracle';
import { mutateBytes } from './mutate-bytes';
import { mutateJson } from './mutate-json';
import { random } from './random';

export type EncodingName = 'protobuf' | 'json';

/** What became of one input: `same`, or the names of known differences, or one that nobody has explained. */
export interface FuzzOutcome {
  encoding: EncodingName;
  input: Buffer;
  known: string[];
  unexplained?: string;
}

/** The input of one run, the same for the same seed and number. */
export function inputOf(
  corpus: Corpus,
  seed: number,
  run: number,
): { encoding: EncodingName; input: Buffer } {
  const dice = random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(run, 0x85ebca6b));
  const encoding = dice.pick(['protobuf', 'json'] as const);
  const start = dice.pick(corpus[encoding]);
  const isText = encoding === 'json' && dice.below(3) > 0;
  const input = isText
    ? mutateJson(start, dice)
    : mutateBytes(start, dice, dice.pick(corpus[encoding]));
  return { encoding, input };
}

/** Reads one input with our decoder and the oracle and compares. Never throws, unless our decoder does. */
export function fuzzOne(encoding: EncodingName, input: Buffer): FuzzOutcome {
  const decoded = (encoding === 'json' ? decodeJson : decodeProtobuf)(input);
  const outcome: FuzzOutcome = { encoding, input, known: [] };
  for (const seen of disagreements(encoding, decoded, input)) {
    const name = Object.keys(differences[encoding]).find((one) =>
      differences[encoding][one]!(seen),
    );
    if (name !== undefined) outcome.known.push(name);
    else
      outcome.unexplained ??= inspect(
        { ...seen, input: undefined, raw: undefined },
        { depth: 9, breakLength: 160 },
      );
  }
  return outcome;
}

type Oracle = FlatRecord | null | { refused: string };

/** What the oracle says of the request, or why it takes none of it. */
function oracleOf(
  encoding: EncodingName,
  input: Uint8Array,
): (FlatRecord | null)[] | { refused: string } {
  try {
    return encoding === 'json' ? jsonOracle(input) : oracleRecords(input);
  } catch (error) {
    return { refused: (error as Error).message };
  }
}

function disagreements(
  encoding: EncodingName,
  decoded: Decoded,
  input: Buffer,
): Seen[] {
  const oracle = oracleOf(encoding, input);
  const isRefused = 'refused' in oracle;
  if (decoded.status !== 'decoded')
    return isRefused ? [] : [{ ours: decoded.reason, index: 0, input }];
  const { records } = decoded;
  if (!isRefused && oracle.length !== records.length)
    return [
      {
        ours: `${records.length} records`,
        oracle: `${oracle.length} records`,
        index: 0,
        input,
      },
    ];
  return records.flatMap((record, i) =>
    // Where the oracle refuses all for one, it is asked about each alone.
    disagreement(record, isRefused ? aloneOf(encoding, record) : oracle[i]!, {
      index: i,
      input,
    }),
  );
}

function aloneOf(encoding: EncodingName, record: DecodedRecord): Oracle {
  const raw = record.status === 'read' ? record.raw() : record.raw;
  const alone = oracleOf(encoding, raw);
  return 'refused' in alone ? alone : alone[0]!;
}

function disagreement(
  record: DecodedRecord,
  oracle: Oracle,
  place: { index: number; input: Buffer },
): Seen[] {
  const isRefused = oracle === null || 'refused' in oracle;
  if (record.status === 'unreadable')
    return isRefused
      ? []
      : [{ ours: `${record.reason}: ${record.detail}`, ...place }];
  const flat = {
    record: record.record,
    source: record.source,
    sanitized: record.flags.includes('sanitized'),
  };
  if (isRefused)
    return [
      {
        oracle: oracle === null ? 'no log record' : oracle.refused,
        flat,
        raw: record.raw(),
        ...place,
      },
    ];
  return isDeepStrictEqual(flat, oracle)
    ? []
    : [{ flat, expected: oracle, ...place }];
}
