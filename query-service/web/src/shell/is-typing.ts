const WRITES = 'input, textarea, select, [contenteditable="true"]';

/** Whether a key belongs to a field, a menu or a window over the page, and so is no shortcut. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  return event
    .composedPath()
    .some(
      (one) =>
        one instanceof HTMLElement &&
        one.matches(
          `${WRITES}, [role="dialog"], [role="menu"], [role="listbox"]`,
        ),
    );
}
