import type { ComponentType } from 'react';
import { fetched } from './components/fetched';
import { Skeleton } from './components/skeleton';
import { Explorer } from './explorer/explorer';

/** A screen of the page. */
export interface Screen {
  /** As wouter matches it; the query service answers its path with the page (`query-service/src/page/client-paths.ts`). */
  path: string;
  /** What the navigation and the command palette call it; undefined for one that only links lead to. */
  label?: string | undefined;
  /** Under which heading of the navigation. */
  group?: 'Settings' | undefined;
  /** Keys that lead there from anywhere, one after the other. */
  shortcut?: string | undefined;
  Screen: ComponentType;
}

const screen = (load: () => Promise<ComponentType>) =>
  fetched(load, <Skeleton lines={8} />);

/**
 * All screens, in the order of the navigation. The explorer, which nearly everybody opens first, comes with the page; each of
 * the others is fetched when it is first shown.
 */
export const screens: readonly Screen[] = [
  {
    path: '/',
    label: 'Explorer',
    shortcut: 'g e',
    Screen: Explorer,
  },
  {
    path: '/actor',
    Screen: screen(
      async () => (await import('./subject/actor-page')).ActorPage,
    ),
  },
  {
    path: '/entity',
    Screen: screen(
      async () => (await import('./subject/entity-page')).EntityPage,
    ),
  },
  {
    path: '/settings/external-access',
    label: 'External access',
    group: 'Settings',
    shortcut: 'g x',
    Screen: screen(
      async () =>
        (await import('./settings/access/external-access')).ExternalAccess,
    ),
  },
  {
    path: '/settings/plugins',
    label: 'Plugins',
    group: 'Settings',
    shortcut: 'g p',
    Screen: screen(
      async () => (await import('./settings/plugins/plugins')).Plugins,
    ),
  },
  {
    path: '/settings/plugins/audit-log/:tab?',
    Screen: screen(
      async () =>
        (await import('./settings/plugins/audit-log-settings'))
          .AuditLogSettings,
    ),
  },
  {
    path: '/health',
    label: 'Health',
    shortcut: 'g h',
    Screen: screen(async () => (await import('./health/health')).Health),
  },
];
