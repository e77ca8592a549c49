import {
  acceptCompletion,
  autocompletion,
  completionStatus,
  moveCompletionSelection,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { linter } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { parseLine } from '../../query/parse-line';
import { completeLine } from './complete-line';
import type { Suggestion } from './suggest-values';
import { lineTheme } from './line-theme';

export interface EditorOptions {
  /** Enter was pressed, or the line was left. */
  onSubmit: (line: string) => void;
  onChange: () => void;
  suggest: (field: string, typed: string) => Promise<Suggestion[]>;
}

export interface EditorHandle {
  /** Shows a line that came from elsewhere, unless it is there already. */
  show: (line: string) => void;
  close: () => void;
}

/**
 * An editor of one line. It lives in a shadow root: there CodeMirror brings its styles as a constructed style sheet,
 * which the policy of the page allows, while a style element would be refused.
 */
export function createEditor(
  host: HTMLElement,
  { onSubmit, onChange, suggest }: EditorOptions,
): EditorHandle {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const submit = (view: EditorView) => {
    onSubmit(view.state.doc.toString());
    return true;
  };
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      extensions: [
        oneLine,
        history(),
        autocompletion({
          override: [completeLine(suggest)],
          icons: false,
          activateOnTyping: true,
          // Enter searches for what is written, unless somebody has chosen another text by the arrows.
          selectOnOpen: false,
          defaultKeymap: true,
        }),
        Prec.high(
          keymap.of([
            {
              key: 'Enter',
              run: (one) =>
                (completionStatus(one.state) === 'active' &&
                  acceptCompletion(one)) ||
                submit(one),
            },
            {
              key: 'Tab',
              run: (one) =>
                completionStatus(one.state) === 'active' &&
                (acceptCompletion(one) || acceptFirst(one)),
            },
            {
              key: 'Escape',
              run(one) {
                if (completionStatus(one.state) !== null) return false;
                one.contentDOM.blur();
                return true;
              },
            },
          ]),
        ),
        keymap.of([...historyKeymap, ...defaultKeymap]),
        linter(({ state }) =>
          parseLine(state.doc.toString()).problems.map((problem) => ({
            ...problem,
            severity: 'error' as const,
          })),
        ),
        placeholder('plugin:catalog -status:succeeded "not allowed"'),
        EditorView.contentAttributes.of({
          'aria-label':
            'Search: key:value, minus for not, quotation marks around phrases; Enter searches',
          spellcheck: 'false',
          tabindex: '0',
          autocapitalize: 'off',
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange();
        }),
        EditorView.domEventHandlers({
          blur: (_event, one) => void submit(one),
          focus: (_event, one) =>
            void (one.state.doc.length === 0 && startCompletion(one)),
        }),
        lineTheme,
      ],
    }),
  });
  return {
    show(line) {
      if (view.state.doc.toString() === line) return;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: line },
        selection: { anchor: line.length },
      });
    },
    close: () => view.destroy(),
  };
}

/** Takes the first completion, when none was chosen. */
function acceptFirst(view: EditorView): boolean {
  return moveCompletionSelection(true)(view) && acceptCompletion(view);
}

/** What is pasted in several lines becomes one. */
const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (transaction.newDoc.lines === 1) return transaction;
  const text = transaction.newDoc.toString().replaceAll(/\s*\n\s*/g, ' ');
  return {
    changes: { from: 0, to: transaction.startState.doc.length, insert: text },
    selection: { anchor: text.length },
  };
});
