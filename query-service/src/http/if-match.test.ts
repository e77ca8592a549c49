import { HttpError } from '../http-error';
import { requireMatch } from './if-match';

const check = (header: string | undefined) =>
  requireMatch({ get: () => header } as never, 5);

it.each([
  ['"5"'],
  ['*'],
  ['"4", "5"'],
  // As proxies that compress have changed it.
  ['W/"5"'],
  ['"5-gzip"'],
  ['"5;gzip"'],
  ['W/"5-br"'],
  ['"4-gzip", "5-gzip"'],
])('%s is version 5', (header) => {
  expect(() => check(header)).not.toThrow();
});

it.each([
  ['"4"'],
  ['"50"'],
  ['5'],
  ['W/"4"'],
  ['"5-gzip-gzip"'],
  ['"5-x"'],
  ['"*"'],
  ['W/*'],
])('%s is not', (header) => {
  expect(() => check(header)).toThrow(
    new HttpError(
      'PreconditionFailedError',
      'It has changed meanwhile: its ETag is "5" now; look at it again, then change it',
    ),
  );
});

it.each([[undefined], [''], [' ']])('%j does not say which', (header) => {
  expect(() => check(header)).toThrow(/^If-Match must have the ETag/);
});
