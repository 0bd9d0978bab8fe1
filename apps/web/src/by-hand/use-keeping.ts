import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PrivilegeWish } from '../apart/apart.queries.ts';
import { clockNow } from '../words/clock.ts';
import { keepByHand, sendFiles } from './by-hand.queries.ts';
import { isRecording } from './consent.ts';
import { forgetDraft } from './draft.store.ts';
import { bodyOf, type Draft } from './draft.ts';
import type { Kept } from './recorded.tsx';

type Given = {
  draft: Draft;
  files: readonly File[];
  known: readonly { id: string; name: string }[];
  corrects: string | null;
  privilege: PrivilegeWish | null;
  draftKey: string;
  onKept: (kept: Kept) => void;
};

/** Sends the files, then the record. A refusal keeps the draft; the server keeps nothing of it. */
export function useKeeping({ draft, files, known, corrects, privilege, draftKey, onKept }: Given) {
  const [share, setShare] = useState<number | null>(null);
  const queries = useQueryClient();
  const keeping = useMutation({
    mutationFn: async () => {
      setShare(files.length > 0 ? 0 : null);
      const uploads = await sendFiles(files, setShare);
      const hasRecording = files.some(isRecording);
      const body = bodyOf(draft, { known, corrects, uploads, hasRecording, now: clockNow() });
      return keepByHand({ ...body, privilege });
    },
    onSuccess: async ({ id }) => {
      forgetDraft(draftKey);
      await queries.invalidateQueries();
      onKept({ id, kind: draft.kind });
    },
  });
  return { ...keeping, share };
}
