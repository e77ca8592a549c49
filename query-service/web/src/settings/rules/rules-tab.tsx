import { useRules, useRulesText } from '../../api/rules';
import { Failure } from '../../components/failure';
import { Skeleton } from '../../components/skeleton';
import layout from '../../components/stack.module.css';
import { FileRules } from './file-rules';
import { RuleHistory } from './rule-history';
import { RulesEditor } from './rules-editor';

/** What is not stored, and what that cost. */
export function RulesTab() {
  const text = useRulesText();
  const list = useRules();
  // What is there stays when it cannot be fetched again: somebody may be changing it.
  const error =
    (text.data ? null : text.error) ?? (list.data ? null : list.error);
  if (error)
    return (
      <Failure
        error={error}
        onRetry={() => {
          void text.refetch();
          void list.refetch();
        }}
      />
    );
  if (!text.data) return <Skeleton lines={10} />;
  return (
    <div className={layout.stack}>
      <RulesEditor fetched={text.data} listed={list.data} />
      {list.data && <FileRules rules={list.data} />}
      <RuleHistory />
    </div>
  );
}
