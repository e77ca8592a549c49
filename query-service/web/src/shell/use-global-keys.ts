import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { screens } from '../routes';
import { isTyping } from './is-typing';

/** How long the second key of two may take. */
const SECOND_KEY_MS = 1_200;

/** Ctrl-K or Cmd-K for the commands, `?` for the keys, and those of the screens, such as `g e`. */
export function useGlobalKeys(open: (what: 'commands' | 'keys') => void): void {
  const [, go] = useLocation();
  useEffect(() => {
    let first = { key: '', at: 0 };
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        open('commands');
        return;
      }
      if (isTyping(event)) return;
      if (event.key === '?') return open('keys');
      const isSecond = event.timeStamp - first.at < SECOND_KEY_MS;
      const keys = isSecond ? `${first.key} ${event.key}` : event.key;
      first = { key: event.key, at: event.timeStamp };
      const target = screens.find(({ shortcut }) => shortcut === keys);
      if (target) go(target.path);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [go, open]);
}
