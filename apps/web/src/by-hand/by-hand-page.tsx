import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { partyQuery } from '../client/client.queries.ts';
import { interactionQuery } from '../interaction/interaction.queries.ts';
import { useSession } from '../session/session.queries.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { t } from '../words/t.ts';
import { ByHandForm } from './by-hand-form.tsx';
import { Corrected } from './corrected.tsx';
import { draftKey } from './draft.store.ts';
import type { Kind } from './draft.ts';
import { type Kept, Recorded } from './recorded.tsx';
import './by-hand.css';

const route = getRouteApi('/by-hand');

/** What happened is recorded by hand; when it is, the page says what can follow. */
export function ByHandPage() {
  const { kind = 'call', party, corrects } = route.useSearch();
  const [kept, setKept] = useState<Kept | null>(null);
  const member = useSession().data?.member?.name ?? '';
  const known = useQuery({ ...partyQuery(party ?? ''), enabled: party !== undefined, throwOnError: true });
  const corrected = useQuery({
    ...interactionQuery(corrects ?? ''),
    enabled: corrects !== undefined,
    throwOnError: true,
  });
  const isWaiting = (party !== undefined && !known.data) || (corrects !== undefined && !corrected.data);
  const who = known.data?.name ?? corrected.data?.row.parties[0]?.name ?? '';
  // Another start is another form: the key throws the old one away.
  const start = [kind, who, corrects].join('/');
  return (
    <div className="page page-narrow stack by-hand">
      <PageTitle says={t('byhand.title')} />
      {kept ? (
        <Recorded kept={kept} onAnother={() => setKept(null)} />
      ) : (
        <>
          <h1>{corrects ? t('byhand.correct') : t('byhand.title')}</h1>
          {corrected.data ? (
            <Corrected interaction={corrected.data} />
          ) : (
            <p className="small quiet">{t('byhand.notChanged')}</p>
          )}
          {!isWaiting && (
            <ByHandForm
              key={start}
              kind={kind as Kind}
              who={who}
              corrected={corrected.data ?? null}
              draftKey={draftKey(member, corrects ?? null)}
              onKept={setKept}
            />
          )}
        </>
      )}
    </div>
  );
}
