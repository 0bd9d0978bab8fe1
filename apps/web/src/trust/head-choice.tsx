import { useMutation, useQuery } from '@tanstack/react-query';
import { useSession } from '../session/session.queries.ts';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { chooseHeadFor, headChoiceQuery } from './trust.queries.ts';

/** Whether letters to this client carry the hash of the signed head; off until the owner says so. */
export function HeadChoice({ partyId }: { partyId: string }) {
  const choice = useQuery(headChoiceQuery(partyId)).data;
  const choosing = useMutation({
    mutationFn: (carries: boolean) => chooseHeadFor(partyId, carries),
  });
  const isOwner = useSession().data?.member?.role === 'owner';
  if (!choice) return null;
  return (
    <>
      <label>
        <input
          type="checkbox"
          checked={choice.carries}
          disabled={!isOwner}
          {...staying(choosing.isPending)}
          onChange={(event) => choosing.mutate(event.currentTarget.checked)}
        />
        {t('trust.carry')}
        <span className="small quiet under">{t('trust.carry.why')}</span>
      </label>
      {choosing.error && (
        <p className="notice" role="alert">
          {problemWords(choosing.error)}
        </p>
      )}
    </>
  );
}
