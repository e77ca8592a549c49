export { collectorBinary } from './collector-binary';
export { startCollector } from './start-collector';
export type { Collector, CollectorOptions } from './start-collector';
export type { CollectorPorts } from './ports';
