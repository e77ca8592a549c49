import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { API_TOKEN, startTestService } from '../../query-service/test/service';
import type { TestService } from '../../query-service/test/service';
import { anAuditEvent } from '../../test/src/audit-events';
import { createPlanter } from '../../test/src/planted-events';
import type { Planter } from '../../test/src/planted-events';
import { startCutProxy } from './cut-proxy';
import type { CutProxy } from './cut-proxy';
import { runAudit, startAudit } from './run-audit';

let service: TestService;
let planter: Planter;
let proxy: CutProxy;
beforeAll(async () => {
  service = await startTestService();
  planter = await createPlanter(service.database.url);
  await planter.plant([anAuditEvent({ pluginId: 'before' })]);
  proxy = await startCutProxy(service.url);
});
afterAll(async () => {
  await proxy.close();
  await planter.close();
  await service.close();
});

const env = () => ({ AUDIT_URL: proxy.url, AUDIT_API_TOKEN: API_TOKEN });

/** What a tail has shown so far. */
function watch(child: ChildProcessWithoutNullStreams) {
  const lines: string[] = [];
  const notes: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  createInterface(child.stderr).on('line', (line) => notes.push(line));
  const until = async (isSo: () => boolean) => {
    while (!isSo() && child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => setTimeout(resolve, 10));
  };
  return {
    lines,
    notes,
    ids: () => lines.map((line) => JSON.parse(line).id as string),
    shown: (count: number) => until(() => lines.length >= count),
    noted: (count: number) => until(() => notes.length >= count),
  };
}
const plant = async (plugin: string, count: number) => {
  const events = Array.from({ length: count }, () =>
    anAuditEvent({ pluginId: plugin }),
  );
  await planter.plant(events);
  return events.map(({ id }) => id);
};

it('misses nothing and shows nothing twice, whenever the connection is cut', async () => {
  const child = startAudit(
    ['tail', '--plugin', 'cuts', '--since', '1m', '--json'],
    env(),
  );
  const seen = watch(child);
  const expected = await plant('cuts', 3);
  await seen.shown(3);
  for (let cuts = 1; cuts <= 3; cuts++) {
    // In the middle of what is on its way, and with events that are committed while nobody listens.
    expected.push(...(await plant('cuts', 40)));
    if (cuts > 1) await seen.shown(expected.length - 20);
    proxy.cut();
    expected.push(...(await plant('cuts', 5)));
    await seen.noted(cuts);
    proxy.mend();
    await seen.shown(expected.length);
  }
  child.kill('SIGTERM');
  await once(child, 'close');
  expect(seen.ids()).toEqual(expected);
  expect(seen.notes).toHaveLength(3);
  for (const note of seen.notes)
    expect(note).toMatch(/^audit: .+; connecting again, nothing is missed$/);
});

it('goes on when the service was away and came back', async () => {
  const child = startAudit(
    ['tail', '--plugin', 'away', '--since', '1m', '--json'],
    env(),
  );
  const seen = watch(child);
  const expected = await plant('away', 1);
  await seen.shown(1);
  proxy.cut();
  await seen.noted(1);
  // Long enough for an attempt that nobody answers.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expected.push(...(await plant('away', 2)));
  proxy.mend();
  await seen.shown(3);
  child.kill('SIGTERM');
  await once(child, 'close');
  expect(seen.ids()).toEqual(expected);
  expect(seen.notes).toHaveLength(1);
});

it('begins now, holds to the filters, and ends after as many as wanted', async () => {
  const child = startAudit(
    ['tail', '--plugin', 'now', '--status', 'failed', '--limit', '2'],
    env(),
  );
  const seen = watch(child);
  // Its first request asks for JSON; once the stream is asked for too, "now" is behind.
  const isListening = async () =>
    (
      await service.database.pool.query(
        `select from audit.event where meta->>'filter' = 'plugin_id=now&status=failed'`,
      )
    ).rows.length > 0;
  while (child.exitCode === null && !(await isListening()))
    await new Promise((resolve) => setTimeout(resolve, 20));
  await planter.plant(
    (['failed', 'succeeded', 'failed', 'failed'] as const).map((status, i) =>
      anAuditEvent({ pluginId: 'now', status, eventId: `event-${i}` }),
    ),
  );
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(seen.lines).toEqual([
    expect.stringMatching(/^TIME \(UTC\) +ACTOR +EVENT/),
    expect.stringMatching(/ now\/event-0 +- +failed /),
    expect.stringMatching(/ now\/event-2 +- +failed /),
  ]);
});

it.each<[string, string[], NodeJS.ProcessEnv, number, RegExp]>([
  [
    'a wrong filter',
    ['--status', 'odd'],
    {},
    2,
    /answered 400: status must be/,
  ],
  [
    'an unknown token',
    [],
    { AUDIT_API_TOKEN: 'unknown-token' },
    3,
    /answered 401/,
  ],
  ['nobody there', ['--url', 'http://127.0.0.1:9'], {}, 3, /cannot reach/],
])('%s ends it at once', async (_name, args, more, code, message) => {
  const ran = await runAudit(['tail', ...args], { ...env(), ...more });
  expect([ran.code, ran.stdout]).toEqual([code, '']);
  expect(ran.stderr).toMatch(message);
});
