import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../root';
import { copyBuild } from './copy-build';
import { applyPatches } from './patch';
import { plants } from './plants';
import type { Plant, PlantName } from './plants';

/** What the parts of a run are started from. */
export interface Builds {
  /** The receiver's program in the present version, and in the one that it is upgraded to. */
  receivers: readonly [string, string];
  /** Where auditor-otel is loaded from. */
  auditorModule: string;
  collectorConfig: string;
  sql: readonly string[];
}

/** The version number of the other receivers; the build is the same. */
const NEXT_VERSION = '0.999.0';

/** Makes copies of what must differ from the build: the other version of the receiver, and what the plant changes. */
export function prepareBuilds(
  folder: string,
  name: PlantName | undefined,
): Builds {
  const plant: Partial<Plant> = name === undefined ? {} : plants[name];
  const receiver = join(folder, 'receiver');
  const next = join(folder, 'receiver-next');
  const auditor = join(folder, 'auditor');
  const ofReceiver = {
    package: 'collector-receiver',
    patches: plant.receiver,
  };
  copyBuild({ ...ofReceiver, to: receiver });
  copyBuild({ ...ofReceiver, to: next, version: NEXT_VERSION });
  copyBuild({ package: 'auditor-otel', to: auditor, patches: plant.emitter });
  return {
    receivers: [join(receiver, 'dist/main.js'), join(next, 'dist/main.js')],
    auditorModule: join(auditor, 'dist/index.js'),
    collectorConfig: collectorConfig(folder, plant.collector),
    sql: plant.sql ?? [],
  };
}

/** The configuration that everybody starts with itself, unless something is planted in it. */
function collectorConfig(folder: string, patches: Plant['collector']): string {
  const original = join(ROOT, 'otel-collector.yaml');
  if (!patches) return original;
  const planted = join(folder, 'otel-collector.yaml');
  const text = readFileSync(original, 'utf8');
  writeFileSync(planted, applyPatches('otel-collector.yaml', text, patches));
  return planted;
}
