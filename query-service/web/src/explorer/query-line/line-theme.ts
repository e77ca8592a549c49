import { EditorView } from '@codemirror/view';

/** The look of the line and of its completions, in the tokens of the page. */
export const lineTheme = EditorView.theme({
  '&': { fontSize: 'var(--text-m)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-content': {
    fontFamily: 'var(--mono)',
    // Room behind the cursor at the end of a long line: completions are shown at a place that is in sight.
    padding: '0 0.75rem 0 0',
    lineHeight: 'calc(var(--control) - 2px)',
    caretColor: 'var(--text)',
  },
  '.cm-line': { padding: '0' },
  '.cm-scroller': { overflowX: 'auto', scrollbarWidth: 'none' },
  '.cm-placeholder': { color: 'var(--text-muted)' },
  '.cm-tooltip': {
    border: '1px solid var(--border)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--text)',
    boxShadow: 'var(--shadow)',
    marginTop: '4px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--font)',
    maxHeight: '18rem',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    justifyContent: 'space-between',
    gap: '1.5rem',
    padding: '0.2rem 0.6rem',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--selected)',
    color: 'var(--text)',
  },
  '.cm-completionDetail': {
    color: 'var(--text-muted)',
    fontStyle: 'normal',
    fontVariantNumeric: 'tabular-nums',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--failed)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--failed) 1px',
    textUnderlineOffset: '3px',
  },
});
