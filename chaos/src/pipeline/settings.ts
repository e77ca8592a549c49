/** The defaults and bounds of a run through the whole pipeline; times are in milliseconds. */
export const settings = {
  minutes: 1,
  /** Events per second, of all emitters together. */
  rate: 680,
  /** Of the receivers and of the Collector. */
  ingestToken: 'of-this-chaos-run-alone',
  emitters: 2,
  receivers: 2,
  /** Between two faults. */
  pauseMs: { min: 1_500, max: 10_500 },
  /** The same, where the run is limited to some kinds, such as those that bring a planted bug to light. */
  densePauseMs: { min: 500, max: 2_500 },
  /** How many faults come together with another one, at the same moment. */
  atOnce: 0.2,
  /** Before the first fault, and after the last one has begun. */
  quietMs: 1_500,
  /** Of the volumes that can become full. */
  databaseVolumeBytes: 8 * 1024 ** 3,
  queueVolumeBytes: 2 * 1024 ** 3,
  /** What stays free of a volume that is full. */
  roomWhenFullBytes: 64 * 1024,
  /** Before a part that ended by itself is started again. */
  respawnMs: 300,
  /** How long a part may take to end when it is asked to. */
  stopMs: 30_000,
  /** For how long after a fault a part may still end because of it, as one that had begun to start without its database. */
  aftermathMs: 10_000,
  /** How long a part may take to be ready again after a rolling restart. */
  readyMs: 30_000,
  /** How long emitters may take to deliver what they have left, and the Collector after them. */
  drainMs: 300_000,
  /** For how long nothing more must have been committed before the check begins. */
  stillMs: 4_000,
  sampleMs: 1_000,
} as const;
