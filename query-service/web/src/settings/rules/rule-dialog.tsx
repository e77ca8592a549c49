import { useState } from 'react';
import type { WrittenRule } from '../../api/rules';
import { Button } from '../../components/button';
import { Callout } from '../../components/callout';
import { Checkbox } from '../../components/checkbox';
import { Dialog } from '../../components/dialog';
import layout from '../../components/stack.module.css';
import { TextField } from '../../components/text-field';
import type { CommentedRule } from './edit-text';
import { ruleFields } from './rule-fields';

/** How many of the keys are offered first; the others are asked for. */
const USUAL = 2;

/** One rule as a form. */
export function RuleDialog({
  rule: { rule, comment },
  isNew,
  onApply,
  onClose,
}: {
  rule: CommentedRule;
  isNew: boolean;
  onApply: (rule: CommentedRule) => void;
  onClose: () => void;
}) {
  const [changed, setChanged] = useState(rule);
  const [why, setWhy] = useState(comment ?? '');
  const [hasMore, setMore] = useState(
    ruleFields.slice(USUAL).some(([key]) => rule[key] !== undefined),
  );
  const patterns = ruleFields.map(([key]) => changed[key] ?? '').join('');
  const isBroad = patterns !== '' && !/[\p{L}\p{N}]/u.test(patterns);
  const isAcknowledged = changed.acknowledgeBroad === true;
  return (
    <Dialog
      title={isNew ? 'New rule' : 'Change the rule'}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            isDisabled={patterns === '' || (isBroad && !isAcknowledged)}
            onPress={() =>
              onApply({
                rule: written(changed, isBroad),
                comment: why.trim() || null,
              })
            }
          >
            {isNew ? 'Add rule' : 'Update rule'}
          </Button>
        </>
      }
    >
      <p>
        An event of which all of this is so is not stored. <code>*</code> stands
        for anything up to the next <code>/</code>, <code>**</code> goes over
        slashes, <code>?</code> is one character.
      </p>
      <div className={layout.fields}>
        {ruleFields
          .slice(0, hasMore ? undefined : USUAL)
          .map(([key, label, example]) => (
            <TextField
              key={key}
              label={label}
              placeholder={`such as ${example}`}
              value={changed[key] ?? ''}
              onChange={(pattern) =>
                setChanged({ ...changed, [key]: pattern || undefined })
              }
            />
          ))}
      </div>
      {!hasMore && (
        <Button look="quiet" onPress={() => setMore(true)}>
          More to match: severity, status, request ...
        </Button>
      )}
      {isNew && (
        <TextField
          label="Why"
          description="Stands above the rule as a comment"
          value={why}
          onChange={setWhy}
        />
      )}
      {isBroad && (
        <Callout tone="warning">
          <p>Without any letter or digit it keeps nearly every event out.</p>
          <Checkbox
            label="That is meant"
            isSelected={isAcknowledged}
            onChange={(is) =>
              setChanged({ ...changed, acknowledgeBroad: is || undefined })
            }
          />
        </Callout>
      )}
    </Dialog>
  );
}

/** As the API takes it: keys in their order, and the word of a broad rule only on one. */
function written(rule: WrittenRule, isBroad: boolean): WrittenRule {
  const patterns = ruleFields.flatMap(([key]) => {
    const pattern = rule[key];
    return pattern === undefined ? [] : [[key, pattern] as const];
  });
  return {
    ...Object.fromEntries(patterns),
    ...(isBroad && { acknowledgeBroad: true }),
  };
}
