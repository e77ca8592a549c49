import { aReceiver, closeReceivers } from './kit/receiver';

const JSON_TYPE = { 'content-type': 'application/json' };

afterEach(closeReceivers);

describe('the other paths', () => {
  it('say that the receiver lives', async () => {
    const receiver = await aReceiver();
    const response = await fetch(`${receiver.url}/healthz`);
    expect([response.status, await response.text()]).toEqual([200, 'ok\n']);
  });

  it('keep from strangers what was counted and why the receiver is not ready', async () => {
    const receiver = await aReceiver(
      { ingestToken: 'correct-token' },
      {
        readiness: () =>
          Promise.resolve({
            status: 'failing',
            reason: 'no route to 10.0.0.7',
          }),
      },
    );
    const get = async (path: string, token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(receiver.url + path, { headers });
      return [response.status, await response.text()];
    };
    expect(await get('/readyz', 'other-token')).toEqual([503, 'not ready\n']);
    expect(await get('/readyz', 'correct-token')).toEqual([
      503,
      'not ready: no route to 10.0.0.7\n',
    ]);
    expect(await get('/metrics', 'other-token')).toEqual([
      401,
      expect.stringContaining('"code":16'),
    ]);
    expect(await get('/metrics', 'correct-token')).toEqual([
      200,
      expect.stringContaining('audit_receiver_in_flight_bytes 0'),
    ]);
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
      'audit_receiver_readiness{status="ready"} 1',
      'audit_receiver_readiness{status="failing"} 0',
      'audit_receiver_readiness{status="unsafe"} 0',
      'audit_receiver_in_flight_limit_bytes 4194304',
    ]);
  });
});
