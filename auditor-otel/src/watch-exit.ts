import type { WriteDiagnostic } from './diagnostics';

/** What is done about records that are still here when the process ends. */
export interface ExitWatch {
  unsent(): number;
  flush(): Promise<unknown>;
  writeDiagnostic: WriteDiagnostic;
}

/**
 * Tries once more when the process is about to end because nothing is left to do, and says at the end how many records
 * are lost with it. Signals and `process.exit` are the application's own: it calls `close` before.
 *
 * @returns a function that ends the watch
 */
export function watchExit(watch: ExitWatch): () => void {
  const beforeExit = () => {
    process.off('beforeExit', beforeExit);
    if (watch.unsent() > 0) void watch.flush();
  };
  const exit = () => {
    const unsent = watch.unsent();
    if (unsent === 0) return;
    try {
      watch.writeDiagnostic(
        `auditor-otel: the process ends with ${unsent} audit records that the receiver does not have`,
      );
    } catch {
      // There is nobody left to tell.
    }
  };
  process.on('beforeExit', beforeExit);
  process.on('exit', exit);
  return () => {
    process.off('beforeExit', beforeExit);
    process.off('exit', exit);
  };
}
