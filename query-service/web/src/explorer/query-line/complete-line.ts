import type {
  Completion,
  CompletionContext,
  CompletionResult,
} from '@codemirror/autocomplete';
import { completionAt } from '../../query/completion-at';
import { fieldNames, fields } from '../../query/fields';
import { formatValue } from '../../query/format-line';
import { exactly } from '../../query/search';
import { count as printCount } from '../../text/count';
import type { Suggestion } from './suggest-values';

/** How long somebody must stop typing before values are asked for, in milliseconds. */
const PAUSE_MS = 120;

/** Completes keys, and values with how many events have them. */
export function completeLine(
  suggest: (field: string, typed: string) => Promise<Suggestion[]>,
) {
  return async function complete(
    context: CompletionContext,
  ): Promise<CompletionResult | null> {
    const line = context.state.doc.toString();
    const found = completionAt(line, context.pos);
    if (!found) return null;
    if (found.kind === 'key')
      return { from: found.from, options: keys, validFor: /^[\w.]*$/ };
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (context.aborted) return null;
    const values = await suggest(found.field, found.typed).catch(() => []);
    return {
      from: found.from,
      filter: false,
      options: values.map(({ value, count }) => ({
        label: value,
        ...(count !== undefined && { detail: printCount(count) }),
        apply: `${formatValue(found.field, found.field === 'has' ? value : exactly(value))} `,
      })),
    };
  };
}

const keys: readonly Completion[] = [
  ...fieldNames.map((name, index) => ({
    label: fields[name].key,
    detail: fields[name].label,
    apply: `${fields[name].key}:`,
    // In the order of the table: what is asked for most comes first.
    boost: -index,
  })),
  { label: 'has', detail: 'A field is there', apply: 'has:', boost: -50 },
  { label: 'meta.', detail: 'A place in meta', apply: 'meta.', boost: -51 },
];
