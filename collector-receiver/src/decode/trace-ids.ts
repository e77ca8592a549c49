const TRACE_ID = /^[0-9a-f]{32}$/;
const SPAN_ID = /^[0-9a-f]{16}$/;
const ALL_ZERO = /^0*$/;

/** A trace id in lower case, or '' for one of the wrong length or all zero, which OTLP calls no association. */
export function traceIdOf(hex: string): string {
  return idOf(hex, TRACE_ID);
}

/** A span id, as `traceIdOf`. */
export function spanIdOf(hex: string): string {
  return idOf(hex, SPAN_ID);
}

function idOf(hex: string, form: RegExp): string {
  const id = hex.toLowerCase();
  return form.test(id) && !ALL_ZERO.test(id) ? id : '';
}
