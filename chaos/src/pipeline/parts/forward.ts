import { Agent, request as ask } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** What a server behind a hop said, or that none could be asked. */
export type Reply =
  | {
      status: 'answered';
      code: number;
      headers: IncomingHttpHeaders;
      body: Buffer;
    }
  | { status: 'failed'; isRefused: boolean };

/** Passes requests on. */
export interface Forwarder {
  forward(request: IncomingMessage, body: Buffer): Promise<Reply>;
  close(): void;
}

/** To servers on this machine, in turn; one that does not listen is passed over, as a load balancer does. */
export function createForwarder(ports: readonly number[]): Forwarder {
  const agent = new Agent({ keepAlive: true });
  let turn = 0;

  function askOne(
    port: number,
    { method, url, headers }: IncomingMessage,
    body: Buffer,
  ): Promise<Reply> {
    return new Promise((resolve) => {
      const failed = (error: NodeJS.ErrnoException) =>
        resolve({ status: 'failed', isRefused: error.code === 'ECONNREFUSED' });
      const rest = { ...headers, 'content-length': String(body.length) };
      delete rest['transfer-encoding'];
      const options = { agent, port, method, path: url, headers: rest };
      const asked = ask({ ...options, host: '127.0.0.1' }, (answer) => {
        answer.toArray().then(
          (chunks: Buffer[]) =>
            resolve({
              status: 'answered',
              code: answer.statusCode!,
              headers: withoutHopByHop(answer.headers),
              body: Buffer.concat(chunks),
            }),
          failed,
        );
      });
      asked.on('error', failed);
      asked.end(body);
    });
  }

  return {
    async forward(request, body) {
      let reply: Reply = { status: 'failed', isRefused: true };
      for (let tries = 0; tries < ports.length; tries++) {
        reply = await askOne(ports[turn++ % ports.length]!, request, body);
        if (reply.status === 'answered' || !reply.isRefused) return reply;
      }
      return reply;
    },
    close: () => agent.destroy(),
  };
}

/** https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
function withoutHopByHop(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const rest = { ...headers };
  for (const name of ['connection', 'keep-alive', 'transfer-encoding'])
    delete rest[name];
  return rest;
}
