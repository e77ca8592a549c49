import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics, lintGutter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { yamlTheme } from './yaml-theme';

export interface YamlEditor {
  /** Shows a text that came from elsewhere, unless it is there already. */
  show: (text: string) => void;
  /** Marks the line at which a text is wrong; undefined when it is right. */
  mark: (problem: { line: number; reason: string } | undefined) => void;
  close: () => void;
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: tags.comment, color: 'var(--text-muted)' },
  { tag: tags.string, color: 'var(--succeeded)' },
]);

/**
 * An editor of YAML. It lives in a shadow root: there CodeMirror brings its styles as a constructed style sheet, which the
 * policy of the page allows.
 */
export function createYamlEditor(
  host: HTMLElement,
  text: string,
  {
    isReadOnly,
    onChange,
  }: { isReadOnly: boolean; onChange: (text: string) => void },
): YamlEditor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        yaml(),
        syntaxHighlighting(colours),
        // Tab leaves the editor, as it does any field.
        keymap.of([...historyKeymap, ...defaultKeymap]),
        EditorView.lineWrapping,
        EditorState.readOnly.of(isReadOnly),
        EditorView.contentAttributes.of({
          'aria-label': 'Exclusion rules in YAML',
          spellcheck: 'false',
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
        yamlTheme,
      ],
    }),
  });
  return {
    show(next) {
      if (view.state.doc.toString() === next) return;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: next },
      });
    },
    mark(problem) {
      const { doc } = view.state;
      const line = doc.line(Math.min(problem?.line ?? 1, doc.lines));
      const from = line.from + /^\s*/.exec(line.text)![0].length;
      const found = problem && {
        from,
        to: Math.max(line.to, from),
        severity: 'error' as const,
        message: problem.reason,
      };
      view.dispatch(setDiagnostics(view.state, found ? [found] : []));
    },
    close: () => view.destroy(),
  };
}
