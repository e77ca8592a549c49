import { aReceiver, closeReceivers } from './kit/receiver';

const JSON_TYPE = { 'content-type': 'application/json' };

afterEach(closeReceivers);

describe('the other paths', () => {
  it('say that the receiver lives and whether it is ready', async () => {
    let ready = true;
    const receiver = await aReceiver(
      {},
      { notReady: () => Promise.resolve(ready ? undefined : 'fsync is off') },
    );
    const get = async (path: string) => {
      const response = await fetch(receiver.url + path);
      return [response.status, await response.text()];
    };
    expect(await get('/healthz')).toEqual([200, 'ok\n']);
    expect(await get('/readyz')).toEqual([200, 'ready\n']);
    ready = false;
    expect(await get('/readyz')).toEqual([503, 'not ready: fsync is off\n']);
    expect(await get('/healthz')).toEqual([200, 'ok\n']);
  });

  it('show what was counted', async () => {
    const rule = '00000000-0000-8000-8000-000000000001';
    const receiver = await aReceiver(
      {},
      {
        loadDatabaseRules: () =>
          Promise.resolve([{ id: rule, rule: { eventId: 'dull' } }]),
      },
    );
    const body = JSON.stringify({
      resourceLogs: [
        {
          scopeLogs: [
            { logRecords: [{}, { eventName: 'dull' }, { body: 'bad' }] },
          ],
        },
      ],
    });
    await receiver.post('/v1/logs', { headers: JSON_TYPE, body });
    await receiver.post('/v1/logs', { headers: JSON_TYPE, body: '[' });
    const metrics = await (await fetch(`${receiver.url}/metrics`)).text();
    expect(metrics.split('\n').filter((line) => /^audit_/.test(line))).toEqual([
      'audit_receiver_requests_total{status="200"} 1',
      'audit_receiver_requests_total{status="400"} 1',
      'audit_receiver_rule_reload_failures_total 0',
      'audit_receiver_in_flight_bytes 0',
    ]);
  });
});
