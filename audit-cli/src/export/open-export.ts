import { get as getHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Api } from '../api/api';
import { reasonOf } from '../api/reason-of';
import { readRefusal } from '../api/refusal';
import { notAsked } from '../failure';
import { EXPORT_SILENCE_MS } from '../limits';

/**
 * Asks for an export, by Node's own client: fetch does not show the trailers, and only they say whether CSV is whole.
 *
 * @throws Failure when there is no answer, or another one than 200
 */
export async function openExport(
  api: Api,
  query: URLSearchParams,
): Promise<IncomingMessage> {
  const url = api.address('/export', query);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const get = url.protocol === 'https:' ? getHttps : getHttp;
    const request = get(url, { headers: api.headers, agent: false }, resolve);
    request.on('error', (error) =>
      reject(notAsked(`cannot reach ${url.origin}: ${reasonOf(error)}`, error)),
    );
    request.setTimeout(EXPORT_SILENCE_MS, () =>
      request.destroy(new Error('nothing came for too long')),
    );
  });
  if (answer.statusCode === 200) return answer;
  throw await readRefusal(answer.statusCode!, text(answer), url.origin);
}
