import { notAsked } from '../failure';
import type { Settings } from '../settings';
import { reasonOf } from './reason-of';
import { readRefusal } from './refusal';

/** Below the URL of the service. */
const API_PATH = '/api/audit-log/v2';

export interface Question {
  method?: 'GET' | 'POST' | 'PUT' | undefined;
  query?: URLSearchParams | undefined;
  headers?: Record<string, string> | undefined;
  body?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** The audit log's API, version 2. */
export interface Api {
  /**
   * The answer to one request, which is 2xx.
   *
   * @param path below version 2
   * @throws Failure when there is no answer, or another one
   */
  ask(path: string, question?: Question): Promise<Response>;
  /** The address of a request, for who makes it himself. */
  address(path: string, query?: URLSearchParams): URL;
  /** What each request says of who asks. */
  headers: Record<string, string>;
}

/** @example createApi(loadSettings({}, process.env), VERSION) */
export function createApi({ url, token }: Settings, version: string): Api {
  const headers = {
    authorization: `Bearer ${token}`,
    'user-agent': `audit-cli/${version}`,
  };
  const address = (path: string, query?: URLSearchParams) =>
    new URL(
      `${url}${API_PATH}${path}${query?.size ? `?${query.toString()}` : ''}`,
    );
  return {
    headers,
    address,
    async ask(path, { query, headers: more, ...init } = {}) {
      const answer = await fetch(address(path, query), {
        ...(init as RequestInit),
        // Wherever else it leads, the token is not for there.
        redirect: 'manual',
        headers: { ...headers, ...more },
      }).catch((error: unknown) => {
        throw notAsked(`cannot reach ${url}: ${reasonOf(error)}`, error, {
          mayHeal: true,
        });
      });
      if (answer.ok) return answer;
      throw await readRefusal(answer.status, answer.text(), url);
    },
  };
}
