import { createRequire } from 'node:module';
import { join } from 'node:path';
import type {
  AuditorService,
  coreServices,
} from '@backstage/backend-plugin-api';
import {
  BACKSTAGE_FOLDER,
  installBackstage,
} from '../../test/src/install-backstage';
import {
  aRequest,
  credentialsOf,
  fakeAuth,
  recordingLogger,
} from '../src/backstage.test.helper';
import type { LogCall } from '../src/backstage.test.helper';
import { createConsoleLines } from '../src/console-line';
import { OtelAuditorService } from '../src/otel-auditor-service';
import { readSettings } from '../src/settings';
import { readSeverityLogLevels } from '../src/severity-log-levels';

const INSTALL_MS = 300_000;
const pluginId = 'catalog';
const auth = fakeAuth(pluginId);
const config = {
  getOptionalConfig: () => undefined,
  getOptionalString: () => undefined,
};

/** What is used of the factory of Backstage's own auditor. */
interface DefaultFactory {
  service: typeof coreServices.auditor;
  factory(deps: object, context: undefined): Promise<AuditorService>;
}

async function defaultAuditor(calls: LogCall[], credentials: () => unknown) {
  const requireThere = createRequire(join(BACKSTAGE_FOLDER, 'package.json'));
  const { auditorServiceFactory } = requireThere(
    '@backstage/backend-defaults/auditor',
  ) as { auditorServiceFactory: DefaultFactory };
  const deps = {
    config,
    auth,
    httpAuth: { credentials },
    logger: recordingLogger(calls),
    plugin: { getId: () => pluginId },
  };
  return auditorServiceFactory.factory(deps, undefined);
}

function ourAuditor(calls: LogCall[], credentials: () => unknown) {
  return OtelAuditorService.create({
    auth,
    httpAuth: { credentials: credentials as never },
    pluginId,
    writeConsoleLine: createConsoleLines(
      recordingLogger(calls),
      readSeverityLogLevels(config),
    ),
    operations: {
      emitter: {
        emit: ({ id }) => ({
          status: 'queued',
          id,
          receipt: Promise.resolve({ id, level: 'memory', degraded: false }),
        }),
      },
      settings: readSettings({ spool: false }, '', 'backstage'),
      now: () => 1n,
      activeTrace: () => undefined,
    },
  });
}

const error = new Error('no');

async function audit(auditor: AuditorService): Promise<void> {
  const read = await auditor.createEvent({
    eventId: 'entity-fetch',
    request: aRequest(),
    meta: { queryType: 'all', count: 1 },
  });
  await read.success({ meta: { count: 2 } });
  await read.success();
  await read.fail({ error, meta: { count: 3 } });
  const write = await auditor.createEvent({
    eventId: 'entity-mutate',
    severityLevel: 'critical',
    more: 'than the type allows',
  } as never);
  await write.success({ meta: {} });
  await write.fail({ error: 'text' as never });
}

describe('the console line', () => {
  beforeAll(installBackstage, INSTALL_MS);

  it.each<[string, object]>([
    ['a user', { type: 'user', userEntityRef: 'user:default/john' }],
    ['a service', { type: 'service', subject: 'plugin:search' }],
    ['nobody', { type: 'none' }],
  ])("for %s is that of Backstage's own auditor", async (_, principal) => {
    const credentials = async () => credentialsOf(principal);
    const ours: LogCall[] = [];
    const theirs: LogCall[] = [];
    await audit(ourAuditor(ours, credentials));
    await audit(await defaultAuditor(theirs, credentials));
    expect(theirs).toHaveLength(7);
    expect(ours).toStrictEqual(theirs);
  });
});
