import type { CopyClient, CopyStatement } from './copy-in';

/** What most pages need at least. */
const FIRST_BYTES = 64 * 1024;

/**
 * Runs a `copy ... to stdout` and resolves to all that came, so it is for as much as fits the memory well. Our own rather than
 * pg-copy-streams, as `copyIn` is.
 *
 * @throws what the server says, or that the connection was lost
 * @example
 * const bytes = await copyOut(client, 'copy (select 1) to stdout (format binary)');
 */
export function copyOut(
  client: CopyClient,
  statement: string,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    client.query(new CopyOut(statement, resolve, reject));
  });
}

class CopyOut implements CopyStatement {
  /** pg puts its own here, which takes back the clock by which it would give the statement up. */
  callback: (() => void) | undefined;
  private readonly statement: string;
  private readonly resolve: (bytes: Buffer) => void;
  private readonly reject: (error: Error) => void;
  private bytes = Buffer.allocUnsafe(FIRST_BYTES);
  private length = 0;

  constructor(
    statement: string,
    resolve: (bytes: Buffer) => void,
    reject: (error: Error) => void,
  ) {
    this.statement = statement;
    this.resolve = resolve;
    this.reject = reject;
  }

  submit(connection: Parameters<CopyStatement['submit']>[0]): void {
    connection.query(this.statement);
  }

  handleCopyData({ chunk }: { chunk: Uint8Array }): void {
    const end = this.length + chunk.length;
    if (end > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(end, 2 * this.bytes.length));
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    // At once: pg writes what comes next into the same memory.
    this.bytes.set(chunk, this.length);
    this.length = end;
  }

  handleCommandComplete(): void {}

  /** The command is complete; after an error pg does not call it. */
  handleReadyForQuery(): void {
    this.callback?.();
    this.resolve(this.bytes.subarray(0, this.length));
  }

  handleError(error: Error): void {
    this.callback?.();
    this.reject(error);
  }
}
