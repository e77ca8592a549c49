import { randomUUID } from 'node:crypto';
import { createToken, findTokens } from 'audit-event/store';
import { causeOf } from '../access/access';
import { requireAccess } from '../access/require-access';
import {
  readSettingsPermission,
  writeSettingsPermission,
} from '../audit-log-plugin';
import { ownEvent } from '../audit/own-event';
import { ownEventId } from '../audit/own-event-id';
import { HttpError } from '../http-error';
import { etagOf } from '../http/if-match';
import { readJson } from '../http/read-body';
import type { Route } from '../http/route';
import type { SettingsDeps } from '../settings-routes';
import { fieldsMeta } from './fields-meta';
import { newSecret } from './new-secret';
import {
  newFieldsOf,
  newTokenBody,
  secretOf,
  subjectOf,
} from './parse-token-body';
import { refuseTaken } from './refuse-taken';
import { sha256 } from './sha256';
import { tokenBody } from './token-body';
import { tokenRef } from './token-ref';

export const TOKENS_PATH = '/v2/tokens';

/** `/v2/tokens`: all tokens, never with their secrets; a new one, whose secret is shown this once when it was made here. */
export function tokensRoute(deps: SettingsDeps): Route {
  const { secrets } = deps;
  return {
    path: TOKENS_PATH,
    async get(req, res) {
      await requireAccess(req, deps, readSettingsPermission);
      const tokens = await deps.database.inSnapshot(findTokens);
      res.json({ data: tokens.map((token) => tokenBody(token, secrets)) });
    },
    async post(req, res) {
      const access = await requireAccess(req, deps, writeSettingsPermission);
      const body = await readJson(req, newTokenBody);
      const subject = subjectOf(body.subject);
      const fields = newFieldsOf(body);
      const given = secretOf(body.secret);
      const secret = given ?? newSecret();
      const cause = causeOf(req, access);
      const token = await deps.recorder.change(async (db) => {
        const id = randomUUID();
        await refuseTaken(db, secret, id, secrets);
        const by = cause.actor.id;
        const hash = sha256(secret);
        const made = await createToken(db, id, subject, hash, fields, by);
        if (made.status === 'taken')
          throw new HttpError(
            'ConflictError',
            `There is a token ${subject} already`,
          );
        const event = ownEvent(cause, {
          eventId: ownEventId.tokenCreate,
          severityLevel: 'high',
          actionType: 'create',
          entityRef: tokenRef(subject),
          meta: { after: fieldsMeta(fields) },
        });
        return { result: made.token, events: [event] };
      });
      res
        .status(201)
        .location(`${req.path}/${token.id}`)
        .set('ETag', etagOf(token.version))
        .json({
          ...tokenBody(token, secrets),
          ...(given === undefined && { secret }),
        });
    },
  };
}
