import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { source as axeSource } from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { startPageStack } from '../src/page-stack';
import type { PageStack } from '../src/page-stack';

/** Not in git: for people to look at. */
const SCREENSHOTS = join(__dirname, 'screenshots');

const screens: Record<string, string> = {
  explorer: '/',
  filtered: '/?status=failed&by=severity_level&compare=before&range=1h',
  nothing: '/?plugin_id=nowhere&status=failed',
  actor: '/actor?id=user%3Adefault%2Fguest',
  entity: '/entity?ref=component%3Adefault%2Fmy-service',
  'external-access': '/settings/external-access',
  plugins: '/settings/plugins',
  rules: '/settings/plugins/audit-log',
  retention: '/settings/plugins/audit-log/retention',
  ledger: '/health',
  streams: '/health?tab=streams',
  quarantine: '/health?tab=quarantine',
  storage: '/health?tab=storage',
};
/** What is opened on a screen by somebody, and how. */
const openings: Record<string, [string, (page: Page) => Promise<void>]> = {
  'time-picker': [
    '/?range=24h',
    (page) => page.getByRole('button', { name: /^Time: / }).click(),
  ],
  'hidden-events': [
    '/',
    (page) => page.getByRole('button', { name: 'Hidden' }).click(),
  ],
  export: [
    '/?status=failed',
    (page) => page.getByRole('button', { name: 'Export' }).click(),
  ],
  'histogram-table': [
    '/?range=1h',
    (page) => page.getByRole('button', { name: 'Table' }).click(),
  ],
  'query-line': ['/?plugin_id=catalog&status%21=failed', completeLine],
  keys: ['/', (page) => page.keyboard.press('?')],
  'changed-event': [
    '/?plugin_id=changing',
    async (page) => {
      await rows(page).first().waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.getByText('/owner changed').scrollIntoViewIfNeeded();
    },
  ],
  'new-rule': [
    '/settings/plugins/audit-log?actorId=plugin%3A*&eventId=entity-fetch',
    (page) => page.getByRole('dialog').waitFor(),
  ],
  'new-token': [
    '/settings/external-access',
    (page) => page.getByRole('button', { name: 'New item' }).click(),
  ],
  'new-hold': [
    '/settings/plugins/audit-log/retention',
    (page) => page.getByRole('button', { name: 'New hold' }).click(),
  ],
};

async function completeLine(page: Page): Promise<void> {
  await page.locator('[data-query-line] .cm-content').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.press('End');
  await page.keyboard.type(' severity:');
  await page.locator('[data-query-line]').getByRole('option').first().waitFor();
}

const sizes = { wide: [1440, 900], narrow: [375, 800] } as const;

let stack: PageStack;
beforeAll(async () => {
  stack = await startPageStack();
  await stack.send([
    {
      plugin: 'changing',
      event: 'policy-changed',
      actor: 'user:default/me',
      entity: 'policy:default/catalog-entity-delete',
      meta: {
        reason: 'asked for by the platform team',
        before: { allow: ['a', 'b'], owner: 'team-a', note: 'same' },
        after: { allow: ['a'], owner: 'team-b', note: 'same' },
      },
    },
  ]);
  mkdirSync(SCREENSHOTS, { recursive: true });
});
afterAll(() => stack?.close());

const rows = (page: Page) => page.getByRole('grid').getByRole('row');

describe.each(['wide', 'narrow'] as const)('%s', (size) => {
  const [width, height] = sizes[size];
  let own: BrowserContext;
  beforeAll(async () => {
    own = await stack.signedIn({ viewport: { width, height } });
  });
  afterAll(() => own.close());

  /** Takes a picture of what is shown in each theme, and asks axe what is wrong with it. */
  async function look(page: Page, name: string): Promise<void> {
    await page.waitForLoadState('networkidle');
    while ((await page.getByRole('status', { name: 'Loading' }).count()) > 0)
      await page.waitForTimeout(50);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({
        path: join(SCREENSHOTS, `${name}-${colorScheme}-${size}.png`),
      });
      const scrollWidth = await page.evaluate(
        'document.documentElement.scrollWidth',
      );
      expect({
        colorScheme,
        scrollWidth,
        problems: await axe(page),
      }).toEqual({ colorScheme, scrollWidth: width, problems: [] });
    }
  }

  it.each(Object.keys(screens))(
    'the screen "%s" can be used by everybody (WCAG 2 A and AA)',
    async (name) => {
      const page = await stack.open(screens[name]!, own);
      await look(page, name);
      await page.close();
    },
  );

  it.each(Object.keys(openings))('so can what is opened: %s', async (name) => {
    const [path, openIt] = openings[name]!;
    const page = await stack.open(path, own);
    await openIt(page);
    await look(page, name);
    await page.close();
  });

  // A telephone has no room for either.
  const itWhereWide = size === 'wide' ? it : it.skip;
  itWhereWide(
    'so can a change side by side, and a list with columns',
    async () => {
      const page = await stack.open('/?plugin_id=changing', own);
      await rows(page).nth(1).click();
      await page
        .getByRole('button', { name: 'Side by side, as a whole' })
        .click();
      await look(page, 'side-by-side');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Close the event' }).click();
      await page.goto(`${stack.url}/`, { waitUntil: 'networkidle' });
      await page.getByRole('button', { name: 'Columns', exact: true }).click();
      for (const name of ['Plugin', 'Actor', 'Took', 'Time'])
        await page.getByRole('menuitemcheckbox', { name, exact: true }).click();
      await look(page, 'columns-menu');
      await page.keyboard.press('Escape');
      await look(page, 'columns');
      await page.close();
    },
  );

  it('so can an event in full, what is related to it, and the commands', async () => {
    const page = await stack.open('/', own);
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

describe('all of that', () => {
  it('gave the policy nothing to refuse', () => {
    expect(stack.refused).toEqual([]);
  });
});

async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations } = (await page.evaluate(
    `axe.run({ resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })`,
  )) as AxeResults;
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
