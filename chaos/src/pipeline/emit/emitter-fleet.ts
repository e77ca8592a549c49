import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmitter } from '../../emitter/emitter-process';
import type { EmitterProcess } from '../../emitter/emitter-process';
import { createPartClock } from '../parts/part-clock';
import type { PartClock } from '../parts/part-clock';
import type { Journal } from './journal';
import type { SteadyOptions } from './steady-options';

/** Emitters that share a spool directory. */
export interface EmitterFleet {
  /** Kills one, and starts the next process in its place after so long; resolves when that one has made its first promise. */
  restart(slot: number, awayMs: number): Promise<void>;
  /** Sets the clock of one wrong by so many milliseconds. */
  shiftClock(slot: number, ms: number): void;
  /** Ends the load and resolves when all that was emitted is delivered. */
  finish(): Promise<void>;
  /** How many processes there were. */
  processes(): number;
  /** Kills what still runs. */
  remove(): Promise<void>;
}

/** How a fleet is set up. */
export interface FleetOptions {
  slots: number;
  folder: string;
  journal: Journal;
  emit: Omit<SteadyOptions, 'process'>;
  /** Told when one ends by itself, which none should. */
  onFailed(error: unknown): void;
}

interface Slot {
  clock: PartClock;
  running: EmitterProcess;
}

/** Starts emitters that share the rate. */
export function startFleet(options: FleetOptions): EmitterFleet {
  const { folder, journal } = options;
  const rate = options.emit.rate / options.slots;
  let processes = 0;
  let isRemoved = false;

  function spawn(clock: PartClock, emitRate: number): EmitterProcess {
    const number = processes++;
    const emitter = startEmitter({
      script: '../pipeline/emit/emit-steadily.js',
      logFile: join(folder, 'emitters.log'),
      emit: { ...options.emit, process: number, rate: emitRate },
      nodeArgs: clock.nodeArgs,
      env: clock.env,
      onSpooled: (n) => journal.note(number, n),
    });
    emitter.gone.catch((error: unknown) => {
      if (!isRemoved) options.onFailed(error);
    });
    return emitter;
  }

  const slots = Array.from({ length: options.slots }, (_, i): Slot => {
    const clock = createPartClock(folder, `emitter-${i}`);
    return { clock, running: spawn(clock, rate) };
  });

  async function deliver(emitter: EmitterProcess): Promise<void> {
    emitter.signal('SIGTERM');
    await emitter.gone;
  }

  return {
    async restart(number, awayMs) {
      const slot = slots[number]!;
      slot.running.signal('SIGKILL');
      await slot.running.gone;
      await sleep(awayMs);
      if (isRemoved) return;
      slot.running = spawn(slot.clock, rate);
      await slot.running.begun;
    },
    shiftClock(number, ms) {
      const { clock, running } = slots[number]!;
      clock.shift(ms);
      running.signal('SIGUSR2');
    },
    async finish() {
      await Promise.all(slots.map(({ running }) => deliver(running)));
      // Those that were killed left something, too.
      const last = spawn(slots[0]!.clock, 0);
      slots[0]!.running = last;
      await last.ending;
      await deliver(last);
    },
    processes: () => processes,
    async remove() {
      isRemoved = true;
      for (const { running } of slots) running.signal('SIGKILL');
      await Promise.allSettled(slots.map(({ running }) => running.gone));
    },
  };
}
