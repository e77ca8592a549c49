/** What came of one request, as data: a transport never throws it. */
export type Answer =
  | {
      status: 'answered';
      code: number;
      body: Uint8Array;
      /** From `Retry-After`, in milliseconds. */
      retryAfterMs?: number | undefined;
    }
  | { status: 'unreachable'; reason: string };

/** Sends one request body and tells what came of it. Never rejects. */
export type Post = (body: Uint8Array, contentType: string) => Promise<Answer>;
