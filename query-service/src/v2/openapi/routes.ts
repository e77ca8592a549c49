import { PLUGIN_PATH } from '../../audit-log-plugin';
import { publicFile, publicText } from '../../http/public-file';
import type { Route } from '../../http/route';
import { docsPage } from './docs-page';
import { openApiDocument } from './document';
import { DOCS_PATH, DOCS_STYLE_PATH, OPENAPI_PATH } from './paths';

/** The API described for programs, and for people. Neither tells anything of what is stored, so neither needs a token. */
export function openApiRoutes(): Route[] {
  const document = openApiDocument();
  const page = docsPage(document, PLUGIN_PATH + DOCS_STYLE_PATH);
  return [
    {
      path: PLUGIN_PATH + OPENAPI_PATH,
      get: (_req, res) => void res.json(document),
    },
    publicText(PLUGIN_PATH + DOCS_PATH, 'text/html', page),
    publicText(
      PLUGIN_PATH + DOCS_STYLE_PATH,
      'text/css',
      publicFile('api-docs.css'),
    ),
  ];
}
