import { Agent, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

export interface HttpRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: Uint8Array | string;
  /** Sends the body in chunks, without its length. */
  chunked?: boolean;
  signal?: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Sends a request with exactly these headers, on a connection of its own. */
export function httpRequest(
  url: string,
  {
    method = 'POST',
    path = '/v1/logs',
    headers = {},
    body = '',
    chunked = false,
    signal,
  }: HttpRequest,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const agent = new Agent({ keepAlive: false });
    const sending = request(
      url + path,
      { method, headers, agent, ...(signal && { signal }) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    sending.on('error', reject);
    if (!chunked) return void sending.end(body);
    const bytes = Buffer.from(body as string);
    for (let at = 0; at < bytes.length; at += 7)
      sending.write(bytes.subarray(at, at + 7));
    sending.end();
  });
}
