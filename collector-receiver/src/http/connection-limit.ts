import type { Socket } from 'node:net';

interface Connection {
  socket: Socket;
  peer: string;
  /** Of those that are being processed. */
  requests: number;
}

/** A bound on the connections of one listener. */
export interface ConnectionLimit {
  /** For the event `connection` of a net, tls, http or http2 server: admits the newcomer, and makes room for it. */
  admit: (socket: Socket) => void;
  /**
   * Keeps a connection while a completely received request of it is being processed. It may hold several at a time.
   *
   * @param peer as {@link peerOf} has it
   * @returns to be called once the request is answered
   */
  hold: (peer: string) => () => void;
}

/**
 * The far end of a connection, such as `10.0.0.7:53412`: the same for a TLS socket and the one below it, and what
 * `getPeer()` of a gRPC call says.
 */
export function peerOf({
  remoteAddress,
  remotePort,
}: Pick<Socket, 'remoteAddress' | 'remotePort'>): string {
  return `${remoteAddress}:${remotePort}`;
}

/**
 * Makes the limit of one listener. A connection over it is not refused, because then a few slow clients would keep all
 * others out: the one that has waited longest without a request being processed is destroyed instead, which a sender
 * answers by connecting again. Those that have had a request processed and those that have not share the room by
 * halves, so that a crowd of silent newcomers cannot push out the senders at work, nor idle senders each newcomer.
 *
 * @example
 * const limit = createConnectionLimit(1_000);
 * server.on('connection', limit.admit);
 * const release = limit.hold(peerOf(request.socket));
 */
export function createConnectionLimit(max: number): ConnectionLimit {
  const connections = new Map<string, Connection>();
  // Waiting connections. Sets keep their order, so the first has waited longest.
  const strangers = new Set<Connection>();
  const senders = new Set<Connection>();

  function makeRoom(): boolean {
    if (connections.size < max) return true;
    const group = strangers.size >= senders.size ? strangers : senders;
    const [longest] = group;
    if (longest === undefined) return false;
    forget(longest);
    longest.socket.destroy();
    return true;
  }

  function forget(connection: Connection): void {
    strangers.delete(connection);
    senders.delete(connection);
    // Its peer may have come again by now.
    if (connections.get(connection.peer) === connection)
      connections.delete(connection.peer);
  }

  return {
    admit(socket) {
      if (!makeRoom()) {
        socket.destroy();
        return;
      }
      const connection = { socket, peer: peerOf(socket), requests: 0 };
      connections.set(connection.peer, connection);
      strangers.add(connection);
      socket.on('close', () => forget(connection));
    },
    hold(peer) {
      const connection = connections.get(peer);
      if (connection === undefined) return () => {};
      connection.requests += 1;
      strangers.delete(connection);
      senders.delete(connection);
      return () => {
        connection.requests -= 1;
        const isOpen = connections.get(peer) === connection;
        if (isOpen && connection.requests === 0) senders.add(connection);
      };
    },
  };
}
