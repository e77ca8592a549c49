import type { AuditorServiceCreateEventOptions } from '@backstage/backend-plugin-api';
import type { ReadActiveTrace } from './active-trace';
import {
  aRequest,
  credentialsOf,
  fakeAuth,
  recordingLogger,
} from './backstage.test.helper';
import type { LogCall } from './backstage.test.helper';
import { createConsoleLines } from './console-line';
import { OtelAuditorService } from './otel-auditor-service';
import { startPipeline } from './pipeline';
import { recordingTransport } from './recording-transport.test.helper';
import { readSettings } from './settings';
import { readSeverityLogLevels } from './severity-log-levels';

const john = { type: 'user', userEntityRef: 'user:default/john' };
const levels = readSeverityLogLevels({ getOptionalString: () => undefined });

interface Setup {
  settings?: object;
  credentials?: () => Promise<unknown>;
  logger?: ReturnType<typeof recordingLogger>;
  activeTrace?: ReadActiveTrace;
}

/** The auditor of the catalog, its console and its receiver in memory. */
export function aService({
  settings: input = {},
  credentials,
  logger,
  activeTrace,
}: Setup = {}) {
  const transport = recordingTransport();
  const settings = readSettings(
    { spool: false, ...input },
    'auditorOtel.',
    'backstage',
  );
  const pipeline = startPipeline(settings, { transport, writeDiagnostic() {} });
  const lines: LogCall[] = [];
  let resolutions = 0;
  const service = OtelAuditorService.create({
    auth: fakeAuth('catalog'),
    httpAuth: {
      credentials: (() => {
        resolutions += 1;
        return credentials?.() ?? Promise.resolve(credentialsOf(john));
      }) as never,
    },
    pluginId: 'catalog',
    writeConsoleLine: createConsoleLines(
      logger ?? recordingLogger(lines),
      levels,
    ),
    operations: {
      emitter: pipeline.emitter,
      settings,
      now: pipeline.now,
      activeTrace: activeTrace ?? (() => undefined),
    },
  });
  return {
    service,
    lines,
    resolutions: () => resolutions,
    records: async () => {
      await pipeline.close(5000);
      return transport.records;
    },
  };
}

/** An event as the catalog makes it. */
export const fetchEvent: AuditorServiceCreateEventOptions = {
  eventId: 'entity-fetch',
  request: aRequest(),
  meta: { queryType: 'by-name', entityRef: 'component:default/a', more: 1 },
};
