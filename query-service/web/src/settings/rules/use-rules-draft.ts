import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError } from '../../api/request';
import { fetchRulesText, putRules, RULES_KEY } from '../../api/rules';
import type { RulesText } from '../../api/rules';
import { showToast } from '../../components/toast';
import { useUnsaved } from '../../components/use-unsaved';

const DRAFT_KEY = ['rules-draft'];

/** A text, and the saved one that it was made of. */
interface Draft {
  base: RulesText;
  text: string;
}

const unchanged = (base: RulesText): Draft => ({ base, text: base.yaml });

/** The rules as somebody is changing them, over those that were fetched. */
export function useRulesDraft(fetched: RulesText) {
  const client = useQueryClient();
  // Whoever looks at another screen meanwhile finds what they wrote when they come back.
  const [{ base, text }, setDraft] = useState<Draft>(
    () => client.getQueryData<Draft>(DRAFT_KEY) ?? unchanged(fetched),
  );
  /** What somebody else made of the rules meanwhile. */
  const [theirs, setTheirs] = useState<RulesText>();
  const isChanged = text !== base.yaml;
  // Nobody is changing them here: what came anew is shown.
  if (!isChanged && fetched.etag !== base.etag) setDraft(unchanged(fetched));

  useEffect(() => {
    client.setQueryDefaults(DRAFT_KEY, { gcTime: Infinity });
    client.setQueryData<Draft>(DRAFT_KEY, { base, text });
  }, [client, base, text]);
  useUnsaved(isChanged);

  const save = useMutation({
    mutationFn: (saved: Draft) => putRules(saved.text, saved.base.etag),
    async onSuccess(_nothing, saved) {
      const now = await fetchRulesText();
      // What was written on meanwhile stays.
      setDraft(({ text: latest }) => ({
        base: now,
        text: latest === saved.text ? now.yaml : latest,
      }));
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
    setText: (next: string) =>
      setDraft((before) => ({ ...before, text: next })),
    isChanged,
    theirs,
    isSaving: save.isPending,
    error: theirs ? null : save.error,
    /** Saves the text as it is here, whatever is written while that takes its time. */
    save: () => save.mutate({ base, text }),
    discard: () => setDraft(unchanged(base)),
    /** After a conflict: theirs stay as they are, and mine are changed on. */
    resolve(how: 'theirs' | 'mine') {
      if (!theirs) return;
      setDraft({ base: theirs, text: how === 'theirs' ? theirs.yaml : text });
      setTheirs(undefined);
      save.reset();
    },
  };
}

export type RulesDraft = ReturnType<typeof useRulesDraft>;
