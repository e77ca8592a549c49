import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A connection that sends what it is told and gathers what comes. */
export interface RawConnection {
  send(text: string | Uint8Array): void;
  /** All that came, once it has the text. */
  until(text: string): Promise<string>;
  /** All that came, once the server has closed the connection. */
  untilClosed(): Promise<string>;
  end(): void;
}

/** Opens a connection to the host of a URL, for what fetch does not do. */
export async function rawConnection(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket: Socket = connect(Number(port), hostname);
  let received = '';
  let closed = false;
  let wake = () => {};
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
    wake();
  });
  socket.on('close', () => {
    closed = true;
    wake();
  });
  // A reset is one of the ways in which a server closes.
  socket.on('error', () => {});
  await new Promise<void>((resolve) => socket.on('connect', () => resolve()));
  const wait = async (isDone: () => boolean) => {
    while (!isDone()) {
      if (closed)
        throw new Error(`connection closed after ${JSON.stringify(received)}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return received;
  };
  return {
    send: (text) => void socket.write(text),
    until: (text) => wait(() => received.includes(text)),
    untilClosed: () => wait(() => closed),
    end: () => void socket.destroy(),
  };
}
