import { pageBody } from './page-body';

const row = {
  id: '01980f5e-7c1a-7b3e-9d52-5f0a6b1c2d3e',
  event_time: '2026-01-15T10:30:00.000Z',
  recorded_at: '2026-01-15T10:30:00.120Z',
  plugin_id: 'catalog',
  event_id: 'entity-fetch',
  severity_level: 'low',
  status: 'succeeded',
  actor_type: 'user',
  actor_id: 'user:default/john',
  request_method: 'GET',
  request_url: '/api/catalog/entities',
  action_type: null,
  query_type: 'all',
  entity_ref: null,
} as const;

it('writes the sample of the contract, field by field in its order', () => {
  const body = pageBody(
    { rows: [{ ...row, meta: '{}' }], total: 1 },
    { limit: 100, offset: 0 },
  );
  expect(body).toBe(
    JSON.stringify({
      data: [{ ...row, meta: {} }],
      total: 1,
      limit: 100,
      offset: 0,
    }),
  );
});

it('copies meta digit by digit', () => {
  const meta = '{"n": 12345678901234567890.000, "e": 1e400}';
  const body = pageBody(
    { rows: [{ ...row, meta }], total: 1 },
    { limit: 1, offset: 0 },
  );
  expect(body).toContain(`"meta":${meta}}]`);
});

it('writes an empty page', () => {
  expect(pageBody({ rows: [], total: 0 }, { limit: 100, offset: 7 })).toBe(
    '{"data":[],"total":0,"limit":100,"offset":7}',
  );
});
