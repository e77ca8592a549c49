const grid = () => document.querySelector<HTMLElement>('[role="grid"]');

/** Back to the list, where the keys walk from row to row. */
export function focusGrid(): void {
  grid()?.focus();
}

/** Gives the list a key as if it had been pressed there: it knows which row comes next. */
export function sendToGrid(key: string): void {
  grid()?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}
