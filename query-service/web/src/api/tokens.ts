import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Json } from './json';
import { API, request } from './request';

/** A token as the API shows it: never with its secret. */
export interface Token {
  id: string;
  subject: string;
  version: number;
  /** Null: unrestricted. As Backstage writes them. */
  access_restrictions: Json;
  created_at: string;
  created_by: string;
  changed_at: string;
  changed_by: string | null;
  expires_at: string | null;
  last_used_at: string | null;
  state: 'waiting' | 'active' | 'expired';
  /** A setting of the service: then nothing of it can be changed here. */
  secret_from: 'database' | 'setting' | null;
  /** It stays; only its secret can go. */
  built_in: boolean;
}

/** What a token may do, and until when. */
export interface TokenFields {
  access_restrictions: Json;
  expires_at: string | null;
}

const TOKENS = `${API}/v2/tokens`;
export const TOKENS_KEY = ['tokens'];

export function useTokens(): UseQueryResult<Token[]> {
  return useQuery({
    queryKey: TOKENS_KEY,
    queryFn: async ({ signal }) =>
      (await request<{ data: Token[] }>(TOKENS, { signal })).body.data,
  });
}

/** Makes a token with a secret that its maker knows. */
export async function createToken(
  subject: string,
  fields: TokenFields,
  secret: string,
): Promise<void> {
  await request(TOKENS, {
    method: 'POST',
    body: { subject, ...fields, secret },
  });
}

export async function changeToken(
  { id, version }: Pick<Token, 'id' | 'version'>,
  fields: TokenFields,
): Promise<void> {
  await request(`${TOKENS}/${id}`, {
    method: 'PUT',
    body: fields,
    headers: { 'if-match': `"${version}"` },
  });
}

export async function setSecret(id: string, secret: string): Promise<void> {
  await request(`${TOKENS}/${id}/secret`, { method: 'POST', body: { secret } });
}

/** Gives a token another secret, which is made by the service and told this once. */
export async function rotateSecret(id: string): Promise<string> {
  const { body } = await request<{ secret: string }>(`${TOKENS}/${id}/secret`, {
    method: 'POST',
    body: {},
  });
  return body.secret;
}

export async function revokeSecret(id: string): Promise<void> {
  await request(`${TOKENS}/${id}/secret`, { method: 'DELETE' });
}

export async function deleteToken({
  id,
  version,
}: Pick<Token, 'id' | 'version'>): Promise<void> {
  await request(`${TOKENS}/${id}`, {
    method: 'DELETE',
    headers: { 'if-match': `"${version}"` },
  });
}
