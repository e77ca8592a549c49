import { Monitor, Moon, Sun } from 'lucide-react';
import { Button } from '../components/button';
import { Menu } from '../components/menu';
import { usePreferences } from '../preferences';
import { chooseTheme } from './theme';

/** Themes with what they are called. */
export const themes = [
  ['system', 'As the system', Monitor],
  ['light', 'Light', Sun],
  ['dark', 'Dark', Moon],
] as const;

/** Light, dark, or as the system is. */
export function ThemeMenu() {
  const { theme } = usePreferences();
  const [, name, Icon] = themes.find(([id]) => id === theme) ?? themes[0];
  return (
    <Menu
      label="Theme"
      selectionMode="single"
      selected={[theme]}
      trigger={
        <Button look="quiet" isIcon aria-label={`Theme: ${name}`}>
          <Icon size={16} aria-hidden />
        </Button>
      }
      entries={themes.map(([id, label, ThemeIcon]) => ({
        id,
        label,
        icon: <ThemeIcon size={14} aria-hidden />,
        onAction: () => chooseTheme(id),
      }))}
    />
  );
}
