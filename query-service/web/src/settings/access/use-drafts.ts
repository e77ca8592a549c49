import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { TOKENS_KEY } from '../../api/tokens';
import { useUnsaved } from '../../components/use-unsaved';
import { saveDraft } from './draft';
import type { Draft } from './draft';

/** The changes that are not saved yet, by subject. */
export function useDrafts() {
  const client = useQueryClient();
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map());
  const [saved, setSaved] = useState<readonly Draft[]>([]);
  useUnsaved(drafts.size > 0);
  const save = useMutation({
    async mutationFn() {
      for (const draft of drafts.values()) {
        await saveDraft(draft);
        // Each by itself: one that is refused must not have the others saved twice.
        setDrafts((left) => without(left, draft.subject));
        setSaved((done) => [
          ...done,
          { ...draft, secret: draft.secret && '*' },
        ]);
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: TOKENS_KEY }),
  });
  return {
    drafts,
    /** What was saved while the page is open; a secret is only a star in it. */
    saved,
    error: save.error,
    isSaving: save.isPending,
    put(draft: Draft) {
      setSaved([]);
      setDrafts((all) => new Map(all).set(draft.subject, draft));
    },
    discard() {
      save.reset();
      setDrafts(new Map());
    },
    save: () => save.mutate(),
  };
}

function without(
  drafts: ReadonlyMap<string, Draft>,
  subject: string,
): ReadonlyMap<string, Draft> {
  return new Map([...drafts].filter(([one]) => one !== subject));
}
