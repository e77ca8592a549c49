import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { createServer, get } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mount } from '../src/http/route';
import { PAGE_FOLDER } from '../src/page/page-files';
import { pageRoutes } from '../src/page/page-routes';

/** The page alone, as it was built or from another folder. */
async function serve(folder: string): Promise<{ url: string; server: Server }> {
  const app = express();
  app.disable('etag');
  for (const route of pageRoutes(folder)) mount(app, route);
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, server };
}

describe('the page', () => {
  let url: string;
  let server: Server;
  beforeAll(async () => {
    ({ url, server } = await serve(PAGE_FOLDER));
  });
  afterAll(() => void server.close());

  it.each([
    '/',
    '/?status=failed',
    '/actor?id=user%3Adefault%2Fjohn',
    '/entity?ref=x',
    '/health',
    '/settings/audit-log',
  ])('is the same document at %s', async (path) => {
    const answer = await fetch(url + path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch('text/html');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(await answer.text()).toContain('<div id="root">');
  });

  it('may do nothing but run its own scripts and styles and ask its own service', async () => {
    const { headers } = await fetch(url);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('permissions-policy')).toMatch('camera=()');
  });

  it('has assets whose names change with what is in them, to be kept for ever', async () => {
    const document = await (await fetch(url)).text();
    const [, script] = /src="(\/assets\/[^"]+\.js)"/.exec(document)!;
    const answer = await fetch(url + script!, {
      headers: { 'accept-encoding': 'identity' },
    });
    expect(answer.headers.get('cache-control')).toBe(
      'public, max-age=31536000, immutable',
    );
    expect(answer.headers.get('content-type')).toMatch('text/javascript');
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
  });

  it('comes compressed as the client can read it', async () => {
    const plain = await (
      await fetch(url, { headers: { 'accept-encoding': 'identity' } })
    ).text();
    // fetch undoes the coding; its name stays in the headers.
    for (const [accepted, coding] of [
      ['br', 'br'],
      ['gzip', 'gzip'],
      // Browsers, on plain HTTP and over TLS.
      ['gzip, deflate', 'gzip'],
      ['gzip, deflate, br', 'br'],
      ['gzip, deflate, br, zstd', 'br'],
      ['gzip, br;q=0', 'gzip'],
      ['zstd', null],
    ] as const) {
      const answer = await fetch(url, {
        headers: { 'accept-encoding': accepted },
      });
      expect([accepted, answer.headers.get('content-encoding')]).toEqual([
        accepted,
        coding,
      ]);
      expect(await answer.text()).toBe(plain);
    }
  });

  it('is not sent again to who has it', async () => {
    const etag = (await fetch(url)).headers.get('etag')!;
    // fetch would add Cache-Control: no-cache, which asks for all of it again.
    const again = await new Promise<IncomingMessage>((resolve) =>
      get(url, { headers: { 'if-none-match': etag } }, resolve),
    );
    expect(again.statusCode).toBe(304);
    expect(await again.toArray()).toEqual([]);
  });

  it.each([
    '/assets/nothing.js',
    '/assets/..%2findex.html',
    '/assets/..%2f..%2fpackage.json',
    '/index.html',
    '/actor/x',
  ])('has nothing at %s', async (path) => {
    expect((await fetch(url + path)).status).toBeGreaterThanOrEqual(404);
  });
});

it('says how to build it when it was not built', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-no-page-'));
  const { url, server } = await serve(folder);
  const answer = await fetch(url);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toBe(
    'The web page is not built; run "npm run build" and start the service again. The API works without it.\n',
  );
  server.close();
  rmSync(folder, { recursive: true });
});
