import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Button } from './button';
import { classes } from './classes';
import styles from './toast.module.css';

interface Toast {
  id: number;
  text: string;
  isError: boolean;
}

/** How long a toast is shown; one that tells of an error stays until it is closed. */
const SHOWN_MS = 6_000;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/**
 * Tells what was done, in one sentence, at the edge of the page.
 *
 * @example
 * showToast('Link copied');
 * showToast(error.message, { isError: true });
 */
export function showToast(text: string, { isError = false } = {}): void {
  const id = ++lastId;
  change([...toasts, { id, text, isError }]);
  if (!isError) setTimeout(() => close(id), SHOWN_MS);
}

/** Where toasts are shown; once, in the shell. */
export function ToastRegion() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <section className={styles.region} aria-label="Notices" aria-live="polite">
      {shown.map(({ id, text, isError }) => (
        <div
          key={id}
          className={classes(styles.toast, isError && styles.error)}
          role={isError ? 'alert' : undefined}
        >
          <p>{text}</p>
          <Button
            look="quiet"
            isIcon
            aria-label="Close this notice"
            onPress={() => close(id)}
          >
            <X size={14} aria-hidden />
          </Button>
        </div>
      ))}
    </section>
  );
}

function close(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
