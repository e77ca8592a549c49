import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { hostileTexts } from '../src/hostile-texts';
import { PAGE_TOKEN, startPageStack } from '../src/page-stack';
import type { PageStack } from '../src/page-stack';

const API = '/api/audit-log/v2';

let stack: PageStack;
let context: BrowserContext;
beforeAll(async () => {
  stack = await startPageStack();
  context = await stack.signedIn();
});
afterAll(() => stack?.close());

const open = (path: string) => stack.open(path, context);
const paramsOf = (page: Page) => new URL(page.url()).searchParams;
const rows = (page: Page) => page.getByRole('grid').getByRole('row');

/** Writes into the query line as a person does. */
async function search(page: Page, line: string): Promise<void> {
  await page.locator('[data-query-line] .cm-content').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(line);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.waitForLoadState('networkidle');
}

async function ask<T>(page: Page, path: string): Promise<T> {
  return (await (await page.request.get(stack.url + API + path)).json()) as T;
}

describe('a script that cannot be fetched', () => {
  it.each([
    ['of the page', '/', /assets\/draw-/],
    ['of a screen', '/health', /assets\/health-.*js/],
  ])('%s: a sentence says so', async (_which, path, script) => {
    const page = await context.newPage();
    await page.route(script, (route) => route.abort());
    await page.goto(stack.url + path);
    await page
      .getByText('A part of the page could not be fetched: the service')
      .waitFor();
    expect(await page.getByText('Audit log', { exact: true }).isVisible()).toBe(
      true,
    );
    await page.close();
  });
});

describe('somebody who is not signed in', () => {
  it('comes to the sign-in page, and back to where they were', async () => {
    const stranger = await stack.browser.newContext();
    const page = await stranger.newPage();
    await page.goto(`${stack.url}/?status=failed`);
    await page.waitForURL(/\/sign-in\?next=/);
    await page.getByLabel('Token').fill(PAGE_TOKEN);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${stack.url}/?status=failed`);
    await page.getByRole('button', { name: /audit-log-admin-access/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/sign-in/);
    await stranger.close();
  });

  it('is not led to another site by a link to the sign-in page', async () => {
    const stranger = await stack.browser.newContext();
    const page = await stranger.newPage();
    await page.goto(
      `${stack.url}/sign-in?next=${encodeURIComponent('//example.com/')}#token=${PAGE_TOKEN}`,
    );
    await page.waitForURL(`${stack.url}/`);
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
    const total = await ask<{ value: number }>(
      page,
      '/total?event_id=task&status!=succeeded',
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
    await page.getByRole('grid').waitFor();
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
    await stack.send([
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
    page.on('dialog', () => stack.refused.push('a dialog'));
    await stack.send(
      hostileTexts.map((text) => ({
        plugin: 'hostile',
        event: text,
        actor: text,
        entity: `component:default/${text}`,
        error: text,
        meta: { [text]: text, before: { a: text }, after: { a: 1 } },
      })),
    );
    await page.goto(`${stack.url}/?plugin_id=hostile`, {
      waitUntil: 'networkidle',
    });
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
        `${stack.url}/actor?${new URLSearchParams({ id: text }).toString()}`,
        { waitUntil: 'networkidle' },
      );
      await page.getByRole('heading', { level: 1 }).waitFor();
    }
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(stack.refused).toEqual([]);
    await page.close();
  });
});
