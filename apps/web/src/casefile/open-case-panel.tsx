import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { PaneTitle } from '../client/pane-title.tsx';
import { openCase } from '../generated/sdk.gen.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { wordsOf } from './act.tsx';
import { CaseFields } from './change-case.tsx';
import { type Picked, PickPoints } from './pick-points.tsx';
import '../paste/paste.css';
import './casefile.css';

const route = getRouteApi('/clients/$partyId/open-case');

/** Opens a case with a client, with the points it is about. */
export function OpenCasePanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const [points, setPoints] = useState<Picked>(new Map());
  const opening = useMutation({
    mutationFn: (fields: FormData) =>
      openCase({
        path: { id: partyId },
        body: {
          title: wordsOf(fields, 'title'),
          wanted: wordsOf(fields, 'wanted') || null,
          points: [...points.keys()],
        },
      }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries();
      await navigate({ to: '/cases/$caseId', params: { caseId: id } });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    opening.mutate(new FormData(event.currentTarget));
  };
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  return (
    <section className="casefile-pane stack" aria-labelledby="open-case">
      <PaneTitle id="open-case" says={t('case.openNew')} closeSays={t('casefile.close')} onClose={leave} />
      <form className="stack" onSubmit={submit}>
        <CaseFields title="" wanted="" />
        <PickPoints partyId={partyId} picked={points} onPick={setPoints} />
        {opening.error && (
          <p className="notice" role="alert">
            {problemWords(opening.error)}
          </p>
        )}
        <div className="row">
          <Button type="submit" loading={opening.isPending}>
            {t('case.openNow')}
          </Button>
        </div>
      </form>
    </section>
  );
}
