import { programs } from '../deploy/kit/programs';

/** Builds Helm, promtool and the checks before any test waits for them. */
export default async function globalSetup(): Promise<void> {
  await programs();
}
