import type { BrowserContext, Page } from 'playwright-core';
import { startPageStack } from '../src/page-stack';
import type { PageStack } from '../src/page-stack';

const RULES = '/settings/plugins/audit-log';

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
      meta: {
        before: { allow: ['a', 'b'], owner: 'team-a', note: 'same' },
        after: { allow: ['a'], owner: 'team-b', note: 'same' },
      },
    },
  ]);
});
afterAll(() => stack?.close());

const open = (path: string) => stack.open(path, context);
const rows = (page: Page) => page.getByRole('grid').getByRole('row');
const paramsOf = (page: Page) => new URL(page.url()).searchParams;
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });

describe('an event in full', () => {
  it('shows what it changed, place by place and side by side', async () => {
    const page = await open('/?plugin_id=changing');
    await rows(page).nth(1).click();
    await page.getByText('/owner changed').waitFor();
    await button(page, 'Side by side, as a whole').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('"owner": "team-a"').waitFor();
    await dialog.getByText('"owner": "team-b"').waitFor();
    await dialog.getByLabel('Only what differs').check();
    await dialog.getByText('that are the same').first().waitFor();
    expect(await dialog.getByText('"note": "same"').count()).toBe(0);
    await page.close();
  });

  it('tells beginning and outcome as one, and leads from one to the other', async () => {
    const page = await open('/?plugin_id=scaffolder&event_id=task');
    await rows(page).nth(1).click();
    const panel = page.getByRole('complementary', {
      name: 'Event',
      exact: true,
    });
    await panel.getByText(/^took /).waitFor();
    const outcome = paramsOf(page).get('event');
    await panel.getByRole('button', { name: 'Began' }).click();
    await page.waitForURL(
      ({ searchParams }) => searchParams.get('event') !== outcome,
    );
    await panel
      .getByRole('button', { name: /Succeeded|Failed|Denied/ })
      .click();
    await page.waitForURL(
      ({ searchParams }) => searchParams.get('event') === outcome,
    );
    await page.close();
  });

  it('gives the focus back to the list when it is closed', async () => {
    const page = await open('/?plugin_id=catalog');
    await rows(page).nth(1).click();
    await button(page, 'Close the event').click();
    expect(
      await page.evaluate('document.activeElement.getAttribute("role")'),
    ).toBe('grid');
    await page.close();
  });
});

describe('somebody who has never read the guide', () => {
  it('comes from an event that is noise to a rule that keeps such events out', async () => {
    const page = await open('/?plugin_id=catalog&event_id=entity-facets');
    await rows(page).nth(1).click();
    await page.getByRole('link', { name: 'Exclude', exact: true }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('Event', { exact: true }).inputValue()).toBe(
      'entity-facets',
    );
    await dialog.getByLabel('Actor', { exact: true }).fill('user:*/*');
    await dialog.getByRole('button', { name: 'Add rule' }).click();
    await page.getByText('Changed, not saved').waitFor();
    expect(paramsOf(page).size).toBe(0);

    // What is not saved is still there after a look at something else.
    await page.getByRole('link', { name: 'Health' }).click();
    await page.getByRole('heading', { name: 'Health' }).waitFor();
    await page.goBack();
    await page.getByText('Changed, not saved').waitFor();
    await button(page, 'Discard').click();
    await page.getByText('As saved').waitFor();
    await page.close();
  });

  it('finds what is excluded among the views, and how to set the token among the commands', async () => {
    const page = await open('/');
    await page.getByRole('link', { name: 'What is excluded' }).click();
    await page.waitForURL(`${stack.url}${RULES}`);
    await page.getByRole('rowheader', { name: /entity-fetch/ }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('token');
    await page.keyboard.press('Enter');
    await page.waitForURL(/external-access/);
    await page.getByText('AUDIT_API_TOKEN').first().waitFor();
    await page.close();
  });
});

it('gives the policy nothing to refuse', () => {
  expect(stack.refused).toEqual([]);
});
