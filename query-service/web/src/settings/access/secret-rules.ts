/** The rules that the API has for secrets, and the length that is advised. */
export const MIN_LENGTH = 8;
export const MAX_LENGTH = 1_000;
export const ADVISED_LENGTH = 32;

/** As Portal's guide advises. */
const RANDOM_BYTES = 24;

export interface SecretRule {
  text: string;
  isMet: boolean;
  /** A secret is taken although it does not meet this one. */
  isAdvice: boolean;
}

/** What is asked of a secret, and what of it is met so far. */
export function secretRules(secret: string): SecretRule[] {
  return [
    {
      text: `At least ${MIN_LENGTH} characters`,
      isMet: secret.length >= MIN_LENGTH && secret.length <= MAX_LENGTH,
      isAdvice: false,
    },
    {
      text: 'No spaces or line breaks',
      isMet: secret !== '' && !/\s/.test(secret),
      isAdvice: false,
    },
    {
      // No header can carry others.
      text: 'ASCII characters only',
      isMet: /^[\x21-\x7e\s]+$/.test(secret),
      isAdvice: false,
    },
    {
      text: `Better: ${ADVISED_LENGTH} characters or more, made at random`,
      isMet: secret.length >= ADVISED_LENGTH,
      isAdvice: true,
    },
  ];
}

/** Whether the API would take it. */
export function isSecret(secret: string): boolean {
  return secretRules(secret).every(({ isMet, isAdvice }) => isMet || isAdvice);
}

/** 24 random bytes in letters that need no quoting in a shell. */
export function generateSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
