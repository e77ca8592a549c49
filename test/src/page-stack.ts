import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startBrowser } from './browser';
import { startChild } from './child';
import { freePort } from './free-port';

/** Of who may do all there is, in the stack of these tests. */
export const PAGE_TOKEN = 'token-of-who-tests-the-page';

/** What an event that a test sends says. */
export interface Sent {
  plugin: string;
  event: string;
  actor: string;
  entity?: string;
  error?: string;
  meta?: object;
}

/** The whole product with the demo's events, and a browser to look at its page. */
export interface PageStack {
  url: string;
  browser: Browser;
  /** What browsers said that the policy refused, in all pages so far. */
  refused: string[];
  /** A browser of its own in which somebody has signed in. */
  signedIn(
    options?: Parameters<Browser['newContext']>[0],
  ): Promise<BrowserContext>;
  /** A page that has finished asking. */
  open(path: string, context: BrowserContext): Promise<Page>;
  /** Sends events to the receiver as OTLP/JSON. */
  send(events: Sent[]): Promise<void>;
  /** Sends a record that cannot be stored: the text stands where its time is expected. */
  sendBroken(time: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the product as `npm run demo` does, and a browser.
 *
 * @throws when Chromium is missing, with what to install
 * @example
 * const stack = await startPageStack();
 * const page = await stack.open('/', await stack.signedIn());
 */
export async function startPageStack(): Promise<PageStack> {
  const browser = await startBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'otel-audit-page-'));
  const [query, http, grpc] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const child = startChild('stack/dist/main.js', ['--demo'], {
    AUDIT_DATA_DIR: folder,
    AUDIT_QUERY_PORT: String(query),
    AUDIT_RECEIVER_HTTP_PORT: String(http),
    AUDIT_RECEIVER_GRPC_PORT: String(grpc),
    AUDIT_ADMIN_TOKEN: PAGE_TOKEN,
  });
  await child.prints('Ctrl-C stops everything.');
  const url = `http://127.0.0.1:${query}`;
  const refused: string[] = [];
  return {
    url,
    browser,
    refused,
    async signedIn(options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        ...options,
      });
      context.on('console', (message) => {
        if (/Content[- ]Security[- ]Policy/i.test(message.text()))
          refused.push(message.text());
      });
      const page = await context.newPage();
      await page.goto(`${url}/sign-in#token=${PAGE_TOKEN}`);
      await page.waitForURL(`${url}/`);
      await page.close();
      return context;
    },
    async open(path, context) {
      const page = await context.newPage();
      await page.goto(url + path, { waitUntil: 'networkidle' });
      return page;
    },
    send: (events) => send(`http://127.0.0.1:${http}`, events),
    sendBroken: (time) =>
      post(`http://127.0.0.1:${http}`, [{ timeUnixNano: time }]),
    async close() {
      await browser.close();
      await child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function send(receiver: string, events: Sent[]): Promise<void> {
  const logRecords = events.map(
    ({ plugin, event, actor, entity, error, meta }) => {
      const attributes = {
        'audit.plugin.id': plugin,
        'audit.event.id': event,
        'audit.status': error === undefined ? 'succeeded' : 'failed',
        'audit.severity': 'high',
        'audit.actor.type': 'user',
        'audit.actor.id': actor,
        'audit.target.id': entity,
        'exception.message': error,
        'audit.meta': meta && JSON.stringify(meta),
      };
      return {
        timeUnixNano: `${Date.now()}000000`,
        attributes: Object.entries(attributes).flatMap(([key, value]) =>
          value === undefined
            ? []
            : [{ key, value: { stringValue: value.toWellFormed() } }],
        ),
      };
    },
  );
  await post(receiver, logRecords);
}

async function post(receiver: string, logRecords: object[]): Promise<void> {
  const answer = await fetch(`${receiver}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }),
  });
  if (!answer.ok)
    throw new Error(
      `the receiver answered ${answer.status}: ${await answer.text()}`,
    );
}
