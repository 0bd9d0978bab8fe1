import { Button } from '@mantine/core';
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { PaneTitle } from '../client/pane-title.tsx';
import { listCases, registerComplaint } from '../generated/sdk.gen.ts';
import { toast } from '../shell/toasts.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { wordsOf } from './act.tsx';
import { pointQuery } from './casefile.queries.ts';
import { type Picked, PickPoints } from './pick-points.tsx';
import { type Asked, askedOf, citeIn, localMinute, startsWith, WAYS, type Way } from './registering.ts';
import '../paste/paste.css';
import './casefile.css';

const route = getRouteApi('/clients/$partyId/register-complaint');

/** Registers a complaint: the points it makes, the record it came with, and what they want, in their words. */
export function RegisterPanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const [points, setPoints] = useState<Picked>(new Map());
  const asked = useAsked(partyId, points);
  const registering = useMutation({
    mutationFn: (fields: FormData) => register(partyId, points, asked, fields),
    onSuccess: async ({ id, number }) => {
      toast(t('complaint.nowRegistered', { number }));
      await queries.invalidateQueries();
      await navigate({ to: '/complaints/$complaintId', params: { complaintId: id } });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    registering.mutate(new FormData(event.currentTarget));
  };
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  return (
    <section className="casefile-pane stack" aria-labelledby="register-complaint">
      <PaneTitle
        id="register-complaint"
        says={t('complaint.registerNew')}
        closeSays={t('casefile.close')}
        onClose={leave}
      />
      <form className="stack" onSubmit={submit}>
        <PickPoints partyId={partyId} picked={points} onPick={setPoints} />
        {points.size === 0 && <p className="small quiet">{t('complaint.pickFirst')}</p>}
        {asked[0] && <Fields key={asked[0].cite.interactionId} asked={asked} partyId={partyId} />}
        {registering.error && (
          <p className="notice" role="alert">
            {problemWords(registering.error)}
          </p>
        )}
        <div className="row">
          <Button type="submit" loading={registering.isPending} disabled={asked.length === 0}>
            {t('complaint.registerNow')}
          </Button>
        </div>
      </form>
    </section>
  );
}

/** The words in which the picked points were asked first. */
function useAsked(partyId: string, points: Picked): readonly Asked[] {
  const found = useQueries({ queries: [...points.values()].map((number) => pointQuery(partyId, number)) });
  return found.flatMap(({ data }) => (data ? askedOf(data) : []));
}

function Fields({ asked, partyId }: { asked: readonly Asked[]; partyId: string }) {
  const [remedy, setRemedy] = useState('');
  const cases = useQuery({
    queryKey: ['cases', 'few', partyId],
    queryFn: ({ signal }) => listCases({ query: { party: partyId, limit: 50 }, signal }),
  }).data?.items;
  return (
    <>
      <label className="field">
        {t('complaint.cameWith')}
        <select name="cite">
          {asked.map(({ cite, number }, at) => (
            <option
              key={`${cite.interactionId}-${cite.start}`}
              value={at}
            >{`#${number} “${cite.quote}”`}</option>
          ))}
        </select>
      </label>
      <label className="field">
        {t('complaint.received')}
        <input type="datetime-local" name="received" required defaultValue={localMinute(startsWith(asked))} />
      </label>
      <label className="field">
        {t('complaint.way')}
        <select name="way">
          {WAYS.map((way) => (
            <option key={way} value={way}>
              {t(`complaintway.${way}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {t('complaint.remedy')}
        <textarea
          name="remedy"
          rows={2}
          required
          value={remedy}
          onChange={(event) => setRemedy(event.currentTarget.value)}
        />
      </label>
      <p className="small quiet">
        {asked.map(({ cite, number }) => (
          <button
            key={`${cite.interactionId}-${cite.start}`}
            type="button"
            className="link-button remedy-from"
            onClick={() => setRemedy(cite.quote)}
          >
            {t('complaint.takeWords', { number })}
          </button>
        ))}
        {remedy.trim() !== '' && (citeIn(asked, remedy) ? t('complaint.cited') : t('complaint.notCited'))}
      </p>
      {cases && cases.length > 0 && (
        <label className="field">
          {t('complaint.inCase')}
          <select name="case">
            <option value="">{t('complaint.noCase')}</option>
            {cases.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

function register(
  partyId: string,
  points: Picked,
  asked: readonly Asked[],
  fields: FormData,
): Promise<{ id: string; number: string }> {
  const remedy = wordsOf(fields, 'remedy');
  return registerComplaint({
    path: { id: partyId },
    body: {
      case: wordsOf(fields, 'case') || null,
      receivedAt: new Date(wordsOf(fields, 'received')).toISOString(),
      way: wordsOf(fields, 'way') as Way,
      cite: asked[Number(wordsOf(fields, 'cite'))]!.cite,
      remedy,
      remedyCite: citeIn(asked, remedy),
      points: [...points.keys()],
    },
  });
}
