import { parseJson } from './json';

/** Where the service has the API of the audit log. */
export const API = '/api/audit-log';

/** A request that was refused or did not come through; the message is the API's own sentence. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The status of the answer; 0 when there was none. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | undefined;
  /** Sent as JSON; a text with a `contentType` as it is. */
  body?: unknown;
  contentType?: string | undefined;
  headers?: Record<string, string> | undefined;
  signal?: AbortSignal | undefined;
}

/** What came, with the version of it that `If-Match` takes. */
export interface Answered<T> {
  body: T;
  etag: string | undefined;
}

/**
 * Asks the service as the person who is signed in. Whoever is not, or no longer, is brought to the sign-in page, and back
 * to where they were.
 *
 * @param path from the root of the service, such as `/api/audit-log/v2/stats`
 * @throws ApiError with the API's sentence, or one that says the service did not answer
 * @example
 * const { body } = await request<Stats>(`${API}/v2/stats`);
 */
export async function request<T>(
  path: string,
  { method = 'GET', body, contentType, headers, signal }: RequestOptions = {},
): Promise<Answered<T>> {
  const answer = await fetch(path, {
    method,
    signal: signal ?? null,
    headers: {
      ...(body !== undefined && {
        'content-type': contentType ?? 'application/json',
      }),
      ...headers,
    },
    ...(body !== undefined && {
      body:
        contentType && typeof body === 'string' ? body : JSON.stringify(body),
    }),
  }).catch((cause: Error) => {
    if (cause.name === 'AbortError') throw cause;
    throw new ApiError(
      0,
      'The service does not answer; check that it runs and try again',
    );
  });
  const text = await answer.text();
  if (answer.status === 401) signInAgain();
  if (!answer.ok) throw new ApiError(answer.status, sentenceOf(answer, text));
  const isJson = answer.headers.get('content-type')?.includes('json');
  return {
    body: (text && isJson ? parseJson(text) : text) as T,
    etag: answer.headers.get('etag') ?? undefined,
  };
}

/** To the sign-in page, which leads back here. */
export function signInAgain(): void {
  const here = location.pathname + location.search;
  location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}

function sentenceOf(answer: Response, text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: string } };
    if (error?.message) return error.message;
  } catch {
    // Not from the service itself: a proxy before it, say.
  }
  return `The service answered ${answer.status} ${answer.statusText}`.trim();
}
