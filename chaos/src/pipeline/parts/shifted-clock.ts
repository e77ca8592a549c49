import { readFileSync } from 'node:fs';

// Loaded into a process before its own program (`node --require`): its wall clock is off by as many milliseconds as
// CHAOS_CLOCK_FILE says, which is read at the start and at each SIGUSR2. Clocks that only count are left alone.
const file = process.env['CHAOS_CLOCK_FILE']!;
const RealDate = Date;
let shiftMs = 0;

function readShift(): void {
  shiftMs = Number(readFileSync(file, 'utf8'));
}

readShift();
process.on('SIGUSR2', readShift);

class ShiftedDate extends RealDate {
  constructor(...args: [] | [number]) {
    if (args.length === 0) super(RealDate.now() + shiftMs);
    else super(...args);
  }

  static override now(): number {
    return RealDate.now() + shiftMs;
  }
}
globalThis.Date = ShiftedDate as DateConstructor;
