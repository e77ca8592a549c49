import { preferences } from '../preferences';
import type { Preferences } from '../preferences';
import { setPreferences } from '../preferences';

/** Shows the page in the theme that was chosen before. */
export function followTheme(): void {
  show(preferences().theme);
}

export function chooseTheme(theme: Preferences['theme']): void {
  setPreferences({ theme });
  show(theme);
}

function show(theme: Preferences['theme']): void {
  document.documentElement.dataset['theme'] = theme;
}
