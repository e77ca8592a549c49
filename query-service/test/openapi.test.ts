import { startTestService } from './service';
import type { TestService } from './service';
import { asker } from './ask';

let service: TestService;
const ask = asker(() => service);
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

it('describes every way to read events and to say how long they are kept, and no parameter that is unknown there', async () => {
  const { status, body } = await service.request(
    '/api/audit-log/v2/openapi.json',
  );
  expect(status).toBe(200);
  const paths = Object.keys(body.paths).map((path) =>
    path.replace('/api/audit-log/v2/', ''),
  );
  expect(paths).toEqual([
    'events',
    'events/{id}',
    'facets',
    'histogram',
    'stats',
    'export',
    'tail',
    'streams',
    'streams/{id}',
    'operations/{id}',
    'partitions',
    'retention',
    'holds',
    'holds/{id}',
  ]);
  const described = (path: string) =>
    body.paths[`/api/audit-log/v2/${path}`].get.parameters
      .filter((one: { in: string; name: string }) => one.in === 'query')
      .map(({ name }: { name: string }) => (name === 'meta' ? 'meta.a' : name));
  for (const path of paths.filter(
    (one) => !/^(export|tail|retention|holds.*)$/.test(one),
  ))
    for (const name of [...described(path), 'unknown']) {
      const query = new URLSearchParams([[name, '']]).toString();
      const answer = await ask(`${path.replace('{id}', 'x')}?${query}`);
      const isKnown = !answer.text.includes('expected no parameters');
      expect([path, name, isKnown]).toEqual([path, name, name !== 'unknown']);
    }
});

it('lists the failures that reading is answered with, and no others', async () => {
  const { body } = await service.request('/api/audit-log/v2/openapi.json');
  const statuses = (path: string) =>
    Object.keys(body.paths[`/api/audit-log/v2/${path}`].get.responses);
  expect(statuses('events')).toEqual([
    '200',
    '400',
    '401',
    '403',
    '429',
    '503',
  ]);
  expect(statuses('streams/{id}')).toContain('404');
  expect(statuses('retention')).not.toContain('412');
});

it('describes what changes something, with its body and its permission', async () => {
  const { body } = await service.request('/api/audit-log/v2/openapi.json');
  const changes = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, { description: string }>)
      .filter(([method]) => method !== 'get')
      .map(([method, { description }]) => [method, path, description]),
  );
  const needs = 'Needs the permission audit.settings.write.';
  expect(changes).toEqual([
    ['put', '/api/audit-log/v2/retention', needs],
    ['post', '/api/audit-log/v2/holds', needs],
    ['delete', '/api/audit-log/v2/holds/{id}', needs],
  ]);
  const { put } = body.paths['/api/audit-log/v2/retention'];
  expect(put.requestBody.content['application/json'].schema.required).toEqual([
    'days',
  ]);
});

it('lists the fields that events have', async () => {
  const { body } = await service.request('/api/audit-log/v2/openapi.json');
  expect(body.components.schemas.Event.required).toEqual(
    expect.arrayContaining(['id', 'event_time', 'meta', 'outcome_reason']),
  );
});
