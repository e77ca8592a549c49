import {
  PLUGIN_PATH,
  readSettingsPermission,
  writeSettingsPermission,
} from '../../../audit-log-plugin';
import { uuidId } from '../../../http/uuid-parameter';
import {
  newTokenBody,
  secretBody,
  tokenChangeBody,
} from '../../../tokens/parse-token-body';
import { TOKEN_PATH, TOKEN_SECRET_PATH } from '../../../tokens/token-route';
import { TOKENS_PATH } from '../../../tokens/tokens-route';
import { etag, ifMatch, location } from '../headers';
import { json } from '../operation';
import type { Operation } from '../operation';
import { listOf, object, ref } from '../schemas/json-schema';

const reads = { needs: [readSettingsPermission] };
const writes = {
  needs: [writeSettingsPermission],
  failures: ['ConflictError'],
} as const;

/** Who may ask. */
export const tokenOperations: readonly Operation[] = [
  {
    path: PLUGIN_PATH + TOKENS_PATH,
    operationId: 'listTokens',
    summary: 'All tokens, never with their secrets',
    ...reads,
    answers: {
      200: json('The tokens', object({ data: listOf(ref('Token')) })),
    },
  },
  {
    path: PLUGIN_PATH + TOKENS_PATH,
    method: 'post',
    operationId: 'createToken',
    summary: 'Makes a token',
    ...writes,
    body: { 'application/json': newTokenBody },
    answers: {
      201: json('The token', ref('TokenWithSecret'), { ...etag, ...location }),
    },
  },
  {
    path: PLUGIN_PATH + TOKEN_PATH,
    operationId: 'findToken',
    summary: 'One token',
    ...reads,
    id: uuidId,
    answers: { 200: json('The token', ref('Token'), etag) },
  },
  {
    path: PLUGIN_PATH + TOKEN_PATH,
    method: 'put',
    operationId: 'changeToken',
    summary: 'Says what a token may do, and until when',
    ...writes,
    id: uuidId,
    headers: ifMatch,
    body: { 'application/json': tokenChangeBody },
    answers: { 200: json('The token', ref('Token'), etag) },
  },
  {
    path: PLUGIN_PATH + TOKEN_PATH,
    method: 'delete',
    operationId: 'deleteToken',
    summary: 'Removes a token',
    ...writes,
    id: uuidId,
    headers: ifMatch,
    answers: { 204: { description: 'It is gone' } },
  },
  {
    path: PLUGIN_PATH + TOKEN_SECRET_PATH,
    method: 'post',
    operationId: 'setTokenSecret',
    summary:
      'Gives a token another secret; the old one is refused from then on',
    ...writes,
    id: uuidId,
    body: { 'application/json': secretBody },
    answers: { 200: json('The token', ref('TokenWithSecret'), etag) },
  },
  {
    path: PLUGIN_PATH + TOKEN_SECRET_PATH,
    method: 'delete',
    operationId: 'revokeToken',
    summary: 'Takes the secret of a token away',
    ...writes,
    id: uuidId,
    answers: { 200: json('The token', ref('Token'), etag) },
  },
];
