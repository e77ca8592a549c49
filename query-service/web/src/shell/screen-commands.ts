import { useEffect } from 'react';
import type { Command } from './use-commands';

let commands: readonly Command[] = [];
const listeners = new Set<() => void>();

function set(next: readonly Command[]): void {
  commands = next;
  for (const listener of listeners) listener();
}

/** The commands of the screen that is shown, as React reads what lies outside of it. */
export const screenCommands = {
  get: () => commands,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

/** Offers commands in the palette as long as the screen is shown. Keep the list the same where nothing changed (`useMemo`). */
export function useScreenCommands(own: readonly Command[]): void {
  useEffect(() => {
    set(own);
    return () => set([]);
  }, [own]);
}
