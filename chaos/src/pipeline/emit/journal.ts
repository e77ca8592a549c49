import { closeSync, openSync, writeSync } from 'node:fs';

/** What emitters have told to be spooled: each line of its file is a process and the number of an event. */
export interface Journal {
  note(process: number, n: number): void;
  total(): number;
  /** The numbers of each process, in the order in which they were told. */
  promised(): ReadonlyMap<number, readonly number[]>;
  close(): void;
}

/** A journal that is written to a file as it goes, so that it is there whatever becomes of the run. */
export function createJournal(file: string): Journal {
  const descriptor = openSync(file, 'w');
  const promised = new Map<number, number[]>();
  let total = 0;
  return {
    note(process, n) {
      let numbers = promised.get(process);
      if (!numbers) promised.set(process, (numbers = []));
      numbers.push(n);
      total += 1;
      writeSync(descriptor, `${process} ${n}\n`);
    },
    total: () => total,
    promised: () => promised,
    close: () => closeSync(descriptor),
  };
}
