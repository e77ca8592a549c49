import { notAsked } from '../failure';
import { parseExact } from '../text/exact-json';

/**
 * The JSON of an answer, with all digits of its numbers.
 *
 * @throws Failure when it broke off, or something else than the service has answered
 */
export async function readJson<T>(answer: Response): Promise<T> {
  try {
    return parseExact(await answer.text()) as T;
  } catch (error) {
    throw notAsked(
      `expected an answer in JSON from ${new URL(answer.url).origin}, got one that broke off or is none`,
      error,
    );
  }
}
