import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OWN_PLUGIN_ID, uuidv7 } from 'audit-event';
import type { ActorType, SeverityLevel, Status } from 'audit-event';
import { createAuditor } from 'auditor-otel';
import type { RecordOptions } from 'auditor-otel';
import { Client } from 'pg';
import type { Stack } from './start-stack';

/** 710 audit events that a real Backstage backend wrote, one JSON object a line. */
const EVENTS_FILE = join(
  __dirname,
  '..',
  'demo',
  'backstage-audit-events.jsonl',
);

/** The first and the last record of the stream, which the auditor adds. */
const STREAM_EDGES = 2;
const FLUSH_TIMEOUT_MS = 60_000;

/** A line of the file: what Backstage's own auditor hands to its log function, and when. */
export interface BackstageEvent {
  observedAt: string;
  plugin: string;
  eventId: string;
  severityLevel: string;
  actor: {
    actorId?: string;
    ip?: string;
    hostname?: string;
    userAgent?: string;
  };
  request?: { url: string; method: string };
  meta?: Record<string, unknown>;
  status: Status;
  error?: { name: string; message: string };
}

/** The events of the file, in their order. */
export function readDemoEvents(): BackstageEvent[] {
  const lines = readFileSync(EVENTS_FILE, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as BackstageEvent);
}

/**
 * Sends the events of a real Backstage backend through `auditor-otel`, moved in time so that the last one is now.
 * A log that has events of others already is left alone; what it tells of its own readers does not count.
 *
 * @returns one sentence that says what was done
 */
export async function sendDemoEvents(
  stack: Pick<Stack, 'receiverUrl' | 'databaseUrl' | 'ingestToken'>,
): Promise<string> {
  if (await hasEvents(stack.databaseUrl))
    return 'The log has events already, so the demo events were not sent; AUDIT_DATA_DIR=.audit-demo npm run demo takes another one.';
  const auditor = createAuditor({
    endpoint: stack.receiverUrl,
    token: stack.ingestToken,
    serviceName: 'backstage',
    // All of it is sent, or the demo says that it is not.
    spool: false,
  });
  const events = readDemoEvents();
  const shift = Date.now() - Date.parse(events.at(-1)!.observedAt);
  const operationOf = operations();
  for (const event of events)
    auditor.record({
      ...recordOf(event),
      time: new Date(Date.parse(event.observedAt) + shift),
      operationId: operationOf(event),
    });
  await auditor.close({ timeoutMs: FLUSH_TIMEOUT_MS });
  const { sent } = auditor.stats();
  return `Sent ${sent - STREAM_EDGES} events of a real Backstage backend. Default rules keep out what plugins read all the time.`;
}

/** A line of the file as `auditor.record` takes it. */
export function recordOf(event: BackstageEvent): RecordOptions {
  const { actor, request } = event;
  return {
    pluginId: event.plugin,
    eventId: event.eventId,
    // The file has two operations with a word that is no level, as a plugin in plain JavaScript may send.
    severityLevel: event.severityLevel as SeverityLevel,
    status: event.status,
    actor: {
      type: actorTypeOf(actor.actorId),
      ...(actor.actorId !== undefined && { id: actor.actorId }),
      ip: actor.ip,
      userAgent: actor.userAgent,
    },
    request: request && { ...request, host: actor.hostname },
    meta: event.meta,
    error: event.error,
  };
}

function actorTypeOf(actorId: string | undefined): ActorType {
  if (actorId === undefined) return 'anonymous';
  return actorId.startsWith('user:') ? 'user' : 'service';
}

/** Ties an outcome to the `initiated` before it of the same actor, event and request: the file has no operation ids. */
function operations(): (event: BackstageEvent) => string {
  const open = new Map<string, string>();
  return ({ plugin, eventId, actor, request, status }) => {
    const key = JSON.stringify([plugin, eventId, actor, request]);
    if (status === 'initiated' || !open.has(key)) open.set(key, uuidv7());
    return open.get(key)!;
  };
}

async function hasEvents(databaseUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      `select exists (select from audit.event where plugin_id <> $1) as found`,
      [OWN_PLUGIN_ID],
    );
    return rows[0].found as boolean;
  } finally {
    await client.end();
  }
}
