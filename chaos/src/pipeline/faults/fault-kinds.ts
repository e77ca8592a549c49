import { settings } from '../settings';

/** What may be missing where the run takes place. */
export type Need = 'collector' | 'volumes';

/** What may end by itself. */
export type PartKind = 'collector' | 'receiver' | 'postgres';

/** What a kind of fault is. */
export interface FaultKind {
  /** How often it is drawn, beside the others; 0: only where it is asked for. */
  weight: number;
  /** How many there are of what it strikes. */
  targets: number;
  /** How long it lasts, in milliseconds: a part stays away, a connection is troubled. */
  lastsMs: { min: number; max: number };
  /** The hop on which it shows that all works again: from the emitters (0), to the receivers (1), or the one that is struck. */
  shows: 0 | 1 | 'target';
  /** What must be there for it. */
  needs?: readonly Need[] | undefined;
  /** Parts that may end by themselves because of it; receivers only while they start, and whatever else ends is a finding. */
  ends?: readonly PartKind[] | undefined;
}

/** Each way in which the pipeline is troubled. Hop 0 is from the emitters, hop 1 from the Collector to the receivers. */
export const faultKinds = {
  /** SIGKILL; the next process takes over the spool directory. */
  'kill-emitter': {
    weight: 4,
    shows: 0,
    targets: settings.emitters,
    lastsMs: { min: 0, max: 1_000 },
  },
  'kill-collector': {
    weight: 4,
    shows: 0,
    targets: 1,
    lastsMs: { min: 0, max: 2_000 },
    needs: ['collector'],
  },
  'kill-receiver': {
    weight: 4,
    shows: 1,
    targets: settings.receivers,
    lastsMs: { min: 0, max: 2_000 },
  },
  /** SIGKILL to the server and all its processes. */
  'kill-postgres': {
    weight: 3,
    shows: 1,
    targets: 1,
    lastsMs: { min: 0, max: 1_500 },
    ends: ['receiver'],
  },
  'restart-postgres-fast': {
    weight: 2,
    shows: 1,
    targets: 1,
    lastsMs: { min: 0, max: 500 },
    ends: ['receiver'],
  },
  'restart-postgres-immediate': {
    weight: 2,
    shows: 1,
    targets: 1,
    lastsMs: { min: 0, max: 500 },
    ends: ['receiver'],
  },
  /** One receiver after the other ends as it is asked to and comes back as the other version. */
  'rolling-restart': {
    weight: 2,
    shows: 1,
    targets: 1,
    lastsMs: { min: 0, max: 0 },
  },
  latency: {
    weight: 2,
    shows: 'target',
    targets: 2,
    lastsMs: { min: 1_000, max: 5_000 },
  },
  /** Connections end with RST, before the request was passed on or after. */
  reset: {
    weight: 2,
    shows: 'target',
    targets: 2,
    lastsMs: { min: 500, max: 4_000 },
  },
  /** Connections stay open and nothing comes back; half of the requests still arrive. */
  'half-open': {
    weight: 2,
    shows: 'target',
    targets: 2,
    lastsMs: { min: 500, max: 5_000 },
  },
  /** What was asked is done, and the answer 200 does not reach who asked. */
  'drop-answers': {
    weight: 3,
    shows: 'target',
    targets: 2,
    lastsMs: { min: 1_000, max: 4_000 },
  },
  /** 503, without and with Retry-After. */
  unavailable: {
    weight: 2,
    shows: 'target',
    targets: 2,
    lastsMs: { min: 500, max: 4_000 },
  },
  /**
   * A Collector whose queue finds no room deletes what it was about to send: `getNextItem` of exporterhelper's
   * persistent_queue.go (0.162) calls `itemDispatchingFinish` when it cannot note that an item is on its way. No setting
   * prevents that, but a volume that cannot become full does.
   */
  'disk-full-queue': {
    weight: 0,
    shows: 0,
    targets: 1,
    lastsMs: { min: 1_000, max: 4_000 },
    needs: ['collector', 'volumes'],
    ends: ['collector'],
  },
  'disk-full-database': {
    weight: 2,
    shows: 1,
    targets: 1,
    lastsMs: { min: 1_000, max: 4_000 },
    needs: ['volumes'],
    ends: ['postgres', 'receiver'],
  },
  /**
   * Targets are the emitters, then the receivers: their clock is off by up to a day for a while. The signal that tells them ends
   * who has just been started and does not listen yet.
   */
  'clock-jump': {
    weight: 3,
    shows: 1,
    targets: settings.emitters + settings.receivers,
    lastsMs: { min: 1_000, max: 8_000 },
    ends: ['receiver'],
  },
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof faultKinds;
export const faultNames = Object.keys(faultKinds) as FaultName[];

/** The kinds that can be done with what is there. */
export function possibleFaults(there: readonly Need[]): FaultName[] {
  const kinds: Record<FaultName, FaultKind> = faultKinds;
  return faultNames.filter((name) =>
    (kinds[name].needs ?? []).every((need) => there.includes(need)),
  );
}
