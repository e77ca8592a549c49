import type { LoggerService } from '@backstage/backend-plugin-api';
import { severityLevelOf } from './make-event';
import type { SeverityLogLevels } from './severity-log-levels';

/** An event as Backstage's own auditor hands it to the logger, field by field. */
export interface ConsoleEvent {
  plugin: string;
  eventId: string;
  severityLevel: string;
  actor: {
    actorId: string | undefined;
    ip: string | undefined;
    hostname: string | undefined;
    userAgent: string | undefined;
  };
  request: { url: string | undefined; method: string | undefined } | undefined;
  meta: object | undefined;
  status: 'initiated' | 'succeeded' | 'failed';
  error?: unknown;
}

/** Writes the console line of an event. */
export type WriteConsoleLine = (event: ConsoleEvent) => void;

/** Writes console lines as Backstage's own auditor does. A logger that throws breaks nothing. */
export function createConsoleLines(
  logger: LoggerService,
  levels: SeverityLogLevels,
): WriteConsoleLine {
  const auditLogger = logger.child({ isAuditEvent: true });
  return (event) => {
    try {
      write(auditLogger, levels, event);
    } catch {
      // The record goes its way without its line.
    }
  };
}

function write(
  logger: LoggerService,
  levels: SeverityLogLevels,
  event: ConsoleEvent,
): void {
  const level = levels[severityLevelOf(event.severityLevel)];
  const message = `${event.plugin}.${event.eventId}`;
  if ('error' in event) {
    // The error goes alone, so that the logger prints it as one.
    const { error, ...rest } = event;
    logger.child(rest)[level](message, error as Error);
  } else {
    logger[level](message, event as object);
  }
}
