import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { runLoad } from '../load-process';

interface HoldOptions {
  url: string;
  connections: number;
}

/** A byte each, in milliseconds. */
const BYTE_EVERY_MS = 3_000;
/** Before a connection that was cut is made again, in milliseconds on average. */
const AGAIN_MS = 3_000;
/** Addresses 127.0.0.2 and up, for one has too few ports to come from. */
const ADDRESSES = 20;

const SLOW_HEADERS = 'POST /v1/logs HTTP/1.1\r\nHost: bench\r\nX-Slow: ';
const SLOW_BODY =
  'POST /v1/logs HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-protobuf\r\nContent-Length: 1000000\r\n\r\n';

/** Holds connections that send next to nothing, half in their headers, half in their bodies, and makes them again when cut. */
runLoad(async ({ url, connections }: HoldOptions, stopped, begin) => {
  const { hostname, port } = new URL(url);
  let made = 0;
  let open = 0;

  async function hold(index: number): Promise<void> {
    while (!stopped.aborted) {
      const socket = connect({
        host: hostname,
        port: Number(port),
        localAddress: `127.0.0.${2 + (index % ADDRESSES)}`,
      });
      const closed = new Promise<void>((resolve) => {
        socket.on('close', () => resolve());
      });
      let isOpen = false;
      socket.on('connect', () => {
        made++;
        open++;
        isOpen = true;
        socket.write(index % 2 === 0 ? SLOW_HEADERS : SLOW_BODY);
      });
      const timer = setInterval(() => socket.write('x'), BYTE_EVERY_MS);
      socket.on('error', () => {}).resume();
      await closed;
      clearInterval(timer);
      if (isOpen) open--;
      await sleep(AGAIN_MS * (0.5 + Math.random()));
    }
  }

  begin();
  for (let index = 0; index < connections; index++) void hold(index);
  await new Promise((resolve) => stopped.addEventListener('abort', resolve));
  return { made, open };
});
