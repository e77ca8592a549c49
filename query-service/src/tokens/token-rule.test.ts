import { tokenProblem } from './token-rule';

const SPACES = 'Illegal token, must be a set of non-space characters';
const ASCII =
  'Illegal token, must be visible ASCII characters, no header can carry others';
const SHORT = 'Illegal token, must be at least 8 characters length';

it.each([
  ['8 characters', '12345678', undefined],
  ['base64 with + / =', 'a+b/c+d/e+f/g+h/e+f/g+h/e+f/g+==', undefined],
  ['7 characters', '1234567', SHORT],
  ['nothing', '', SPACES],
  ['a space within', 'correct horse', SPACES],
  ['a space behind', '12345678 ', SPACES],
  ['a tab', '1234\t5678', SPACES],
  ['a line feed at the end', '12345678\n', SPACES],
  ['a letter beyond ASCII', 'schlüssel', ASCII],
  ['a control character', '1234567\u0007', ASCII],
  [
    'all there is in ASCII',
    String.raw`!"#$%&'()*+,-./:;<=>?@[\]^_{|}~`,
    undefined,
  ],
  ['a no-break space', '1234\u00a05678', SPACES],
])('%s', (_, secret, problem) => {
  expect(tokenProblem(secret)).toBe(problem);
});
