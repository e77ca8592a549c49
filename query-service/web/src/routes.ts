import { lazy } from 'react';
import type { ComponentType } from 'react';

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

/** All screens, in the order of the navigation. Each is fetched when it is first shown. */
export const screens: readonly Screen[] = [
  {
    path: '/',
    label: 'Explorer',
    shortcut: 'g e',
    Screen: lazy(async () => ({
      default: (await import('./explorer/explorer')).Explorer,
    })),
  },
  {
    path: '/actor',
    Screen: lazy(async () => ({
      default: (await import('./subject/actor-page')).ActorPage,
    })),
  },
  {
    path: '/entity',
    Screen: lazy(async () => ({
      default: (await import('./subject/entity-page')).EntityPage,
    })),
  },
  {
    path: '/settings/external-access',
    label: 'External access',
    group: 'Settings',
    shortcut: 'g x',
    Screen: lazy(async () => ({
      default: (await import('./settings/access/external-access'))
        .ExternalAccess,
    })),
  },
  {
    path: '/settings/plugins',
    label: 'Plugins',
    group: 'Settings',
    shortcut: 'g p',
    Screen: lazy(async () => ({
      default: (await import('./settings/plugins/plugins')).Plugins,
    })),
  },
  {
    path: '/settings/plugins/audit-log/:tab?',
    Screen: lazy(async () => ({
      default: (await import('./settings/plugins/audit-log-settings'))
        .AuditLogSettings,
    })),
  },
  {
    path: '/health',
    label: 'Health',
    shortcut: 'g h',
    Screen: lazy(async () => ({
      default: (await import('./health/health')).Health,
    })),
  },
];
