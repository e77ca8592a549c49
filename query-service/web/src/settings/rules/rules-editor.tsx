import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { Rules, RulesText } from '../../api/rules';
import { useMay } from '../../api/session';
import { Button } from '../../components/button';
import { Callout } from '../../components/callout';
import { Card } from '../../components/card';
import { Skeleton } from '../../components/skeleton';
import { ConflictDialog } from './conflict-dialog';
import { addRule, removeRule, replaceRule } from './edit-text';
import { FirstRule } from './first-rule';
import { RuleDialog } from './rule-dialog';
import { RuleList } from './rule-list';
import styles from './rules.module.css';
import { ruleInAddress } from './rules-address';
import { SaveRules } from './save-rules';
import { TrialCard } from './trial-card';
import { useCarefulSave } from './use-careful-save';
import { useCheck } from './use-check';
import { useRulesDraft } from './use-rules-draft';
import { YamlField } from './yaml-field';

/** The rules as a list of forms and as YAML: one text, of which both are a view. */
export function RulesEditor({
  fetched,
  listed,
}: {
  fetched: RulesText;
  listed: Rules | undefined;
}) {
  const mayWrite = useMay('audit.settings.write');
  const draft = useRulesDraft(fetched);
  const { check, isCurrent, error } = useCheck(draft.text);
  const [open, setOpen] = useState<number | 'new'>();
  const rules = check?.status === 'valid' ? check.rules : undefined;
  const isGood = isCurrent && rules !== undefined;
  const careful = useCarefulSave(draft, rules, listed);
  const inText = { text: draft.text, rules: rules ?? [] };
  const mayChange = mayWrite && isGood;
  const [address, setAddress] = useSearchParams();
  // A link may have begun a rule, such as that of an event that is only noise.
  const begun = useMemo(() => ruleInAddress(address), [address]);
  const opened = open ?? (begun && mayChange ? 'new' : undefined);
  const close = () => {
    setOpen(undefined);
    if (begun) setAddress({}, { replace: true });
  };
  return (
    <>
      <Card
        title="Rules"
        lead="An event that a rule matches is not stored and cannot be found here; it is counted, stays on the console, and other backends still get it."
        actions={
          mayWrite && (
            <Button isDisabled={!isGood} onPress={() => setOpen('new')}>
              <Plus size={14} aria-hidden />
              New rule
            </Button>
          )
        }
      >
        {rules && rules.length > 0 && (
          <RuleList
            rules={rules}
            listed={
              listed?.data.filter(({ source }) => source === 'database') ?? []
            }
            onOpen={mayChange ? setOpen : undefined}
            onRemove={
              mayChange
                ? (index) => draft.setText(removeRule(inText, index))
                : undefined
            }
          />
        )}
        {rules?.length === 0 && (
          <FirstRule
            onAdd={
              mayChange
                ? (rule) => draft.setText(addRule(inText, rule))
                : undefined
            }
          />
        )}
        {!check && !error && <Skeleton lines={4} />}
        {check?.status === 'invalid' && (
          <p className={styles.comment}>
            The YAML below has a mistake; the rules are listed when it is right.
          </p>
        )}
      </Card>
      <div className={styles.columns}>
        <Card title="The same as YAML">
          <YamlField
            text={draft.text}
            check={check}
            isReadOnly={!mayWrite}
            onChange={draft.setText}
          />
          {check?.status === 'invalid' && (
            <Callout tone="bad">{check.reason}</Callout>
          )}
          {error && <Callout tone="bad">{error.message}</Callout>}
          {draft.error && <Callout tone="bad">{draft.error.message}</Callout>}
          {mayWrite && (
            <SaveRules draft={draft} careful={careful} isGood={isGood} />
          )}
        </Card>
        <TrialCard
          trial={careful.trial}
          isTrying={careful.isTrying}
          error={careful.trialError}
          days={careful.days}
          onDays={careful.setDays}
          onTry={isGood ? careful.tryNow : undefined}
          acknowledge={
            draft.isChanged && careful.isWarned
              ? {
                  isSelected: careful.isAcknowledged,
                  onChange: careful.acknowledge,
                }
              : undefined
          }
        />
      </div>
      {opened !== undefined && (
        <RuleDialog
          isNew={opened === 'new'}
          rule={
            opened === 'new'
              ? { rule: begun ?? {}, comment: null }
              : inText.rules[opened]!
          }
          onClose={close}
          onApply={(rule) => {
            draft.setText(
              opened === 'new'
                ? addRule(inText, rule)
                : replaceRule(inText, opened, rule),
            );
            close();
          }}
        />
      )}
      {draft.theirs && (
        <ConflictDialog
          base={draft.base}
          theirs={draft.theirs}
          onResolve={(how) => draft.resolve(how)}
        />
      )}
    </>
  );
}
