import { resolve } from 'node:path';
import { severityLevels, severityNumberPresets } from 'audit-event';
import { readSettings } from './settings';

const read = (input: unknown) =>
  readSettings(input, 'auditorOtel.', 'backstage');

describe('readSettings', () => {
  it('has a default for everything', () => {
    const { url, isSecret, redactMeta, ...rest } = read(undefined);
    expect(url.href).toBe('http://127.0.0.1:4318/v1/logs');
    expect(isSecret('token')).toBe(true);
    expect(redactMeta({ password: 'a', user: 'b' })).toEqual({
      password: 'REDACTED',
      user: 'b',
    });
    expect(rest).toEqual({
      headers: {},
      encoding: 'protobuf',
      gzip: true,
      timeoutMs: 10_000,
      serviceName: 'backstage',
      serviceVersion: undefined,
      resource: {},
      severityNumbers: severityNumberPresets.default,
      initiated: new Set(severityLevels),
      stackTraces: false,
      queue: { maxRecords: 100_000, maxBytes: 67_108_864 },
      spool: { directory: resolve('.audit-spool'), maxBytes: 1_073_741_824 },
      delivery: {
        level: 'spool',
        levels: {},
        strict: new Set(),
        timeoutMs: 5000,
        whenFull: 'dropLowest',
      },
      shutdownTimeoutMs: 3000,
    });
  });

  it('takes memory for the level where there is no spool', () => {
    const { spool, delivery } = read({ spool: false });
    expect(spool).toBeUndefined();
    expect(delivery.level).toBe('memory');
  });

  it('takes what is set', () => {
    const settings = read({
      token: 'abc',
      headers: { 'x-tenant': 'a' },
      encoding: 'json',
      gzip: 'false',
      timeoutMs: '2500',
      serviceVersion: '1.2.3',
      resource: { 'deployment.environment.name': 'production' },
      severityNumbers: { high: 17 },
      initiated: ['high', 'critical'],
      redactQueryKeys: ['pin'],
      stackTraces: true,
      queue: { maxRecords: 10 },
      spool: { directory: '/var/spool/audit', maxBytes: '50000000' },
      delivery: {
        level: 'memory',
        levels: { high: 'spool', critical: 'committed' },
        strict: ['critical'],
        timeoutMs: 1000,
        whenFull: 'block',
      },
    });
    expect(settings.spool).toEqual({
      directory: '/var/spool/audit',
      maxBytes: 50_000_000,
    });
    expect(settings.delivery).toEqual({
      level: 'memory',
      levels: { high: 'spool', critical: 'committed' },
      strict: new Set(['critical']),
      timeoutMs: 1000,
      whenFull: 'block',
    });
    expect(settings.headers).toEqual({
      'x-tenant': 'a',
      authorization: 'Bearer abc',
    });
    expect(settings.severityNumbers).toEqual({
      ...severityNumberPresets.default,
      high: 17,
    });
    expect(settings.initiated).toEqual(new Set(['high', 'critical']));
    expect(settings.isSecret('pin')).toBe(true);
    expect(settings).toMatchObject({
      encoding: 'json',
      gzip: false,
      timeoutMs: 2500,
      serviceVersion: '1.2.3',
      resource: { 'deployment.environment.name': 'production' },
      stackTraces: true,
      queue: { maxRecords: 10, maxBytes: 67_108_864 },
    });
  });

  it('sends initiated of no event when the list is empty', () => {
    expect(read({ initiated: [] }).initiated.size).toBe(0);
  });

  it.each([
    ['https://audit.example.com', 'https://audit.example.com/v1/logs'],
    ['http://a:4318/', 'http://a:4318/v1/logs'],
    ['http://a/otlp/', 'http://a/otlp/v1/logs'],
    ['http://a/v1/logs', 'http://a/v1/logs'],
    ['http://a/v1/audit', 'http://a/v1/audit'],
  ])('sends to endpoint %s as %s', (endpoint, href) => {
    expect(read({ endpoint }).url.href).toBe(href);
  });

  it.each<[unknown, string]>([
    ['on', "auditorOtel must be an object, got 'on'"],
    [[], 'auditorOtel must be an object, got a list'],
    [
      { endpoint: 'collector:4318' },
      "auditorOtel.endpoint must be an http or https URL, got 'collector:4318'",
    ],
    [
      { endpoint: 'http://me:secret@a/' },
      "auditorOtel.endpoint must be a URL without user and password (use token or headers), got 'one for a with them'",
    ],
    [
      { token: 'a b' },
      "auditorOtel.token must be printable ASCII without spaces, got 'something else'",
    ],
    [{ token: 5 }, 'auditorOtel.token must be a text, got 5'],
    [
      { headers: { 'x y': 'z' } },
      "auditorOtel.headers.x y must be a valid HTTP header, got 'one with illegal characters'",
    ],
    [{ headers: { a: 1 } }, 'auditorOtel.headers.a must be a text, got 1'],
    [
      { encoding: 'xml' },
      "auditorOtel.encoding must be one of protobuf, json, got 'xml'",
    ],
    [{ gzip: 'yes' }, "auditorOtel.gzip must be true or false, got 'yes'"],
    [
      { severityNumbers: 'syslog' },
      "auditorOtel.severityNumbers must be one of default, backstage, otep, or a number for each level, got 'syslog'",
    ],
    [
      { severityNumbers: { high: 25 } },
      'auditorOtel.severityNumbers.high must be a whole number from 0 to 24, got 25',
    ],
    [
      { severityNumbers: { urgent: 1 } },
      'unknown setting auditorOtel.severityNumbers.urgent, expected one of low, medium, high, critical',
    ],
    [
      { initiated: ['high', 'bogus'] },
      "auditorOtel.initiated must be a list of low, medium, high, critical, got 'bogus'",
    ],
    [
      { initiated: 'all' },
      "auditorOtel.initiated must be a list of texts, got 'all'",
    ],
    [
      { queue: { maxRecords: 0 } },
      'auditorOtel.queue.maxRecords must be a whole number of at least 1, got 0',
    ],
    [
      { queue: { size: 5 } },
      'unknown setting auditorOtel.queue.size, expected one of maxRecords, maxBytes',
    ],
    [
      { timeoutMs: 1.5 },
      'auditorOtel.timeoutMs must be a whole number of at least 1, got 1.5',
    ],
  ])('refuses %j', (input, message) => {
    expect(() => read(input)).toThrow(`cannot start: ${message}`);
  });

  it('names all settings where one is unknown', () => {
    expect(() => read({ endpiont: 'http://a' })).toThrow(
      /^cannot start: unknown setting auditorOtel.endpiont, expected one of queue, spool, endpoint, headers, token, /,
    );
  });
});
