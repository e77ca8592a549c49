/** Paths that the page itself tells apart (`web/src/routes.tsx`): each is answered with the same document. */
export const CLIENT_PATHS = [
  '/',
  '/actor',
  '/entity',
  '/health',
  '/settings/*rest',
] as const;
