import { checks } from '../deploy/kit/programs';
import collectorGlobalSetup from './collector-global-setup';

/** Builds the checks before any test waits for them, then does what tests with a Collector need. */
export default async function globalSetup(): Promise<void> {
  await checks();
  await collectorGlobalSetup();
}
