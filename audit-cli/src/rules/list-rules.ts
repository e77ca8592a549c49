import type { Api } from '../api/api';
import { readJson } from '../api/read-json';
import type { Rule } from './rule';

export interface ListedRule {
  id: string;
  rule: Rule;
  source: 'database' | 'file';
  in_force: boolean;
  excluded: { total: number };
  /** Why receivers leave it out. */
  problem?: string | undefined;
  changed_at?: string | undefined;
  changed_by?: string | undefined;
  comment?: string | null | undefined;
}

/** The rules, and by which ETag the set is changed. */
export async function listRules(
  api: Api,
): Promise<{ rules: ListedRule[]; etag: string }> {
  const answer = await api.ask('/rules', {
    headers: { accept: 'application/json' },
  });
  const { data } = await readJson<{ data: ListedRule[] }>(answer);
  return { rules: data, etag: answer.headers.get('etag') ?? '' };
}
