// The name is fixed for all 1.x versions of @opentelemetry/api, so that its copies find each other: src/internal/global-utils.ts there.
const API = Symbol.for('opentelemetry.js.api.1');

/** Where every 1.x copy of `@opentelemetry/api` registers what the application runs; undefined where nothing is registered. */
export function openTelemetryRegistry(): unknown {
  return (globalThis as unknown as Record<symbol, unknown>)[API];
}
