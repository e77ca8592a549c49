import type { RequestHandler } from 'express';
import { openApiDocument } from './document';

/** Below the plugin. */
export const OPENAPI_PATH = '/v2/openapi.json';

/** `GET /v2/openapi.json`: the API described for programs. It tells nothing of what is stored, so it needs no token. */
export function openApiRoute(): RequestHandler {
  const document = openApiDocument();
  return function showOpenApi(_req, res) {
    res.json(document);
  };
}
