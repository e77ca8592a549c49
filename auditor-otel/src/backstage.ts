import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { activeTrace } from './active-trace';
import { createConsoleLines } from './console-line';
import { OtelAuditorService } from './otel-auditor-service';
import { startPipeline } from './pipeline';
import { readSettings } from './settings';
import { readSeverityLogLevels } from './severity-log-levels';

export { OtelAuditorService };

/**
 * The auditor of a Backstage backend: `backend.add(import('auditor-otel/backstage'))`. Its settings are under `auditorOtel`
 * in `app-config.yaml`; without any it sends to `http://127.0.0.1:4318`.
 *
 * All plugins share one pipeline. At shutdown what waits is sent for at most `auditorOtel.shutdownTimeoutMs`.
 *
 * @public
 */
const auditorOtelServiceFactory = createServiceFactory({
  service: coreServices.auditor,
  deps: {
    config: coreServices.rootConfig,
    lifecycle: coreServices.rootLifecycle,
    rootLogger: coreServices.rootLogger,
    logger: coreServices.logger,
    auth: coreServices.auth,
    httpAuth: coreServices.httpAuth,
    plugin: coreServices.pluginMetadata,
  },
  createRootContext({ config, lifecycle, rootLogger }) {
    const settings = readSettings(
      config.getOptional('auditorOtel'),
      'auditorOtel.',
      'backstage',
    );
    const logger = rootLogger.child({ service: 'auditor-otel' });
    const pipeline = startPipeline(settings, {
      writeDiagnostic: (line) => logger.warn(line),
    });
    // Not close: requests that end while the server stops still audit, and their records go out until the process ends.
    lifecycle.addShutdownHook(async () => {
      await pipeline.finish(settings.shutdownTimeoutMs);
    });
    return { settings, pipeline };
  },
  factory(deps, { settings, pipeline }) {
    return OtelAuditorService.create({
      auth: deps.auth,
      httpAuth: deps.httpAuth,
      pluginId: deps.plugin.getId(),
      writeConsoleLine: createConsoleLines(
        deps.logger,
        readSeverityLogLevels(deps.config),
      ),
      operations: {
        emitter: pipeline.emitter,
        settings,
        now: pipeline.now,
        activeTrace,
      },
    });
  },
});

export default auditorOtelServiceFactory;
