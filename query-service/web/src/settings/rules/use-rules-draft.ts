import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../api/request';
import { fetchRulesText, putRules, RULES_KEY } from '../../api/rules';
import type { RulesText } from '../../api/rules';
import { showToast } from '../../components/toast';

/** The rules as somebody is changing them, over those that were fetched. */
export function useRulesDraft(fetched: RulesText) {
  const client = useQueryClient();
  const [base, setBase] = useState(fetched);
  const [text, setText] = useState(fetched.yaml);
  /** What somebody else made of the rules meanwhile. */
  const [theirs, setTheirs] = useState<RulesText>();
  const isChanged = text !== base.yaml;
  // Nobody is changing them here: what came anew is shown.
  if (!isChanged && fetched.etag !== base.etag) {
    setBase(fetched);
    setText(fetched.yaml);
  }

  const save = useMutation({
    mutationFn: (etag: string) => putRules(text, etag),
    async onSuccess() {
      const now = await fetchRulesText();
      setBase(now);
      setText(now.yaml);
      setTheirs(undefined);
      client.setQueryData([...RULES_KEY, 'text'], now);
      await client.invalidateQueries({ queryKey: RULES_KEY });
      showToast('Saved; in force in every receiver within two seconds');
    },
    async onError(error) {
      if (!(error instanceof ApiError) || error.status !== 412) return;
      const now = await fetchRulesText();
      client.setQueryData([...RULES_KEY, 'text'], now);
      setTheirs(now);
    },
  });

  return {
    base,
    text,
    setText,
    isChanged,
    theirs,
    isSaving: save.isPending,
    error: theirs ? null : save.error,
    save: () => save.mutate(base.etag),
    discard: () => setText(base.yaml),
    /** After a conflict: theirs stay as they are, and mine are changed on. */
    resolve(how: 'theirs' | 'mine') {
      if (!theirs) return;
      if (how === 'theirs') setText(theirs.yaml);
      setBase(theirs);
      setTheirs(undefined);
      save.reset();
    },
  };
}

export type RulesDraft = ReturnType<typeof useRulesDraft>;
