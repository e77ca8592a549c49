import { once } from 'node:events';
import { request } from 'node:http';
import { createGzip } from 'node:zlib';
import { runLoad } from '../load-process';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/** Sends 1 GB of zeros, gzipped, again and again, one after another. */
runLoad(async ({ url }: { url: string }, stopped, begin) => {
  const bomb = await gzippedZeros(GIB);
  begin();
  const statuses: Record<string, number> = {};
  while (!stopped.aborted) {
    const status = await send(url, bomb);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return { statuses };
});

async function gzippedZeros(size: number): Promise<Buffer> {
  const gzip = createGzip();
  const chunks: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk));
  const zeros = Buffer.alloc(MIB);
  for (let left = size; left > 0; left -= zeros.length)
    if (!gzip.write(zeros)) await once(gzip, 'drain');
  gzip.end();
  await once(gzip, 'end');
  return Buffer.concat(chunks);
}

function send(url: string, body: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/x-protobuf',
      'content-encoding': 'gzip',
    };
    const sent = request(
      `${url}/v1/logs`,
      { method: 'POST', headers, agent: false },
      (answer) => {
        resolve(String(answer.statusCode));
        answer.resume();
      },
    );
    sent.on('error', () => resolve('error'));
    sent.end(body);
  });
}
