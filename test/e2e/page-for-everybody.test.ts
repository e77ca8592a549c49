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
const sizes = { wide: [1440, 900], narrow: [375, 800] } as const;

let stack: PageStack;
beforeAll(async () => {
  stack = await startPageStack();
  mkdirSync(SCREENSHOTS, { recursive: true });
});
afterAll(() => stack?.close());

const rows = (page: Page) => page.getByRole('grid').getByRole('row');

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
    own = await stack.signedIn({ colorScheme, viewport: { width, height } });
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
      const page = await stack.open(screens[name]!, own);
      await look(page, name);
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
