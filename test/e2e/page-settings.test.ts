import { execFileSync } from 'node:child_process';
import type { BrowserContext, Page } from 'playwright-core';
import { startPageStack } from '../src/page-stack';
import type { PageStack } from '../src/page-stack';

const API = '/api/audit-log';
const RULES = '/settings/plugins/audit-log';

let stack: PageStack;
let context: BrowserContext;
beforeAll(async () => {
  stack = await startPageStack();
  context = await stack.signedIn({
    permissions: ['clipboard-read', 'clipboard-write'],
  });
});
afterAll(() => stack?.close());

const open = (path: string) => stack.open(path, context);
const button = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true });

async function ask<T>(page: Page, path: string): Promise<T> {
  return (await (await page.request.get(stack.url + API + path)).json()) as T;
}

/** How many events of one id are stored. */
async function stored(page: Page, event: string): Promise<number> {
  const { total } = await ask<{ total: number }>(
    page,
    `/v1/audit-event?event_id=${event}`,
  );
  return total;
}

/** Puts a text in the place of the YAML, as a person does who pastes one. */
async function writeYaml(page: Page, text: string): Promise<void> {
  await page.locator('[data-yaml] .cm-content').click();
  await page.keyboard.press('Control+A');
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.keyboard.press('Control+V');
}

const yamlOf = (page: Page) =>
  page.locator('[data-yaml] .cm-content').innerText();

/** Resolves when receivers have the rules that were saved: they look every second or two. */
async function untilExcluded(page: Page, event: string): Promise<void> {
  const excluded = async () =>
    (await ask<{ total: { excluded: number } }>(page, '/v2/ledger')).total
      .excluded;
  const before = await excluded();
  for (let tries = 0; tries < 100; tries++) {
    await stack.send([{ plugin: 'tests', event, actor: 'user:default/noise' }]);
    if ((await excluded()) > before) return;
    await page.waitForTimeout(200);
  }
  throw new Error(`${event} is stored although a rule of the page excludes it`);
}

describe('external access', () => {
  it('takes the secret that somebody pastes, which then opens the API to curl, and is never shown again', async () => {
    const page = await open('/settings/external-access');
    await button(page, 'Open audit-log-api-access').click();
    const secret = page.getByLabel(/secret/i).and(page.locator('input'));
    await secret.fill('short');
    expect(await button(page, 'Update item').isDisabled()).toBe(true);
    await secret.fill('pasted-by-a-person-1');
    await button(page, 'Update item').click();
    await page.getByText('1 change not saved').waitFor();
    await button(page, 'Save').click();
    await page.getByText('never shown again. Try it').waitFor();
    expect(await page.content()).not.toContain('pasted-by-a-person-1');
    const lines = await page
      .getByLabel('How to read events with it', { exact: true })
      .innerText();
    const line = lines.replace('paste the secret here', 'pasted-by-a-person-1');
    // A token is in force within a second.
    await page.waitForTimeout(1_100);
    const answer = execFileSync('bash', ['-c', `set -e; ${line} -sS`], {
      encoding: 'utf8',
    });
    expect(JSON.parse(answer)).toMatchObject({ limit: 5, offset: 0 });
    await page.close();
  });

  it('makes a token, and deletes it; one whose secret a setting gives cannot be changed', async () => {
    const page = await open('/settings/external-access');
    await button(page, 'New item').click();
    await page.getByLabel('Subject').fill('siem-export');
    await button(page, 'Generate').click();
    await page.getByLabel('Export events').check();
    await button(page, 'Add item').click();
    await button(page, 'Save').click();
    await page
      .getByText('audit-log: audit.log.read, audit.log.export')
      .waitFor();
    expect(await button(page, 'Open audit-log-admin-access').count()).toBe(0);
    await page.getByText('AUDIT_ADMIN_TOKEN').waitFor();
    await button(page, 'More of siem-export').click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await button(page, 'Delete').click();
    await page.getByText('siem-export is deleted').waitFor();
    await page.close();
  });
});

describe('exclusion rules', () => {
  it('says what is wrong at the line, and saves nothing then', async () => {
    const page = await open(RULES);
    await writeYaml(page, 'excludeRules:\n  - actorId: a\n    evntId: b\n');
    await page
      .getByRole('alert')
      .filter({ hasText: 'line 3: unknown key "evntId": expected one of' })
      .waitFor();
    await page.locator('[data-yaml] .cm-lintRange-error').waitFor();
    expect(await button(page, 'Save').isDisabled()).toBe(true);
    await page.close();
  });

  it('changed in the YAML, keep the next matching event out', async () => {
    const page = await open(RULES);
    const before = await yamlOf(page);
    await writeYaml(
      page,
      `${before.trimEnd()}\n  # of a test\n  - eventId: page-noise\n`,
    );
    await page.getByText('not saved').first().waitFor();
    await button(page, 'Save').click();
    await page.getByText('in force in every receiver').waitFor();
    await untilExcluded(page, 'page-noise');
    const count = await stored(page, 'page-noise');
    await stack.send([
      { plugin: 'tests', event: 'page-noise', actor: 'user:default/noise' },
      { plugin: 'tests', event: 'page-signal', actor: 'user:default/noise' },
    ]);
    expect(await stored(page, 'page-signal')).toBe(1);
    expect(await stored(page, 'page-noise')).toBe(count);
    await page.getByText('added eventId page-noise').waitFor();
    await page.close();
  });

  it('are the same in the form and in the YAML, both ways', async () => {
    const page = await open(RULES);
    await button(page, 'New rule').click();
    await page.getByLabel('Actor', { exact: true }).fill('plugin:*');
    await page.getByLabel('Event', { exact: true }).fill('by-form');
    await page.getByLabel('Why').fill('tried in a form');
    await button(page, 'Add rule').click();
    await page.getByText('Changed, not saved').waitFor();
    expect(await yamlOf(page)).toContain(
      '  # tried in a form\n  - actorId: plugin:*\n    eventId: by-form',
    );
    await writeYaml(page, 'excludeRules:\n  - eventId: by-hand\n');
    await button(page, 'Change eventId by-hand').click();
    await page.getByLabel('Event', { exact: true }).fill('by-both');
    await button(page, 'Update rule').click();
    await button(page, 'Remove eventId by-both').click();
    await page.getByText('No rule: everything is stored').waitFor();
    expect(await yamlOf(page)).toContain('excludeRules: []');
    await page.close();
  });

  it('that would keep grave events out are held until the warning is acknowledged', async () => {
    const page = await open(RULES);
    await stack.send([
      { plugin: 'tests', event: 'grave', actor: 'user:default/a', error: 'no' },
    ]);
    const before = await yamlOf(page);
    await writeYaml(page, `${before.trimEnd()}\n  - eventId: grave\n`);
    await page.getByText('Changed, not saved').waitFor();
    const save = button(page, 'Save');
    await page.waitForSelector('button:text-is("Save"):not([disabled])');
    await save.click();
    await page.getByText('have the severity high or critical').waitFor();
    await page.getByText('tell of something that failed').waitFor();
    await page.getByText('user:default/a failed at grave in tests').waitFor();
    expect(await save.isDisabled()).toBe(true);
    const { data } = await ask<{ data: { rule: object }[] }>(page, '/v2/rules');
    expect(data.map(({ rule }) => rule)).not.toContainEqual({
      eventId: 'grave',
    });
    await page.getByLabel('I have read the warnings').check();
    await save.click();
    await page.getByText('in force in every receiver').waitFor();
    await page.close();
  });

  it('that somebody else changed meanwhile are shown, not overwritten', async () => {
    const [mine, theirs] = [await open(RULES), await open(RULES)];
    await writeYaml(mine, 'excludeRules:\n  - eventId: mine\n');
    await writeYaml(theirs, 'excludeRules:\n  - eventId: theirs\n');
    await button(theirs, 'Save').click();
    await theirs.getByText('in force in every receiver').waitFor();
    await mine.getByText('Changed, not saved').waitFor();
    await button(mine, 'Save').click();
    const dialog = mine.getByRole('dialog');
    await dialog.getByText('+   - eventId: theirs').waitFor();
    await button(mine, 'Take theirs, drop mine').click();
    await mine.getByText('As saved').waitFor();
    expect(await yamlOf(mine)).toContain('eventId: theirs');
    await mine.close();
    await theirs.close();
  });
});

describe('retention', () => {
  it('is changed, and a legal hold keeps a month longer, until it is released', async () => {
    const page = await open(`${RULES}/retention`);
    await page.getByLabel('For ever').uncheck();
    await page.getByLabel('Days after the end').fill('400');
    await button(page, 'Save').click();
    await page.getByText('Saved how long events are kept').waitFor();
    expect(await ask(page, '/v2/retention')).toMatchObject({ days: 400 });
    await button(page, 'New hold').click();
    await page.getByLabel('Reason').fill('case 7');
    await button(page, 'Make the hold').click();
    await page.getByText('kept by a legal hold').first().waitFor();
    await button(page, 'Release').click();
    await page.getByLabel('Why it is released').fill('closed');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: 'Release' })
      .click();
    await page.getByText('The hold is released').waitFor();
    expect(await page.getByText('kept by a legal hold').count()).toBe(0);
    await page.close();
  });
});

describe('health', () => {
  it('says the accounts, and compares them with what is there', async () => {
    const page = await open('/health');
    await page.getByText('All accounted for.').waitFor();
    await button(page, 'Compare').click();
    await page.getByText(/What is there on .* is what was counted/).waitFor();
    await page.close();
  });

  it('shows the stream of the demo as complete, with all that is known of it', async () => {
    const page = await open('/health?tab=streams');
    const details = page.getByRole('button', { name: /Details of backstage/ });
    // What arrived is added up once a minute.
    while ((await details.count()) === 0) {
      await page.waitForTimeout(2_000);
      await page.reload({ waitUntil: 'networkidle' });
    }
    await details.click();
    await page.getByText('it ended in good order').waitFor();
    await page.close();
  }, 120_000);

  it('shows a record in quarantine with its bytes as text', async () => {
    const page = await open('/health?tab=quarantine');
    await page.getByText('Nothing is in quarantine').waitFor();
    await stack.sendBroken('no-time-and-no-plugin');
    await page.reload();
    await page.getByRole('button', { name: /^Record / }).click();
    await page.getByText('no-time-and-no-plugin').first().waitFor();
    await page.close();
  });
});

it('gives the policy nothing to refuse', () => {
  expect(stack.refused).toEqual([]);
});
