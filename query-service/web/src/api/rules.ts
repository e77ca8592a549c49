import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Rule } from 'audit-event/exclude';
import { apiPath } from './events';
import { API, request } from './request';
import type { AuditEvent, EventsPage } from './types';

export type { Rule };

/** A rule as it is written: with the word that a broad one needs. */
export type WrittenRule = Rule & { acknowledgeBroad?: true | undefined };

/** A rule in the list. */
export interface ListedRule {
  id: string;
  rule: WrittenRule;
  source: 'database' | 'file';
  in_force: boolean;
  excluded: { total: number; days: { day: string; excluded: number }[] };
  comment?: string | null | undefined;
  changed_at?: string | undefined;
  changed_by?: string | undefined;
  /** Why receivers leave it out, where they do. */
  problem?: string | undefined;
}

export interface Rules {
  data: ListedRule[];
  rule_set: { hash: string; since: string; protected_events: string[] } | null;
}

/** A rule with the lines in which it stands, from 1, both inclusive. */
export interface PlacedRule {
  rule: WrittenRule;
  line: number;
  end_line: number;
  comment: string | null;
}

/** Whether a text could come into force, in the API's own words. */
export type RulesCheck =
  | { status: 'valid'; rules: PlacedRule[] }
  | { status: 'invalid'; line: number | null; reason: string };

export interface DryRun {
  complete: boolean;
  from: string;
  to: string;
  scanned: number;
  excluded: number;
  by_severity: Record<string, number>;
  by_status: Record<string, number>;
  by_rule: { id: string; rule: Rule; excluded: number }[];
  warnings: string[];
  samples: AuditEvent[];
}

/** The rules of the database as YAML, and the version that `If-Match` takes. */
export interface RulesText {
  yaml: string;
  etag: string;
}

const RULES = `${API}/v2/rules`;
const YAML = 'application/yaml';
export const RULES_KEY = ['rules'];
/** The log's own events that tell of changes to rules. */
const CHANGES = ['rule-create', 'rule-change', 'rule-delete', 'rules-replace'];

export function useRules(): UseQueryResult<Rules> {
  return useQuery({
    queryKey: [...RULES_KEY, 'list'],
    queryFn: async ({ signal }) =>
      (await request<Rules>(RULES, { signal })).body,
  });
}

export function useRulesText(): UseQueryResult<RulesText> {
  return useQuery({
    queryKey: [...RULES_KEY, 'text'],
    queryFn: ({ signal }) => fetchRulesText(signal),
  });
}

export async function fetchRulesText(signal?: AbortSignal): Promise<RulesText> {
  const { body, etag } = await request<string>(RULES, {
    headers: { accept: YAML },
    signal,
  });
  return { yaml: body, etag: etag ?? '*' };
}

export async function checkRules(
  yaml: string,
  signal: AbortSignal,
): Promise<RulesCheck> {
  const options = {
    method: 'POST',
    body: yaml,
    contentType: YAML,
    signal,
  } as const;
  return (await request<RulesCheck>(`${RULES}/check`, options)).body;
}

/** @throws ApiError with the status 412 when somebody changed the rules since `etag` */
export async function putRules(yaml: string, etag: string): Promise<void> {
  await request(RULES, {
    method: 'PUT',
    body: yaml,
    contentType: YAML,
    headers: { 'if-match': etag },
  });
}

export async function tryRules(
  rules: readonly WrittenRule[],
  days: number,
  protectedEvents: readonly string[],
): Promise<DryRun> {
  const { body } = await request<DryRun>(`${RULES}/dry-run`, {
    method: 'POST',
    body: { excludeRules: rules, days, protectedEvents },
  });
  // Samples are as in version 1, which does not say for whom somebody acted, or why something failed.
  const samples = body.samples.map((event) => ({
    ...event,
    initiator_id: null,
    outcome_reason: null,
  }));
  return { ...body, samples };
}

/** The latest changes to rules, out of the log itself. */
export function useRuleChanges(limit: number): UseQueryResult<AuditEvent[]> {
  return useQuery({
    queryKey: [...RULES_KEY, 'changes', limit],
    queryFn: async ({ signal }) => {
      const path = apiPath('events', [
        ['plugin_id', 'audit-log'],
        ...CHANGES.map((id) => ['event_id', id] as const),
        ['start_time', '2020-01-01T00:00:00Z'],
        ['limit', String(limit)],
      ]);
      return (await request<EventsPage>(path, { signal })).body.data;
    },
  });
}
