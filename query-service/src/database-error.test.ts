import { databaseError } from './database-error';

const failure = (code: string | undefined, message = 'failed') =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

it('a query that took too long is 503 and says what to narrow', () => {
  expect(databaseError(failure('57014'))).toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringContaining('narrow start_time and end_time'),
  });
});

describe('a database that is away is 503', () => {
  it.each([
    '08006',
    '08001',
    '53300',
    '28P01',
    '3D000',
    '40001',
    '57P01',
    '57P03',
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'EPIPE',
  ])('%s', (code) => {
    expect(databaseError(failure(code))).toMatchObject({
      name: 'ServiceUnavailableError',
      message: 'The database cannot answer now, try again later',
    });
  });

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'timeout expired',
    'Received unexpected commandComplete message from backend.',
  ])('%s', (message) => {
    expect(databaseError(failure(undefined, message))?.name).toBe(
      'ServiceUnavailableError',
    );
  });
});

describe('all else is a fault of ours', () => {
  it.each([
    ['a syntax error', failure('42601')],
    ['a missing table', failure('42P01')],
    ['bad data', failure('22008')],
    ['a bug', new TypeError('x is not a function')],
    ['no error', 'text'],
    ['nothing', undefined],
  ])('%s', (_, error) => {
    expect(databaseError(error)).toBeUndefined();
  });
});
