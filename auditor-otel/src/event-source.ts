import { hostname } from 'node:os';
import type { EventSource, JsonObject } from 'audit-event';
import type { Settings } from './settings';
import { SCOPE_NAME, VERSION } from './version';

/**
 * The resource and scope of all records of this process (semantic conventions, resource).
 *
 * @param instanceId `service.instance.id`: one per start of the process
 */
export function eventSource(
  settings: Pick<Settings, 'serviceName' | 'serviceVersion' | 'resource'>,
  instanceId: string,
): EventSource {
  const resource: JsonObject = {
    'service.name': settings.serviceName,
    'service.instance.id': instanceId,
    'host.name': hostname(),
    'process.pid': process.pid,
  };
  if (settings.serviceVersion !== undefined)
    resource['service.version'] = settings.serviceVersion;
  return {
    resource: Object.assign(resource, settings.resource),
    scopeName: SCOPE_NAME,
    scopeVersion: VERSION,
  };
}
