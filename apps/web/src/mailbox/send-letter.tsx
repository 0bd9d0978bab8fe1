import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { send, sendingsQuery } from './mailbox.queries.ts';
import { SendingList } from './sending-view.tsx';

type Given = { procedureId: string; letter: string; confirmedNames: string[] };

/** A finished letter leaves by our own mailbox, when there is one that can send. */
export function SendLetter({ procedureId, letter, confirmedNames }: Given) {
  const { data } = useQuery(sendingsQuery({ procedure: procedureId }));
  const [asksOpened, setAsks] = useState(false);
  const sending = useMutation({ mutationFn: send });
  if (!data?.canSend && data?.items.length === 0) return null;
  return (
    <div className="stack">
      {data?.canSend && (
        <div className="row">
          <button
            type="button"
            className="action"
            {...staying(sending.isPending)}
            onClick={() => sending.mutate({ procedureId, letter, confirmedNames, asksOpened })}
          >
            {sending.isPending ? t('sending.leaving') : t('sending.send')}
          </button>
          <label className="row">
            <input
              type="checkbox"
              checked={asksOpened}
              onChange={(event) => setAsks(event.currentTarget.checked)}
            />
            {t('sending.asksOpened')}
          </label>
        </div>
      )}
      {sending.error && (
        <p className="notice" role="alert">
          {problemWords(sending.error)}
        </p>
      )}
      <SendingList of={{ procedure: procedureId }} />
    </div>
  );
}
