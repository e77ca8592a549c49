import { EditorView } from '@codemirror/view';

/** The look of the YAML, in the tokens of the page. */
export const yamlTheme = EditorView.theme({
  '&': { fontSize: 'var(--text-m)', backgroundColor: 'var(--surface)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-1px' },
  '.cm-scroller': {
    fontFamily: 'var(--mono)',
    minHeight: '14rem',
    maxHeight: '32rem',
    lineHeight: '1.6',
  },
  '.cm-content': { caretColor: 'var(--text)', padding: '0.5rem 0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--surface-sunken)',
    color: 'var(--text-muted)',
    border: 'none',
  },
  '.cm-tooltip': {
    maxWidth: '36rem',
    border: '1px solid var(--border)',
    borderRadius: 'var(--radius)',
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--text)',
    fontFamily: 'var(--font)',
    boxShadow: 'var(--shadow)',
  },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--failed)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--failed) 1px',
    textUnderlineOffset: '3px',
  },
});
