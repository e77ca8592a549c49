/**
 * Reads one page ahead while the page before is on its way to who reads, so that the database and the network do not wait for
 * one another.
 *
 * @throws what the pages throw, in its turn
 * @example
 * for await (const page of readAhead(pages)) await send(page);
 */
export async function* readAhead<Page>(
  pages: AsyncGenerator<Page>,
): AsyncGenerator<Page> {
  let next = pages.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = pages.next();
      // Whoever comes for it hears of it; nobody may come.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    // Not waited for: it comes behind the page that is being read.
    pages.return(undefined).catch(() => undefined);
  }
}
