import { TOKEN } from './pipeline';
import type { Pipeline } from './pipeline';
import { until } from './until';

/** Sends one log record of a size to the Collector, as OTLP in JSON. */
export function postRecord(
  { collector }: Pipeline,
  bytes: number,
): Promise<Response> {
  const body = { stringValue: 'x'.repeat(bytes) };
  return fetch(`${collector.url}/v1/logs`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${TOKEN}`,
    },
    body: JSON.stringify({
      resourceLogs: [{ scopeLogs: [{ logRecords: [{ body }] }] }],
    }),
  });
}

/** Sends records of a size until one is not taken; resolves with that answer. */
export function postUntilRefused(
  pipeline: Pipeline,
  bytes: number,
): Promise<Response> {
  return until('a record to be refused', async () => {
    const answer = await postRecord(pipeline, bytes);
    return answer.status === 200 ? undefined : answer;
  });
}
