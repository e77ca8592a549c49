import { useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import { signOut } from '../api/session';
import { showToast } from '../components/toast';
import { screens } from '../routes';
import { RULES_PATH } from '../settings/rules/rules-address';
import { chooseTheme } from './theme';
import { themes } from './theme-menu';
import { screenCommands } from './screen-commands';

/** Something that the command palette offers. */
export interface Command {
  label: string;
  shortcut?: string | undefined;
  run: () => void;
}

/** The commands that there are now: of the screen that is shown, and those that are always there. */
export function useCommands(): Command[] {
  const [, go] = useLocation();
  const ofScreen = useSyncExternalStore(
    screenCommands.subscribe,
    screenCommands.get,
  );
  return [
    ...ofScreen,
    ...screens.flatMap(({ label, group, path, shortcut }) =>
      label === undefined
        ? []
        : [
            {
              label: `Go to ${group ? `${group}: ` : ''}${label}`,
              shortcut,
              run: () => go(path),
            },
          ],
    ),
    {
      label: 'Set the token of the API',
      run: () => go('/settings/external-access'),
    },
    { label: 'Exclude events by a rule', run: () => go(RULES_PATH) },
    ...themes.map(([id, name]) => ({
      label: `Theme: ${name}`,
      run: () => chooseTheme(id),
    })),
    {
      label: 'Sign out',
      run: () =>
        void signOut().catch((error: Error) =>
          showToast(error.message, { isError: true }),
        ),
    },
  ];
}
