import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface HttpRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: Uint8Array | string;
  /** Sends the body in chunks of a few bytes, without its length. */
  chunked?: boolean;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Sends a request with exactly these headers, on a connection of its own. */
export async function httpRequest(
  url: string,
  {
    method = 'POST',
    path = '/v1/logs',
    headers = {},
    body = '',
    chunked = false,
  }: HttpRequest,
): Promise<HttpAnswer> {
  const agent = new Agent({ keepAlive: false });
  const sending = request(url + path, { method, headers, agent });
  const answered = once(sending, 'response');
  if (chunked) {
    const bytes = Buffer.from(body as string);
    for (let at = 0; at < bytes.length; at += 7)
      sending.write(bytes.subarray(at, at + 7));
    sending.end();
  } else sending.end(body);
  const [response] = (await answered) as [IncomingMessage];
  return {
    status: response.statusCode!,
    headers: response.headers,
    body: await buffer(response),
  };
}
