import * as http from 'node:http';
import * as https from 'node:https';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Answer, Post } from './answer';
import { ANSWER_MAX_BYTES, PARALLEL_REQUESTS } from './limits';
import { retryAfterMs } from './retry-after';
import { SCOPE_NAME, VERSION } from './version';

const compress = promisify(gzip);

/** A connection to a receiver. */
export interface Transport {
  post: Post;
  /** Ends all connections; requests on their way come back as unreachable. */
  close(): void;
}

/** What a transport must know. */
export interface TransportOptions {
  url: URL;
  headers: Record<string, string>;
  gzip: boolean;
  timeoutMs: number;
}

/**
 * Posts over HTTP or HTTPS with connections that are kept. Redirects are not followed: the token is for this host alone.
 */
export function createHttpTransport(options: TransportOptions): Transport {
  const { request, Agent } = options.url.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL_REQUESTS });
  const headers: http.OutgoingHttpHeaders = {
    'user-agent': `${SCOPE_NAME}/${VERSION}`,
    ...options.headers,
    ...(options.gzip ? { 'content-encoding': 'gzip' } : {}),
  };

  async function post(body: Uint8Array, contentType: string): Promise<Answer> {
    try {
      const content = options.gzip ? await compress(body) : body;
      return await send(content, contentType);
    } catch (error) {
      return { status: 'unreachable', reason: reasonOf(error) };
    }
  }

  function send(content: Uint8Array, contentType: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        options.url,
        {
          agent,
          method: 'POST',
          headers: {
            ...headers,
            'content-type': contentType,
            'content-length': content.length,
          },
        },
        (response) => {
          // From here on the response tells how it ended; `close` may come before its last bytes are read.
          outgoing.off('close', closed);
          void readAnswer(response).then(resolve, reject);
        },
      );
      const closed = () => reject(new Error('connection closed'));
      // One deadline for the whole exchange: an idle timeout would let a slow answer hold the request for ever.
      const deadline = setTimeout(() => {
        outgoing.destroy(new Error(`no answer within ${options.timeoutMs} ms`));
      }, options.timeoutMs);
      outgoing.on('close', closed);
      outgoing.on('close', () => clearTimeout(deadline));
      outgoing.on('error', reject);
      outgoing.end(content);
    });
  }

  return { post, close: () => agent.destroy() };
}

async function readAnswer(response: http.IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    // What is beyond is read, so that the connection can be used again, and forgotten.
    if (bytes < ANSWER_MAX_BYTES) chunks.push(chunk);
    bytes += chunk.length;
  }
  return {
    status: 'answered',
    code: response.statusCode ?? 0,
    body: Buffer.concat(chunks),
    retryAfterMs: retryAfterMs(response.headers['retry-after'], Date.now()),
  };
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return message || code || String(error);
}
