/** Stops the server that the tests started. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.stopTestPostgres?.();
  globalThis.stopTestPostgres = undefined;
}
