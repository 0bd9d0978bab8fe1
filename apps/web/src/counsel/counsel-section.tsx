import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Act, Why, wordsOf } from '../casefile/act.tsx';
import { endCounsel, inviteCounsel, withdrawCounselInvitation } from '../generated/sdk.gen.ts';
import type { Counsel, Invited } from '../generated/types.gen.ts';
import { queries } from '../queries.ts';
import { InvitedNow } from '../session/invited-now.tsx';
import { useSession } from '../session/session.queries.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { counselQuery } from './counsel.queries.ts';

/** Who of outside sees this case: asked in until a day, and shown out at any time. Owners and managers see to it. */
export function CounselSection({ caseId }: { caseId: string }) {
  const role = useSession().data?.member?.role;
  return role === 'owner' || role === 'manager' ? <LetIn caseId={caseId} /> : null;
}

function LetIn({ caseId }: { caseId: string }) {
  const [invited, setInvited] = useState<Invited | null>(null);
  const found = useQuery(counselQuery(caseId)).data;
  const ask = async (fields: FormData) => {
    const body = { name: wordsOf(fields, 'name'), day: wordsOf(fields, 'day') };
    setInvited(await inviteCounsel({ path: { id: caseId }, body }));
  };
  const isOpen = invited !== null && found?.invitations.some(({ id }) => id === invited.id);
  return (
    <section className="section" aria-labelledby="case-counsel">
      <h2 id="case-counsel">{t('counsel.title')}</h2>
      <p className="small quiet">{t('counsel.what')}</p>
      {found && <People caseId={caseId} found={found} />}
      <Act says={t('counsel.invite')} run={ask}>
        <label className="field">
          {t('people.whom')}
          <input name="name" maxLength={80} />
        </label>
        <label className="field">
          {t('counsel.day')}
          <input name="day" type="date" required />
        </label>
      </Act>
      {isOpen && <InvitedNow invited={invited} />}
    </section>
  );
}

function People({ caseId, found: { people, invitations } }: { caseId: string; found: Counsel }) {
  if (people.length + invitations.length === 0) return null;
  return (
    <ul className="sheet lines">
      {people.map(({ id, name, until, leftAt, isHere }) => (
        <li key={id} className="line-block">
          <strong>{name}</strong>{' '}
          <span className="small quiet">
            {isHere
              ? t('counsel.seesUntil', { date: dateOf(until) })
              : t('counsel.sawUntil', { date: dateOf(leftAt ?? until) })}
          </span>
          {isHere && (
            <Act
              says={t('counsel.end')}
              run={(fields) =>
                endCounsel({
                  path: { id: caseId, memberId: id },
                  body: { reason: wordsOf(fields, 'reason') },
                })
              }
            >
              <p className="small">{t('people.endSays', { name })}</p>
              <Why />
            </Act>
          )}
        </li>
      ))}
      {invitations.map(({ id, name, until }) => (
        <li key={id} className="line-block">
          <strong>{name || t('people.nameless')}</strong>{' '}
          <span className="small quiet">
            {t('people.waiting')} · {t('counsel.seesUntil', { date: dateOf(until) })}
          </span>{' '}
          <Withdraw caseId={caseId} id={id} />
        </li>
      ))}
    </ul>
  );
}

function Withdraw({ caseId, id }: { caseId: string; id: string }) {
  const withdrawing = useMutation({
    mutationFn: () => withdrawCounselInvitation({ path: { id: caseId, invitationId: id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: counselQuery(caseId).queryKey }),
  });
  return (
    <>
      <button type="button" className="action" onClick={() => withdrawing.mutate()}>
        {t('people.withdraw')}
      </button>
      {withdrawing.error && (
        <p className="notice" role="alert">
          {problemWords(withdrawing.error)}
        </p>
      )}
    </>
  );
}
