import { loginsOf } from './logins';

it('takes user and password out of the addresses at which the services connect', () => {
  const env = {
    AUDIT_MIGRATE_RECEIVER_URL: 'postgres://receiver:p%40ss@db:5432/audit',
    AUDIT_MIGRATE_READER_URL:
      'postgresql://reader:word@db/audit?sslmode=require',
  };
  const yaml = 'AUDIT_MIGRATE_QUERY_URL: postgres://query:file@db/audit';
  expect(loginsOf(env, yaml)).toEqual([
    { user: 'receiver', password: 'p@ss', group: 'audit_receiver' },
    { user: 'query', password: 'file', group: 'audit_query' },
    { user: 'reader', password: 'word', group: 'audit_reader' },
  ]);
});

it('has none by default', () => {
  expect(loginsOf({})).toEqual([]);
});

const URL_WANTED = 'a URL such as postgres://user:password@host/database';
it.each([
  ['secret', `${URL_WANTED}, got a text that is no URL`],
  [
    'postgres://me:50%off@db/audit',
    `${URL_WANTED}, got one whose user or password has a % without two hex digits behind it`,
  ],
  ['postgres://db/audit', `${URL_WANTED}, got one without user`],
  ['postgres://me@db/audit', `${URL_WANTED}, got one without password`],
  [
    'postgres://me:p%C3%A4ss@db/audit',
    `${URL_WANTED}, with a password of printable ASCII, got another one`,
  ],
])('refuses %s without showing it', (value, wanted) => {
  expect(() => loginsOf({ AUDIT_MIGRATE_QUERY_URL: value })).toThrow(
    `cannot start: AUDIT_MIGRATE_QUERY_URL must be ${wanted}`,
  );
});

it('refuses a slip of the pen in the environment', () => {
  expect(() => loginsOf({ AUDIT_MIGRATE_READ_URL: 'x' })).toThrow(
    'unknown setting AUDIT_MIGRATE_READ_URL',
  );
});
