import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plantNames } from '../src/pipeline/plants/plants';
import { prepareBuilds } from '../src/pipeline/plants/prepare-builds';

describe('prepareBuilds', () => {
  let folder: string;
  beforeEach(
    () => (folder = mkdtempSync(join(tmpdir(), 'otel-audit-builds-'))),
  );
  afterEach(() => rmSync(folder, { recursive: true }));

  it('copies the receiver in two versions, and takes the configuration itself', () => {
    const { receivers, collectorConfig } = prepareBuilds(folder, undefined);
    const versions = receivers.map((script) => {
      const manifest = readFileSync(join(script, '../../package.json'), 'utf8');
      return (JSON.parse(manifest) as { version: string }).version;
    });
    expect(new Set(versions).size).toBe(2);
    expect(collectorConfig.startsWith(folder)).toBe(false);
  });

  it.each(plantNames)(
    'finds each place for %s in the present build',
    (name) => {
      expect(() => prepareBuilds(folder, name)).not.toThrow();
    },
  );
});
