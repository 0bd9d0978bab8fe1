import { TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { copiesQuery, type MadeCopy, withdrawCopy } from './apart.queries.ts';

/** The copies of a record that stand: what each says, why, for whom; each can be taken back. */
export function CopiesMade({ id, party }: { id: string; party: string }) {
  const made = useQuery(copiesQuery(id)).data?.filter(({ partyId }) => partyId === party) ?? [];
  if (made.length === 0) return null;
  return (
    <ul className="copies-made">
      {made.map((copy) => (
        <li key={copy.id} className="sheet stack">
          <OneCopy copy={copy} />
        </li>
      ))}
    </ul>
  );
}

function OneCopy({ copy }: { copy: MadeCopy }) {
  const [reason, setReason] = useState<string | null>(null);
  const queries = useQueryClient();
  const withdrawing = useMutation({
    mutationFn: (why: string) => withdrawCopy(copy.id, why),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <>
      <p className="small">
        {t(`copy.stands.${copy.use}`, { date: dateOf(copy.madeAt), reason: copy.reason })}
      </p>
      <details>
        <summary>{t('copy.read')}</summary>
        <pre className="copy-preview">{`${copy.subject ?? ''}\n\n${copy.words}`.trim()}</pre>
      </details>
      {reason === null ? (
        <p>
          <button type="button" className="link-button" onClick={() => setReason('')}>
            {t('copy.withdraw')}
          </button>
        </p>
      ) : (
        <div className="row">
          <TextInput
            aria-label={t('copy.withdrawWhy')}
            placeholder={t('copy.withdrawWhy')}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <button
            type="button"
            className="action"
            disabled={reason.trim() === ''}
            {...staying(withdrawing.isPending)}
            onClick={() => withdrawing.mutate(reason)}
          >
            {t('copy.withdrawNow')}
          </button>
        </div>
      )}
      {withdrawing.error && (
        <p className="notice" role="alert">
          {problemWords(withdrawing.error)}
        </p>
      )}
    </>
  );
}
