import { ListFilter } from 'lucide-react';
import { Button } from '../../components/button';
import { EmptyState } from '../../components/empty-state';
import { CodeBlock } from '../../components/code-block';
import type { CommentedRule } from './edit-text';

const RULE = { actorId: 'plugin:*', eventId: 'entity-fetch' };
const YAML = `excludeRules:
  - actorId: plugin:*
    eventId: entity-fetch`;

/** How to keep the usual noise out, while there is no rule. */
export function FirstRule({
  onAdd,
}: {
  onAdd: ((rule: CommentedRule) => void) | undefined;
}) {
  return (
    <EmptyState icon={<ListFilter />} title="No rule: everything is stored">
      <p>
        Plugins read the catalog all day long. To keep every plugin&apos;s{' '}
        <code>entity-fetch</code> out, write this below and save:
      </p>
      <CodeBlock text={YAML} label="Rule for the reads of plugins" />
      {onAdd && (
        <Button
          onPress={() =>
            onAdd({
              rule: RULE,
              comment: 'Plugins read the catalog all the time',
            })
          }
        >
          Put it in
        </Button>
      )}
    </EmptyState>
  );
}
