import { collectorBinary } from '../collector/src/collector-binary';
import postgresGlobalSetup from './global-setup';

/** Builds the Collector before any test waits for it, then does what all tests on a Postgres need. */
export default async function globalSetup(): Promise<void> {
  process.env['OTELCOL_BIN'] = await collectorBinary();
  await postgresGlobalSetup();
}
