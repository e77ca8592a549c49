import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { source as axeSource } from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startBrowser } from '../src/browser';
import { startChild } from '../src/child';
import type { Child } from '../src/child';
import { freePort } from '../src/free-port';
import { hostileTexts } from '../src/hostile-texts';

const SCREENSHOTS = join(__dirname, 'screenshots');
const TOKEN = 'token-of-who-tests-the-page';
const API = '/api/audit-log/v2';

const screens: Record<string, string> = {
  explorer: '/',
  filtered: '/?status=failed&by=severity_level&compare=before&range=1h',
  nothing: '/?plugin_id=nowhere&status=failed',
  actor: '/actor?id=user%3Adefault%2Fguest',
  entity: '/entity?ref=component%3Adefault%2Fmy-service',
};
const sizes = { wide: [1440, 900], narrow: [375, 800] } as const;

let folder: string;
let stack: Child;
let url: string;
let receiver: string;
let browser: Browser;
let context: BrowserContext;
/** What browsers said that the policy refused, in all pages of the test. */
const refused: string[] = [];

beforeAll(async () => {
  browser = await startBrowser();
  folder = mkdtempSync(join(tmpdir(), 'otel-audit-page-'));
  const [query, http, grpc] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  stack = startChild('stack/dist/main.js', ['--demo'], {
    AUDIT_DATA_DIR: folder,
    AUDIT_QUERY_PORT: String(query),
    AUDIT_RECEIVER_HTTP_PORT: String(http),
    AUDIT_RECEIVER_GRPC_PORT: String(grpc),
    AUDIT_ADMIN_TOKEN: TOKEN,
  });
  await stack.prints('Ctrl-C stops everything.');
  url = `http://127.0.0.1:${query}`;
  receiver = `http://127.0.0.1:${http}`;
  context = await signedIn({});
  mkdirSync(SCREENSHOTS, { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  await stack?.kill('SIGKILL');
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** A browser of its own in which somebody has signed in. */
async function signedIn(
  options: Parameters<Browser['newContext']>[0],
): Promise<BrowserContext> {
  const made = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    ...options,
  });
  made.on('console', (message) => {
    if (/Content[- ]Security[- ]Policy/i.test(message.text()))
      refused.push(message.text());
  });
  const page = await made.newPage();
  await page.goto(`${url}/sign-in#token=${TOKEN}`);
  await page.waitForURL(`${url}/`);
  await page.close();
  return made;
}

/** A page of the explorer that has finished asking. */
async function open(path: string, from = context): Promise<Page> {
  const page = await from.newPage();
  await page.goto(url + path, { waitUntil: 'networkidle' });
  return page;
}

const paramsOf = (page: Page) => new URL(page.url()).searchParams;
const rows = (page: Page) => page.getByRole('grid').getByRole('row');

/** Writes into the query line as a person does. */
async function search(page: Page, line: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(line);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.waitForLoadState('networkidle');
}

async function ask<T>(page: Page, path: string): Promise<T> {
  return (await (await page.request.get(url + API + path)).json()) as T;
}

describe('somebody who is not signed in', () => {
  it('comes to the sign-in page, and back to where they were', async () => {
    const stranger = await browser.newContext();
    const page = await stranger.newPage();
    await page.goto(`${url}/?status=failed`);
    await page.waitForURL(/\/sign-in\?next=/);
    await page.getByLabel('Token').fill(TOKEN);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${url}/?status=failed`);
    await page.getByRole('button', { name: /audit-log-admin-access/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/sign-in/);
    await stranger.close();
  });

  it('is not led to another site by a link to the sign-in page', async () => {
    const stranger = await browser.newContext();
    const page = await stranger.newPage();
    await page.goto(
      `${url}/sign-in?next=${encodeURIComponent('//example.com/')}#token=${TOKEN}`,
    );
    await page.waitForURL(`${url}/`);
    await stranger.close();
  });
});

describe('the explorer', () => {
  it('finds by the query line, and says so in address, chips and API alike', async () => {
    const page = await open('/');
    await search(page, 'plugin:scaffolder event:task -status:succeeded');
    expect([...paramsOf(page)]).toEqual([
      ['plugin_id', 'scaffolder'],
      ['event_id', 'task'],
      ['status!', 'succeeded'],
    ]);
    await page
      .getByRole('button', { name: 'Remove plugin:scaffolder' })
      .click();
    await page.waitForURL((address) => !address.search.includes('plugin_id'));
    const { total } = await ask<{ total: { value: number } }>(
      page,
      '/events?event_id=task&status!=succeeded',
    );
    await page.getByText(`shown of ${total.value}`).waitFor();
    await page.close();
  });

  it('says what is wrong with a line, and searches for nothing', async () => {
    const page = await open('/');
    await search(page, 'colour:green');
    await page
      .getByRole('alert')
      .filter({ hasText: 'There is no key "colour"' })
      .waitFor({ state: 'attached' });
    expect(paramsOf(page).size).toBe(0);
    await page.close();
  });

  it('zooms where the histogram is dragged over, and counts the same as the API', async () => {
    const page = await open('/?range=1h&plugin_id=catalog');
    const chart = page.locator('[data-chart] .u-over');
    const box = (await chart.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.5, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 2, box.y + 30, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/start_time=/);
    const given = paramsOf(page);
    const { total } = await ask<{ total: number }>(
      page,
      `/histogram?plugin_id=catalog&status!=initiated&start_time=${given.get('start_time')}&end_time=${given.get('end_time')}`,
    );
    expect(total).toBeGreaterThan(0);
    await page.getByText(`${total} events`, { exact: true }).waitFor();
    await page.goBack();
    expect(paramsOf(page).get('range')).toBe('1h');
    await page.close();
  });

  it('shows the histogram as a table, which zooms too', async () => {
    const page = await open('/?range=1h');
    await page.getByRole('button', { name: 'Table' }).click();
    await page
      .getByRole('button', { name: /^Zoom to/ })
      .first()
      .click();
    await page.waitForURL(/start_time=/);
    await page.close();
  });

  it('is walked by keyboard: into the list, an event in full, the next, and back', async () => {
    const page = await open('/?plugin_id=catalog');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', {
      name: 'Event',
      exact: true,
    });
    await panel.getByRole('heading', { level: 2 }).waitFor();
    const first = paramsOf(page).get('event');
    await page.keyboard.press('j');
    await page.waitForURL((address) => {
      const now = address.searchParams.get('event');
      return now !== null && now !== first;
    });
    const [, second] = (
      await ask<{ data: { id: string }[] }>(
        page,
        '/events?plugin_id=catalog&status!=initiated',
      )
    ).data.slice(1);
    expect(paramsOf(page).get('event')).toBe(second!.id);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(paramsOf(page).has('event')).toBe(false);
    await page.close();
  });

  it('includes, excludes and has alone what the facets offer', async () => {
    const page = await open('/');
    const facets = page.getByRole('complementary', {
      name: 'Views and facets',
    });
    await facets.getByRole('button', { name: /^catalog \d/ }).click();
    await page.waitForURL(/plugin_id=catalog/);
    await facets.getByRole('button', { name: 'Exclude low' }).click();
    await page.waitForURL(/severity_level%21=low/);
    await facets.getByRole('button', { name: 'Only scaffolder' }).click();
    await page.waitForURL(/plugin_id=scaffolder/);
    expect(paramsOf(page).getAll('plugin_id')).toEqual(['scaffolder']);
    await page.close();
  });

  it('filters by a field of an event in full, also one in meta', async () => {
    const page = await open(
      '/?plugin_id=catalog&meta.queryType=&event_id=entity-facets',
    );
    await rows(page).nth(1).click();
    const button = page.getByRole('button', { name: /^Filter for Actor / });
    await button.focus();
    await button.click();
    await page.waitForURL(/actor_id=/);
    await page.close();
  });

  it('exports exactly what is shown, as many as it said', async () => {
    const page = await open('/?plugin_id=catalog&status=failed');
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog');
    const { data } = await ask<{ data: { id: string }[] }>(
      page,
      '/events?plugin_id=catalog&status=failed&limit=1000&order=oldest',
    );
    await dialog.getByText(`${data.length} events`).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('link', { name: 'Download' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n');
    const exported = lines.map((line) => JSON.parse(line));
    expect(exported.pop().export).toMatchObject({
      rows: data.length,
      complete: true,
    });
    expect(exported.map(({ id }) => id)).toEqual(data.map(({ id }) => id));
    await page.close();
  });

  it('shows events as they are committed, when asked to', async () => {
    const page = await open('/?plugin_id=live');
    await page.getByRole('button', { name: 'Live', exact: true }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.waitForTimeout(500);
    await send([
      { plugin: 'live', event: 'just-now', actor: 'user:default/me' },
    ]);
    await page.getByRole('button', { name: '1 new event: show' }).click();
    await rows(page).filter({ hasText: 'just-now' }).waitFor();
    await page.close();
  });
});

describe('whatever an event says', () => {
  it('is shown as text: nothing runs, and the policy has nothing to refuse', async () => {
    const page = await context.newPage();
    page.on('dialog', () => refused.push('a dialog'));
    await send(
      hostileTexts.map((text) => ({
        plugin: 'hostile',
        event: text,
        actor: text,
        entity: `component:default/${text}`,
        error: text,
        meta: { [text]: text, before: { a: text }, after: { a: 1 } },
      })),
    );
    await page.goto(`${url}/?plugin_id=hostile`, { waitUntil: 'networkidle' });
    await page.getByText(`${hostileTexts.length} shown`).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    for (const tab of ['Details', 'Related', 'Raw record'])
      for (const key of ['Home', ...hostileTexts.map(() => 'j')]) {
        await page.getByRole('tab', { name: tab }).click();
        await page.getByRole('grid').focus();
        await page.keyboard.press(key);
        await page.getByRole('tabpanel').waitFor();
      }
    for (const text of hostileTexts) {
      await page.goto(
        `${url}/actor?${new URLSearchParams({ id: text }).toString()}`,
        { waitUntil: 'networkidle' },
      );
      await page.getByRole('heading', { level: 1 }).waitFor();
    }
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    await page.close();
  });
});

/** How a screen is looked at. Colours are those of the theme, so the narrow one need not be asked in both. */
const looks = [
  ['light', 'wide'],
  ['dark', 'wide'],
  ['light', 'narrow'],
] as const;

describe.each(looks)('in the %s theme, %s', (colorScheme, size) => {
  const [width, height] = sizes[size];
  let own: BrowserContext;
  beforeAll(async () => {
    own = await signedIn({ colorScheme, viewport: { width, height } });
  });
  afterAll(() => own.close());

  /** Takes a picture of what is shown, and asks axe what is wrong with it. */
  async function look(page: Page, name: string): Promise<void> {
    await page.waitForLoadState('networkidle');
    await page.screenshot({
      path: join(SCREENSHOTS, `${name}-${colorScheme}-${size}.png`),
    });
    const scrollWidth = await page.evaluate(
      'document.documentElement.scrollWidth',
    );
    expect({ scrollWidth, problems: await axe(page) }).toEqual({
      scrollWidth: width,
      problems: [],
    });
  }

  it.each(Object.keys(screens))(
    'the screen "%s" can be used by everybody (WCAG 2 A and AA)',
    async (name) => {
      const page = await open(screens[name]!, own);
      await look(page, name);
      await page.close();
    },
  );

  it('so can an event in full, what is related to it, and the commands', async () => {
    const page = await open('/', own);
    await rows(page)
      .nth(size === 'wide' ? 4 : 3)
      .click();
    await page.getByRole('tab', { name: 'Details' }).waitFor();
    await look(page, 'event');
    await page.getByRole('tab', { name: 'Related' }).click();
    await look(page, 'related');
    await page.getByRole('button', { name: 'Close the event' }).click();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await look(page, 'commands');
    await page.close();
  });
});

afterAll(() => expect(refused).toEqual([]));

async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations } = (await page.evaluate(
    `axe.run({ resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })`,
  )) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

interface Sent {
  plugin: string;
  event: string;
  actor: string;
  entity?: string;
  error?: string;
  meta?: object;
}

/** Sends events to the receiver as OTLP/JSON. */
async function send(events: Sent[]): Promise<void> {
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
  const answer = await fetch(`${receiver}/v1/logs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }),
  });
  expect(answer.status).toBe(200);
}
