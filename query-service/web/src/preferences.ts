import { useSyncExternalStore } from 'react';

/** What a person has chosen in this browser. */
export interface Preferences {
  theme: 'system' | 'light' | 'dark';
  zone: 'local' | 'utc';
  density: 'comfortable' | 'compact';
  /** Columns of the list beside the sentence, from left to right. */
  columns: readonly string[];
  /** Of columns that were made wider or narrower, in pixels. */
  widths: Readonly<Record<string, number>>;
  views: readonly SavedView[];
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
  widths: {},
  views: [],
  facets: true,
};

/** Whether what was kept can be used: another version of the page may have kept it in another form. */
const isUsable: {
  [Name in keyof Preferences]: (value: unknown) => boolean;
} = {
  theme: (value) => ['system', 'light', 'dark'].includes(value as string),
  zone: (value) => ['local', 'utc'].includes(value as string),
  density: (value) => ['comfortable', 'compact'].includes(value as string),
  columns: (value) =>
    Array.isArray(value) && value.every((one) => typeof one === 'string'),
  widths: (value) =>
    isObject(value) && Object.values(value).every(Number.isFinite),
  views: (value) => Array.isArray(value) && value.every(isView),
  facets: (value) => typeof value === 'boolean',
};

let current: Preferences | undefined;
const listeners = new Set<() => void>();

/** The choices as they are now; what cannot be used counts as not chosen. */
export function preferences(): Preferences {
  return (current ??= usable(kept()));
}

export function setPreferences(change: Partial<Preferences>): void {
  const text = kept();
  // Another window may have kept something since.
  current = { ...(text === null ? preferences() : usable(text)), ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // A browser that keeps nothing: chosen until the page is left.
  }
  tellAll();
}

/** The choices, and shows anew when they change, also in another window. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

/** Choices out of what a browser kept, whatever that is. */
export function usable(text: string | null): Preferences {
  const found = parsed(text);
  const names = Object.keys(DEFAULTS) as (keyof Preferences)[];
  const good = names.filter(
    (name) => Object.hasOwn(found, name) && isUsable[name](found[name]),
  );
  return {
    ...DEFAULTS,
    ...Object.fromEntries(good.map((name) => [name, found[name]])),
  };
}

function parsed(text: string | null): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(text ?? '{}');
    return isObject(found) ? found : {};
  } catch {
    return {};
  }
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Its address leads to the explorer and nowhere else. */
function isView(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value['name'] === 'string' &&
    typeof value['search'] === 'string' &&
    /^\/(\?|$)/.test(value['search'])
  );
}

function tellAll(): void {
  for (const listener of listeners) listener();
}

function onStorage({ key }: StorageEvent): void {
  if (key !== KEY && key !== null) return;
  current = undefined;
  tellAll();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener('storage', onStorage);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener('storage', onStorage);
  };
}
