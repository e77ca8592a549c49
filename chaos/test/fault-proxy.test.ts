import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '../src/crash/free-port';
import { startFaultProxy } from '../src/pipeline/parts/fault-proxy';
import type { FaultProxy, Trouble } from '../src/pipeline/parts/fault-proxy';

/** What the draws of the proxy are: below a half a trouble strikes. */
let draw = 0;
let draws = 0;
let taken: string[] = [];
let server: Server;
let proxy: FaultProxy;

beforeEach(async () => {
  draw = 0;
  draws = 0;
  taken = [];
  server = createServer((request, answer) => {
    void request.toArray().then((chunks: Buffer[]) => {
      taken.push(Buffer.concat(chunks).toString());
      answer.writeHead(200, { 'x-answer': 'yes' }).end('done');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // Nobody listens at the first one, which is passed over.
  proxy = await startFaultProxy([await freePort(), port], () => {
    draws += 1;
    return draw;
  });
});
afterEach(() => {
  proxy.close();
  server.closeAllConnections();
  server.close();
});

const send = (body: string) => fetch(proxy.url, { method: 'POST', body });

/** What came of a request: its status, or that there was no answer. */
const outcomeOf = (body: string) =>
  send(body).then(
    ({ status }) => status,
    () => 'no answer',
  );

describe('a hop that is not troubled', () => {
  it('passes request and answer on, and tells who waits for an answer', async () => {
    const next = proxy.nextAnswer();
    const answer = await send('event');
    expect([answer.status, await answer.text()]).toEqual([200, 'done']);
    expect(answer.headers.get('x-answer')).toBe('yes');
    expect(taken).toEqual(['event']);
    await next;
    expect(proxy.counts()).toEqual({ answered: 1, dropped: 0 });
  });
});

describe('a hop that is troubled', () => {
  it.each<[Trouble, number, string | number, string[]]>([
    ['unavailable', 0, 503, []],
    ['reset', 0, 'no answer', []],
    ['drop-answers', 0, 'no answer', ['event']],
    ['drop-answers', 0.9, 200, ['event']],
    ['latency', 0, 200, ['event']],
  ])(
    'by %s, where the draw is %d: %s',
    async (what, drawn, outcome, arrived) => {
      draw = drawn;
      const end = proxy.trouble(what, 0.1);
      expect(await outcomeOf('event')).toBe(outcome);
      expect(taken).toEqual(arrived);
      end();
      draw = 0;
      expect(await outcomeOf('again')).toBe(200);
    },
  );

  it.each([
    [0, []],
    [0.9, ['event']],
  ])(
    'by half-open connections, where the draw is %d, leaves it open until that is over',
    async (drawn, arrived) => {
      draw = drawn;
      const end = proxy.trouble('half-open', 0.1);
      let isOver = false;
      const outcome = outcomeOf('event').finally(() => (isOver = true));
      // It has been drawn for, and what is passed on has arrived.
      const hasCome = () => draws > 0 && taken.length === arrived.length;
      while (!hasCome()) await new Promise((resolve) => setImmediate(resolve));
      expect(isOver).toBe(false);
      end();
      expect(await outcome).toBe('no answer');
      expect(taken).toEqual(arrived);
    },
  );

  it('stays so until the last of two troubles is over', async () => {
    const ends = [
      proxy.trouble('unavailable', 0.1),
      proxy.trouble('unavailable', 0.2),
    ];
    ends[0]!();
    expect(await outcomeOf('event')).toBe(503);
    ends[1]!();
    expect(await outcomeOf('event')).toBe(200);
  });
});
