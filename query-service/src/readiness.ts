import type { Queryable } from 'audit-event/store';
import type { RequestHandler } from 'express';
import { schemaProblem } from './schema-check';

/** Answers 200 when the database can be reached and has the schema of this release, else 503 with the reason. */
export function readiness(db: Queryable): RequestHandler {
  return async function readyz(_req, res) {
    const reason = await schemaProblem(db).catch(
      (error: Error) =>
        `cannot ask the database: ${error.message || error.name}`,
    );
    if (reason === undefined) res.json({ status: 'ready' });
    else res.status(503).json({ status: 'not ready', reason });
  };
}
