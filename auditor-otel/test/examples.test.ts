import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonValue, LogRecord } from 'audit-event';
import { startReceiver } from './receiver';
import type { TestReceiver } from './receiver';

const packageRoot = join(__dirname, '..');
const folder = join(packageRoot, 'examples');

/** An example in another process; it sees the built package, as an application does. */
function start(name: string, receiver: TestReceiver) {
  const child = spawn(process.execPath, [join(folder, name)], {
    // Its spool is there.
    cwd: mkdtempSync(join(tmpdir(), 'audit-example-')),
    env: { ...process.env, AUDIT_ENDPOINT: receiver.url, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  return { child, closed: once(child, 'close'), stdout: () => stdout };
}

/** What an example prints, and the records that it sends, as some of their attributes. */
async function run(name: string, attributes: string[]) {
  const receiver = await startReceiver();
  const { closed, stdout } = start(name, receiver);
  expect(await closed).toEqual([0, null]);
  await receiver.close();
  return { stdout: stdout(), records: brief(receiver.stored(), attributes) };
}

function brief(records: LogRecord[], names: string[]): JsonValue[][] {
  return records
    .toSorted((a, b) => sequenceOf(a) - sequenceOf(b))
    .map(({ attributes }) => names.map((name) => attributes[name] ?? null));
}

function sequenceOf({ attributes }: LogRecord): number {
  return Number(attributes['audit.sequence.number']);
}

describe('the examples', () => {
  it('with-audit: a result, and an error', async () => {
    const { stdout, records } = await run('with-audit.js', [
      'audit.status',
      'audit.target.id',
      'error.type',
      'audit.meta',
    ]);
    expect(stdout).toBe('cancelled\nthere is no order 170\n');
    expect(records).toEqual([
      ['initiated', 'order:17', null, null],
      ['succeeded', 'order:17', null, { refund: 12.5 }],
      ['initiated', 'order:170', null, null],
      ['failed', 'order:170', 'RangeError', null],
    ]);
  });

  it('strict: an action that is audited first, or does not happen', async () => {
    const { stdout, records } = await run('strict.js', ['audit.status']);
    expect(stdout).toBe('exported, committed\n');
    expect(records).toEqual([['initiated'], ['succeeded']]);
    const gone = await startReceiver();
    await gone.close();
    const { closed, stdout: refused } = start('strict.js', gone);
    expect(await closed).toEqual([0, null]);
    expect(refused()).toBe('not while it cannot be audited\n');
  });

  it('catalogue: what is defined is sent, and listed', async () => {
    const { stdout, records } = await run('catalogue.js', [
      'audit.status',
      'audit.event.id',
      'audit.action',
      'audit.meta',
    ]);
    expect(records).toEqual([
      ['initiated', 'sign-in', null, null],
      ['succeeded', 'sign-in', null, null],
      ['initiated', 'order-cancel', 'cancel', null],
      ['succeeded', 'order-cancel', 'cancel', { refund: 12.5 }],
    ]);
    expect(JSON.parse(stdout)).toMatchObject([
      { eventId: 'order-cancel' },
      { eventId: 'sign-in' },
    ]);
  });

  it('changes: without what is redacted', async () => {
    const { records } = await run('changes.js', ['audit.meta']);
    const REDACTED = 'REDACTED';
    expect(records[1]).toEqual([
      {
        patch: [
          {
            op: 'replace',
            path: '/user/email',
            value: REDACTED,
            old: REDACTED,
          },
          { op: 'add', path: '/tags/1', value: 'vip' },
          { op: 'remove', path: '/pin', old: REDACTED },
        ],
      },
    ]);
  });

  it('express: actor, denials and errors', async () => {
    const receiver = await startReceiver();
    const { child, closed, stdout } = start('express.js', receiver);
    while (!stdout().includes('\n')) await once(child.stdout, 'data');
    const url = `http://127.0.0.1:${/\d+/.exec(stdout())?.[0]}/orders/`;
    const headers = { authorization: 'a', connection: 'close' };
    const remove = async (id: number, headers: Record<string, string>) =>
      (await fetch(`${url}${id}`, { method: 'DELETE', headers })).status;
    expect(await remove(17, headers)).toBe(204);
    expect(await remove(17, { connection: 'close' })).toBe(401);
    expect(await remove(170, headers)).toBe(500);
    child.kill();
    expect(await closed).toEqual([0, null]);
    await receiver.close();
    const records = brief(receiver.stored(), [
      'audit.status',
      'audit.actor.id',
      'audit.outcome.reason',
      'error.type',
      'audit.target.id',
    ]);
    expect(records.filter(([status]) => status !== 'initiated')).toEqual([
      ['succeeded', 'user:default/john', null, null, 'order:17'],
      ['failed', 'anonymous', 'denied', 'HttpError', 'order:17'],
      ['failed', 'user:default/john', null, 'RangeError', 'order:170'],
    ]);
  });

  // The example of a test is a test: it runs here.
  require(join(folder, 'cancel-order.js'));
});

describe('the README', () => {
  const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```js\n(.*?)^```$/gms)].map(
    ([, code]) => code,
  );

  it.each(readdirSync(folder))('has examples/%s as it runs', (name) => {
    expect(blocks).toContain(readFileSync(join(folder, name), 'utf8'));
  });

  it('has no code that does not run', () => {
    expect(blocks).toHaveLength(readdirSync(folder).length);
  });
});
