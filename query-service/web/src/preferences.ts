import { useSyncExternalStore } from 'react';

/** What a person has chosen in this browser. */
export interface Preferences {
  theme: 'system' | 'light' | 'dark';
  zone: 'local' | 'utc';
  density: 'comfortable' | 'compact';
  columns: string[];
  views: SavedView[];
  /** Whether the facets are shown beside the list. */
  facets: boolean;
}

export interface SavedView {
  name: string;
  /** The query part of the explorer's address. */
  search: string;
}

const KEY = 'otel-audit';
const DEFAULTS: Preferences = {
  theme: 'system',
  zone: 'local',
  density: 'comfortable',
  columns: [],
  views: [],
  facets: true,
};

let current: Preferences | undefined;
const listeners = new Set<() => void>();

/** The choices as they are now; what another version of the page kept in another form counts as not chosen. */
export function preferences(): Preferences {
  return (current ??= read());
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...preferences(), ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // A browser that keeps nothing: chosen until the page is left.
  }
  for (const listener of listeners) listener();
}

/** The choices, and shows anew when they change. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): Preferences {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as object;
    const isSame = ([key, value]: [string, unknown]) =>
      key in DEFAULTS &&
      typeof value === typeof DEFAULTS[key as keyof Preferences];
    return {
      ...DEFAULTS,
      ...Object.fromEntries(Object.entries(kept).filter(isSame)),
    };
  } catch {
    return DEFAULTS;
  }
}
