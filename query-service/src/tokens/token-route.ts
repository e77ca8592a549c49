import {
  changeToken,
  deleteToken,
  findToken,
  replaceTokenSecret,
} from 'audit-event/store';
import type { Queryable, TokenRow } from 'audit-event/store';
import type { JsonObject } from 'audit-event';
import type { Request } from 'express';
import { causeOf } from '../access/access';
import type { Access } from '../access/access';
import { requireAccess } from '../access/require-access';
import {
  readSettingsPermission,
  writeSettingsPermission,
} from '../audit-log-plugin';
import { ownEvent } from '../audit/own-event';
import type { OwnEvent } from '../audit/own-event';
import { ownEventId } from '../audit/own-event-id';
import { HttpError } from '../http-error';
import { etagOf, requireMatch } from '../http/if-match';
import { readJson } from '../http/read-body';
import type { Route } from '../http/route';
import { uuidParameter } from '../http/uuid-parameter';
import type { SettingsDeps } from '../settings-routes';
import { fieldsMeta } from './fields-meta';
import { newSecret } from './new-secret';
import {
  changedFieldsOf,
  secretBody,
  secretOf,
  tokenChangeBody,
} from './parse-token-body';
import { refuseTaken } from './refuse-taken';
import { isBuiltIn } from './settings-tokens';
import { sha256 } from './sha256';
import { tokenBody } from './token-body';
import { tokenRef } from './token-ref';

export const TOKEN_PATH = '/v2/tokens/:id';
export const TOKEN_SECRET_PATH = '/v2/tokens/:id/secret';

/** `/v2/tokens/{id}`: one token; what it may do and until when; its end. */
export function tokenRoute(deps: SettingsDeps): Route {
  return {
    path: TOKEN_PATH,
    async get(req, res) {
      await requireAccess(req, deps, readSettingsPermission);
      const id = uuidParameter(req.params['id']);
      const token = await deps.database.inSnapshot((db) => findToken(db, id));
      if (!token) throw notFound(id);
      res.set('ETag', etagOf(token.version)).json(shown(token));
    },
    async put(req, res) {
      const access = await requireAccess(req, deps, writeSettingsPermission);
      const fields = changedFieldsOf(await readJson(req, tokenChangeBody));
      const token = await change(deps, req, access, async (db, before, by) => {
        requireMatch(req, before.version);
        if (deps.secrets.has(before.subject))
          throw new HttpError(
            'ConflictError',
            `A setting of the service gives ${before.subject} its secret, and then it may always do the same: take the setting away first`,
          );
        const token = await changeToken(db, before.id, fields, by);
        const { access_restrictions, expires_at } = before;
        const meta = {
          before: { access_restrictions, expires_at } as JsonObject,
          after: fieldsMeta(fields),
        };
        const eventId = ownEventId.tokenChange;
        return { token, said: { eventId, actionType: 'update', meta } };
      });
      res.set('ETag', etagOf(token.version)).json(shown(token));
    },
    async delete(req, res) {
      const access = await requireAccess(req, deps, writeSettingsPermission);
      await change(deps, req, access, async (db, before) => {
        requireMatch(req, before.version);
        if (isBuiltIn(before.subject))
          throw new HttpError(
            'ConflictError',
            `${before.subject} is always there; take its secret away instead`,
          );
        await deleteToken(db, before.id);
        const eventId = ownEventId.tokenDelete;
        return { token: before, said: { eventId, actionType: 'delete' } };
      });
      res.status(204).end();
    },
  };

  function shown(token: TokenRow): object {
    return tokenBody(token, deps.secrets);
  }
}

/** `/v2/tokens/{id}/secret`: another secret in place of the one there is, or none. The old one is refused within a second. */
export function tokenSecretRoute(deps: SettingsDeps): Route {
  return {
    path: TOKEN_SECRET_PATH,
    async post(req, res) {
      const access = await requireAccess(req, deps, writeSettingsPermission);
      const body = await readJson(req, secretBody);
      const given = secretOf(body.secret);
      const secret = given ?? newSecret();
      const token = await change(deps, req, access, async (db, before, by) => {
        refuseOfSetting(deps, before);
        await refuseTaken(db, secret, before.id, deps.secrets);
        const hash = sha256(secret);
        const token = await replaceTokenSecret(db, before.id, hash, by);
        const eventId = ownEventId.tokenSecretSet;
        const meta = { replaced: before.has_secret };
        return { token, said: { eventId, actionType: 'update', meta } };
      });
      res.set('ETag', etagOf(token.version)).json({
        ...tokenBody(token, deps.secrets),
        ...(given === undefined && { secret }),
      });
    },
    async delete(req, res) {
      const access = await requireAccess(req, deps, writeSettingsPermission);
      const token = await change(deps, req, access, async (db, before, by) => {
        refuseOfSetting(deps, before);
        const token = await replaceTokenSecret(db, before.id, null, by);
        const eventId = ownEventId.tokenRevoke;
        return { token, said: { eventId, actionType: 'update' } };
      });
      res
        .set('ETag', etagOf(token.version))
        .json(tokenBody(token, deps.secrets));
    },
  };
}

/** Changes a token that nobody else changes meanwhile, and tells of it. The request has been read: nothing waits for its sender. */
async function change(
  deps: SettingsDeps,
  req: Request,
  access: Access,
  work: (
    db: Queryable,
    before: TokenRow,
    by: string,
  ) => Promise<{ token: TokenRow; said: Omit<OwnEvent, 'severityLevel'> }>,
): Promise<TokenRow> {
  const id = uuidParameter(req.params['id']);
  const cause = causeOf(req, access);
  return deps.recorder.change(async (db) => {
    const before = await findToken(db, id, { isLocked: true });
    if (!before) throw notFound(id);
    const { token, said } = await work(db, before, cause.actor.id);
    const entityRef = tokenRef(before.subject);
    const event = ownEvent(cause, {
      ...said,
      severityLevel: 'high',
      entityRef,
    });
    return { result: token, events: [event] };
  });
}

function refuseOfSetting(
  { secrets }: Pick<SettingsDeps, 'secrets'>,
  { subject }: TokenRow,
): void {
  if (secrets.has(subject))
    throw new HttpError(
      'ConflictError',
      `A setting of the service gives ${subject} its secret: change it there`,
    );
}

function notFound(id: string): HttpError {
  return new HttpError('NotFoundError', `There is no token ${id}`);
}
