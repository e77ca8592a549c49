import { randomUUID } from 'node:crypto';
import { API_TOKEN, startTestService } from '../../query-service/test/service';
import type { TestService } from '../../query-service/test/service';
import {
  createPlanter,
  eventsOf,
  numbers,
  streamRecord,
} from '../../test/src/planted-events';
import type { Planter } from '../../test/src/planted-events';
import { jsonLines, runAudit } from './run-audit';

let service: TestService;
let planter: Planter;
beforeEach(async () => {
  service = await startTestService();
  planter = await createPlanter(service.database.url);
});
afterEach(async () => {
  await planter.close();
  await service.close();
});

const audit = (...args: string[]) =>
  runAudit(args, { AUDIT_URL: service.url, AUDIT_API_TOKEN: API_TOKEN });

describe('audit ledger', () => {
  it('adds up, with 0', async () => {
    await planter.plant(eventsOf(randomUUID(), numbers(0, 4)));
    await planter.plantExcluded(eventsOf(randomUUID(), [0, 1]));
    const { code, stdout, stderr } = await audit('ledger', '--compare');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^It adds up, from 20.*Z to 20.*Z\.\n\nDAY \(UTC\) +BATCHES +RECEIVED/,
    );
    // And one of the query service, for this reading.
    expect(stdout).toMatch(/^all +3 +8 +6 +0 +2 +0$/m);
  });

  it('does not when a batch is gone, with 1', async () => {
    for (let i = 0; i < 3; i++)
      await planter.plant(eventsOf(randomUUID(), [0]));
    await service.database.pool.query(
      `delete from audit.batch where receiver_seq = 2 and receiver_id = (select receiver_id from audit.receiver where instance = 'test:1')`,
    );
    const { code, stdout } = await audit('ledger');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^It does NOT add up, /);
    expect(stdout).toMatch(
      /^Receiver test:1 \(connection \d+\): 2 batches are there, the last is number 3\.$/m,
    );
  });

  it('does not when an event is gone, if that is looked at, with 1', async () => {
    await planter.plant(eventsOf(randomUUID(), numbers(0, 2)));
    await service.database.pool.query(
      `delete from audit.event where id = (select id from audit.event where plugin_id = 'catalog' limit 1)`,
    );
    expect((await audit('ledger')).code).toBe(0);
    const { code, stdout } = await audit(
      'ledger',
      '--compare',
      '--since',
      '1h',
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^Batch 1 of connection \d+, 20.*: the ledger counted 3 events, 2 are there\.$/m,
    );
    const json = await audit('ledger', '--compare', '--json');
    expect([json.code, jsonLines(json.stdout)]).toEqual([
      1,
      [expect.objectContaining({ adds_up: false })],
    ]);
  });
});

describe('audit streams', () => {
  const complete = randomUUID();
  const incomplete = randomUUID();
  beforeEach(async () => {
    await planter.plant([
      streamRecord(complete, 0, 'stream-start'),
      ...eventsOf(complete, numbers(1, 8)),
      streamRecord(complete, 9, 'stream-end'),
    ]);
    await planter.plant(eventsOf(incomplete, [0, 1, 4]));
    await planter.fold();
  });

  it('names those that lack records, with 1', async () => {
    const { code, stdout, stderr } = await audit('streams');
    expect(code).toBe(1);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(stdout).toMatch(
      new RegExp(
        `^incomplete +shop +shop-1 +5 +2 +20\\S+ \\S+ +${incomplete}$`,
        'm',
      ),
    );
    expect(stdout).toMatch(
      new RegExp(
        `^complete +shop +shop-1 +10 +- +20\\S+ \\S+ +${complete}$`,
        'm',
      ),
    );
    expect(stderr.trim().split(': ')[1]!.split(', ').toSorted()).toEqual([
      '1 complete',
      '1 incomplete',
    ]);
  });

  it('shows only what is asked for, with 0 when that is whole', async () => {
    const { code, stdout } = await audit(
      'streams',
      '--state',
      'complete',
      '--service',
      'shop',
      '--silent-after',
      '1h',
      '--json',
    );
    expect([code, jsonLines(stdout).map(({ id }) => id)]).toEqual([
      0,
      [complete],
    ]);
  });

  it('says when there are none', async () => {
    expect(await audit('streams', '--service', 'nobody')).toEqual({
      code: 0,
      signal: null,
      stdout: '',
      stderr: 'audit: no streams found\n',
    });
  });
});
