import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { severityLevels } from 'audit-event';

/** Audit events that a real Backstage backend wrote, one JSON object a line. */
const EVENTS_FILE = join(
  __dirname,
  '../../../stack/demo/backstage-audit-events.jsonl',
);

const levels: readonly string[] = severityLevels;

/** What Backstage's own auditor hands to its log function. */
interface Line {
  plugin: string;
  eventId: string;
  severityLevel: string;
  actor: {
    actorId?: string;
    ip?: string;
    hostname?: string;
    userAgent?: string;
  };
  request?: { url: string; method: string } | undefined;
  meta?: Record<string, unknown>;
  status: 'initiated' | 'succeeded' | 'failed';
}

/** An operation that succeeded: what was known when it began, and what its end added. */
export interface Operation extends Omit<Line, 'status'> {
  endMeta?: Record<string, unknown> | undefined;
}

/** The operations of a real backend that succeeded, each as JSON: who uses one makes its own objects of it, as a server does. */
export function realOperations(): string[] {
  const lines = readFileSync(EVENTS_FILE, 'utf8').trim().split('\n');
  const begun = new Map<string, Line>();
  const operations: string[] = [];
  for (const text of lines) {
    const { status, meta, ...line } = JSON.parse(text) as Line;
    const { plugin, eventId, severityLevel, actor, request } = line;
    const key = JSON.stringify([plugin, eventId, actor, request]);
    if (status === 'initiated')
      begun.set(key, { ...line, meta: meta ?? {}, status });
    if (status !== 'succeeded') continue;
    // A made-up level, at which Backstage's own auditor fails.
    if (!levels.includes(severityLevel)) continue;
    const known = begun.get(key)?.meta ?? {};
    const added = Object.entries(meta ?? {}).filter(
      ([name]) => !(name in known),
    );
    operations.push(
      JSON.stringify({
        plugin,
        eventId,
        severityLevel,
        actor,
        request,
        meta: known,
        endMeta: added.length > 0 ? Object.fromEntries(added) : undefined,
      } satisfies Operation),
    );
  }
  return operations;
}
