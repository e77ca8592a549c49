import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { startPageStack } from '../src/page-stack';
import type { PageStack } from '../src/page-stack';

const API = '/api/audit-log/v2';
const DIST = join(__dirname, '../../query-service/web/dist');
/** Bytes of script, as gzip sends them, until the explorer is there as a whole. */
const MOST_SCRIPT = 350_000;

let stack: PageStack;
let context: BrowserContext;
beforeAll(async () => {
  stack = await startPageStack();
  context = await stack.signedIn();
  await stack.send([
    {
      plugin: 'changing',
      event: 'policy-changed',
      actor: 'user:default/me',
    },
  ]);
});
afterAll(() => stack?.close());

const open = (path: string) => stack.open(path, context);
const rows = (page: Page) => page.getByRole('grid').getByRole('row');
const paramsOf = (page: Page) => new URL(page.url()).searchParams;
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const queryLine = (page: Page) => page.locator('[data-query-line] .cm-content');

/** Puts the cursor into the query line and writes. */
async function write(page: Page, text: string): Promise<void> {
  await queryLine(page).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}

/** A page whose choices no other test makes. */
async function openAlone(path: string): Promise<[Page, BrowserContext]> {
  const own = await stack.signedIn();
  return [await stack.open(path, own), own];
}

it('fetches a bounded amount of script until the explorer is shown as a whole', async () => {
  const [page, own] = await openAlone('/');
  await queryLine(page).waitFor();
  const scripts = (await page.evaluate(
    `performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter((path) => path.endsWith('.js'))`,
  )) as string[];
  expect(scripts.length).toBeGreaterThan(2);
  const bytes = scripts
    .map((path) => readFileSync(join(DIST, `${path}.gz`)).length)
    .reduce((sum, one) => sum + one, 0);
  expect(bytes).toBeLessThan(MOST_SCRIPT);
  await own.close();
});

it('asks for the facets that can be told together by one request', async () => {
  const own = await stack.signedIn();
  const page = await own.newPage();
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === `${API}/facets`) asked.push(searchParams.get('field')!);
  });
  await page.goto(stack.url, { waitUntil: 'networkidle' });
  expect(asked).toContain('status,severity_level,plugin_id,event_id');
  expect(
    asked.filter((fields) => /status|severity|plugin|event/.test(fields)),
  ).toHaveLength(1);
  await own.close();
});

describe('the query line', () => {
  it('completes keys, and values with how many events have them', async () => {
    const page = await open('/');
    await write(page, 'plug');
    const options = page.locator('[data-query-line]').getByRole('option');
    await options.filter({ hasText: 'plugin' }).first().waitFor();
    // The editor takes no completion in the first moments after it is offered.
    await page.waitForTimeout(200);
    await page.keyboard.press('Tab');
    await page.keyboard.type('scaf');
    await options
      .filter({ hasText: /^scaffolder\d+$/ })
      .first()
      .waitFor();
    await page.waitForTimeout(200);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.waitForURL(/plugin_id=scaffolder/);
    await page.close();
  });

  it('searches by Enter for what is written, also where it could be completed', async () => {
    const page = await open('/');
    await write(page, 'error');
    await page
      .locator('[data-query-line]')
      .getByRole('option')
      .first()
      .waitFor();
    await page.waitForTimeout(200);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\?q=error$/);
    await page.close();
  });
});

describe('columns', () => {
  it('are chosen, moved, made wider and taken away, and that is remembered', async () => {
    const [page, own] = await openAlone('/');
    await button(page, 'Columns').click();
    for (const name of ['Plugin', 'Actor'])
      await page.getByRole('menuitemcheckbox', { name, exact: true }).click();
    await page.keyboard.press('Escape');
    const headings = page.getByRole('columnheader');
    const names = async () =>
      (await headings.allTextContents()).map((text) => text.trim());
    expect(await names()).toEqual([
      'Outcome',
      'What happened',
      'Plugin',
      'Actor',
      'Severity',
      'When',
    ]);
    await button(page, 'Column Actor').click();
    await page.getByRole('menuitem', { name: 'Move to the left' }).click();
    expect((await names()).slice(2, 4)).toEqual(['Actor', 'Plugin']);

    const edge = page.getByRole('separator', { name: 'Width of Actor' });
    const width = async () =>
      Math.round((await headings.nth(2).boundingBox())!.width);
    const before = await width();
    await edge.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await width()).toBe(before + 32);
    const box = (await edge.boundingBox())!;
    await page.mouse.move(box.x + 2, box.y + 5);
    await page.mouse.down();
    await page.mouse.move(box.x + 52, box.y + 5, { steps: 3 });
    await page.mouse.up();
    expect(await width()).toBe(before + 82);

    await page.reload();
    await edge.waitFor();
    expect((await names()).slice(2, 4)).toEqual(['Actor', 'Plugin']);
    expect(await width()).toBe(before + 82);
    await headings.nth(3).dragTo(headings.nth(2));
    expect((await names()).slice(2, 4)).toEqual(['Plugin', 'Actor']);
    await button(page, 'Column Plugin').click();
    await page.getByRole('menuitem', { name: 'Take the column away' }).click();
    expect((await names()).slice(2, 4)).toEqual(['Actor', 'Severity']);
    await own.close();
  });
});

describe('the list', () => {
  it('leaves out reads of the log until they are asked for', async () => {
    const page = await open('/?plugin_id=audit-log');
    await page
      .getByText('hidden: beginnings of operations and reads')
      .waitFor();
    await button(page, 'Hidden').click();
    await page
      .getByRole('menuitemcheckbox', { name: 'Show reads of this log' })
      .click();
    await page
      .getByRole('menuitemcheckbox', { name: 'Show beginnings of operations' })
      .click();
    await page.keyboard.press('Escape');
    await rows(page).filter({ hasText: 'events-read' }).first().waitFor();
    expect([...paramsOf(page)]).toEqual([
      ['plugin_id', 'audit-log'],
      ['starts', 'shown'],
      ['reads', 'shown'],
    ]);
    await page.close();
  });

  it('stays when older events cannot be fetched, and tries again when asked to', async () => {
    const page = await open('/?plugin_id=catalog');
    await page.route(/cursor=/, (route) => route.abort());
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
    await page.getByText('Older events could not be fetched').waitFor();
    expect(await rows(page).count()).toBeGreaterThan(5);
    await page.unroute(/cursor=/);
    await button(page, 'Try again').click();
    const { total } = (await (
      await page.request.get(
        `${stack.url}/api/audit-log/v1/audit-event?plugin_id=catalog`,
      )
    ).json()) as { total: number };
    await page.getByText(`${total} shown`).waitFor();
    await page.close();
  });

  it('begins at its first row when something else is searched for', async () => {
    const page = await open('/?plugin_id=catalog');
    const grid = page.getByRole('grid');
    await grid.focus();
    for (let i = 0; i < 6; i++) await page.keyboard.press('PageDown');
    const scrolled = () => grid.evaluate((element) => element.scrollTop);
    expect(await scrolled()).toBeGreaterThan(0);
    await button(page, /^succeeded \d/).click();
    await page.waitForURL(/status=succeeded/);
    await page.waitForLoadState('networkidle');
    expect(await scrolled()).toBe(0);
    await page.close();
  });

  it('has no event of a tail that another search shows', async () => {
    const page = await open('/?plugin_id=one');
    await button(page, 'Live').click();
    await button(page, 'Pause').waitFor();
    await page.waitForTimeout(500);
    await stack.send([
      { plugin: 'one', event: 'followed', actor: 'user:default/me' },
    ]);
    await button(page, '1 new event: show').click();
    await rows(page).filter({ hasText: 'followed' }).waitFor();
    await button(page, 'Remove plugin:one').click();
    await write(page, 'plugin:changing');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.waitForURL(/plugin_id=changing/);
    await page.getByText(/^1 shown/).waitFor();
    expect(await rows(page).filter({ hasText: 'followed' }).count()).toBe(0);
    await page.close();
  });
});

it('keeps the rest of the page when a part of it cannot be fetched', async () => {
  const page = await open('/');
  await page.route(/assets\/health-/, (route) => route.abort());
  await page.getByRole('link', { name: 'Health' }).click();
  await page.getByText('This could not be shown').waitFor();
  await button(page, 'Reload the page').waitFor();
  await page.getByRole('link', { name: 'Explorer' }).click();
  await page.getByRole('grid').waitFor();
  await page.close();
});

it('gives the policy nothing to refuse', () => {
  expect(stack.refused).toEqual([]);
});
