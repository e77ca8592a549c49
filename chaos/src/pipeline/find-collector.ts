import { collectorBinary } from '#collector';
import type { PipelineOptions } from './options';

/**
 * The Collector's program, built when it is not there yet; undefined when the run is to do without, or has to.
 *
 * @throws when one is required and there is none
 */
export async function findCollector(
  wanted: PipelineOptions['collector'],
  print: (line: string) => void,
): Promise<string | undefined> {
  if (wanted === 'none') return undefined;
  try {
    return await collectorBinary();
  } catch (error) {
    if (wanted === 'required') throw error;
    print(
      `without a Collector, emitters send to the receivers: ${(error as Error).message}`,
    );
    return undefined;
  }
}
