import type { Request, Response } from 'express';
import { HttpError } from '../http-error';
import type { Route } from '../http/route';
import { CLIENT_PATHS } from './client-paths';
import { codings, readPageFiles } from './page-files';
import type { PageFile } from './page-files';
import { PAGE_HEADERS } from './page-headers';

/** The name of an asset has a hash of its content, so it never changes. */
const FOREVER = 'public, max-age=31536000, immutable';
/** Where the files are that the document names. */
export const ASSET_PATH = '/assets/:name';
/** To be asked for again each time; 304 when it is the same. */
const ASK_AGAIN = 'no-cache';

/**
 * The web page: its document at every path that it tells apart itself, and its assets.
 *
 * @param folder where it was built; when it was not, the page is one sentence that says how to build it
 * @example
 * for (const route of pageRoutes(PAGE_FOLDER)) mount(app, route);
 */
export function pageRoutes(folder: string): Route[] {
  const files = readPageFiles(folder);
  return [
    ...CLIENT_PATHS.map((path): Route => ({
      path,
      get(req, res) {
        if (files) send(req, res, files.document, ASK_AGAIN);
        else
          res
            .status(503)
            .type('text')
            .send(
              'The web page is not built; run "npm run build" and start the service again. The API works without it.\n',
            );
      },
    })),
    {
      path: ASSET_PATH,
      get(req, res) {
        const file = files?.assets.get(String(req.params['name']));
        if (!file)
          throw new HttpError(
            'NotFoundError',
            `There is nothing at ${req.path}`,
          );
        send(req, res, file, FOREVER);
      },
    },
  ];
}

function send(
  req: Request,
  res: Response,
  file: PageFile,
  cacheControl: string,
): void {
  // Asked one by one: of several that it may send, Express takes the one that the client names first, and browsers begin with gzip.
  const coding =
    codings.find((one) => file.bodies[one] && req.acceptsEncodings([one])) ??
    'identity';
  res.set({ ...PAGE_HEADERS, 'Cache-Control': cacheControl, ETag: file.etag });
  res.vary('Accept-Encoding').type(file.extension);
  if (coding !== 'identity') res.set('Content-Encoding', coding);
  // `fresh` compares If-None-Match with the ETag just set.
  if (req.fresh) res.status(304).end();
  else res.send(file.bodies[coding]);
}
