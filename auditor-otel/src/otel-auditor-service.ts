import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
  AuditorServiceEvent,
} from '@backstage/backend-plugin-api';
import { attempt } from './attempt';
import { resolveActor } from './backstage-actor';
import type { ActorDeps, ResolvedActor } from './backstage-actor';
import { cleanMeta } from './clean-meta';
import type { ConsoleEvent, WriteConsoleLine } from './console-line';
import { beginOperation } from './operation';
import type { Operation, OperationDeps } from './operation';
import { ownAttribute } from './own-attributes';

/** What the service needs: the plugin's own services, the console, and the shared pipeline. */
export interface OtelAuditorServiceDeps extends ActorDeps {
  writeConsoleLine: WriteConsoleLine;
  operations: OperationDeps;
}

/**
 * Backstage's `AuditorService` that writes the console line of the default one, and sends each event as an OpenTelemetry
 * log record. No call rejects, whatever fails: credentials, logger, or the pipeline; unless `auditorOtel.delivery` asks for
 * it.
 *
 * @public
 */
export class OtelAuditorService implements AuditorService {
  private readonly deps: OtelAuditorServiceDeps;

  private constructor(deps: OtelAuditorServiceDeps) {
    this.deps = deps;
  }

  /** Creates the service of one plugin. */
  static create(deps: OtelAuditorServiceDeps): OtelAuditorService {
    return new OtelAuditorService(deps);
  }

  /** Begins an operation; resolves when its actor is known. */
  createEvent(
    options: AuditorServiceCreateEventOptions,
  ): Promise<AuditorServiceEvent> {
    const event = this.begin(options);
    // Plugins call it without waiting, too.
    event.catch(() => undefined);
    return event;
  }

  private async begin(
    options: AuditorServiceCreateEventOptions,
  ): Promise<AuditorServiceEvent> {
    const time = this.deps.operations.now();
    // Before the wait, so that what the caller changes meanwhile does not get in.
    const meta = cleanMeta(options.meta, this.deps.operations.settings);
    const client = clientOf(options.request);
    const resolved = await resolveActor(this.deps, options.request, meta.meta);
    const operation = beginOperation(this.deps.operations, {
      time,
      pluginId: this.deps.pluginId,
      eventId: options.eventId,
      severityLevel: options.severityLevel,
      actor: { ...resolved.actor, ...client },
      request: options.request && {
        method: client.method,
        url: client.url,
        host: client.hostname,
      },
      meta,
      attributes:
        resolved.error === undefined
          ? undefined
          : { [ownAttribute.actorError]: resolved.error },
    });
    return this.report(operation, options, client, resolved);
  }

  /** Each record with its console line, which does not share the fate of the record. */
  private report(
    operation: Operation,
    options: AuditorServiceCreateEventOptions,
    client: Client,
    resolved: ResolvedActor,
  ): Promise<AuditorServiceEvent> {
    const line = (end: LineEnd, meta: object | undefined) => {
      this.deps.writeConsoleLine(
        consoleEvent(this.deps.pluginId, options, client, resolved, {
          ...end,
          meta: mergedMeta(options.meta, meta),
        }),
      );
    };
    line({ status: 'initiated' }, undefined);
    return operation.initiated<AuditorServiceEvent>({
      success(params) {
        line({ status: 'succeeded' }, params?.meta);
        return ended(operation.succeeded(params?.meta));
      },
      fail(params) {
        line({ status: 'failed', error: params?.error }, params?.meta);
        return ended(operation.failed(params?.error, params?.meta));
      },
    });
  }
}

/** The plugin's promise, which needs no handler either. */
function ended(receipt: Promise<unknown>): Promise<void> {
  const promise = receipt.then(() => undefined);
  promise.catch(() => undefined);
  return promise;
}

type LineEnd = Pick<ConsoleEvent, 'status' | 'error'>;

/** What is told of the client beside its credentials. */
interface Client {
  ip: string | undefined;
  hostname: string | undefined;
  userAgent: string | undefined;
  url: string | undefined;
  method: string | undefined;
}

function clientOf(
  request: AuditorServiceCreateEventOptions['request'],
): Client {
  return {
    ip: attempt(() => request?.ip),
    hostname: attempt(() => request?.hostname),
    userAgent: attempt(() => request?.get('user-agent')),
    url: attempt(() => request?.originalUrl),
    method: attempt(() => request?.method),
  };
}

function consoleEvent(
  pluginId: string,
  options: AuditorServiceCreateEventOptions,
  client: Client,
  resolved: ResolvedActor,
  end: LineEnd & { meta: object | undefined },
): ConsoleEvent {
  const { ip, hostname, userAgent, url, method } = client;
  const { eventId, severityLevel = 'low', request, meta: _, ...more } = options;
  return {
    plugin: pluginId,
    eventId,
    severityLevel,
    actor: { actorId: resolved.actor?.id, ip, hostname, userAgent },
    request: request && { url, method },
    ...more,
    ...end,
  };
}

/** As the default auditor merges them: absent when empty. */
function mergedMeta(
  atStart: object | undefined,
  atEnd: object | undefined,
): object | undefined {
  const merged = attempt(() => ({ ...atStart, ...atEnd }));
  return merged && Object.keys(merged).length > 0 ? merged : undefined;
}
