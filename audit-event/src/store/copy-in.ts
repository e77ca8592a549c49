/** https://www.postgresql.org/docs/current/protocol-message-formats.html */
const COPY_DATA = 0x64;
const COPY_DONE = Buffer.from([0x63, 0, 0, 0, 4]);
const LENGTH_BYTES = 4;

/** What this needs of a `pg.Client`, which fits as it is. */
export interface CopyClient {
  query(statement: CopyStatement): unknown;
}

/** A query of its own kind, which calls its methods with what the server says. */
export interface CopyStatement {
  submit(connection: CopyConnection): void;
}

interface CopyConnection {
  stream: {
    cork(): void;
    uncork(): void;
    write(bytes: Uint8Array): unknown;
  };
  query(text: string): void;
}

/**
 * Runs a `copy ... from stdin` with the bytes given. They follow the statement at once, without the round trip for the
 * server's word that it is ready: of a statement that fails it drops them
 * (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY). Our own rather than pg-copy-streams,
 * which in 7.0.0 throws where nobody can catch it when the server refuses a row while others are still on their way.
 *
 * @throws what the server says, or that the connection was lost; what the server took is known only after `commit`
 *
 * @example await copyIn(client, 'copy line from stdin', [Buffer.from('a\n')]);
 */
export function copyIn(
  client: CopyClient,
  statement: string,
  pieces: readonly Uint8Array[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyIn(statement, pieces, resolve, reject));
  });
}

class CopyIn implements CopyStatement {
  private readonly statement: string;
  private readonly pieces: readonly Uint8Array[];
  private readonly resolve: () => void;
  private readonly reject: (error: Error) => void;

  constructor(
    statement: string,
    pieces: readonly Uint8Array[],
    resolve: () => void,
    reject: (error: Error) => void,
  ) {
    this.statement = statement;
    this.pieces = pieces;
    this.resolve = resolve;
    this.reject = reject;
  }

  submit(connection: CopyConnection): void {
    const { stream } = connection;
    // One call of the operating system for all of it.
    stream.cork();
    connection.query(this.statement);
    for (const piece of this.pieces) {
      stream.write(copyDataHeader(piece.length));
      stream.write(piece);
    }
    stream.write(COPY_DONE);
    stream.uncork();
  }

  handleCopyInResponse(): void {}

  handleCommandComplete(): void {}

  /** The command is complete; after an error pg does not call it. */
  handleReadyForQuery(): void {
    this.resolve();
  }

  handleError(error: Error): void {
    this.reject(error);
  }
}

function copyDataHeader(length: number): Buffer {
  const header = Buffer.allocUnsafe(1 + LENGTH_BYTES);
  header[0] = COPY_DATA;
  header.writeUInt32BE(length + LENGTH_BYTES, 1);
  return header;
}
