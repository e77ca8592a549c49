type Message = Record<string, any>;

/**
 * A request in protobufjs form as OTLP/JSON: ids in hex, other bytes in base64, 64-bit integers and special doubles as
 * text. With `snakeCase` the keys are written as some senders do against the specification.
 */
export function toOtlpJson(request: object, snakeCase = false): string {
  return JSON.stringify(jsonOf('', request, snakeCase));
}

function jsonOf(name: string, value: unknown, snakeCase: boolean): unknown {
  if (name === 'traceId' || name === 'spanId')
    return Buffer.from(value as Uint8Array).toString('hex');
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (name === 'doubleValue') return doubleOf(value as number);
  if (Array.isArray(value))
    return value.map((item) => jsonOf('', item, snakeCase));
  if (typeof value !== 'object') return value;
  const members = Object.entries(value as Message).map(([key, member]) => [
    snakeCase ? snakeCaseOf(key) : key,
    jsonOf(key, member, snakeCase),
  ]);
  return Object.fromEntries(members);
}

function doubleOf(value: number): unknown {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}

function snakeCaseOf(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A request with these records, given as JSON text. */
export function jsonRequestOf(...records: string[]): string {
  return `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${records.join()}]}]}]}`;
}

/** A value of lists inside each other. */
export function nestedJsonList(levels: number): string {
  return '{"arrayValue":{"values":['.repeat(levels) + ']}}'.repeat(levels);
}
