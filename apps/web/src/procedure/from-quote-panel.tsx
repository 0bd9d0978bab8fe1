import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { CitePicker } from '../agreement/cite-picker.tsx';
import { heldCite } from '../agreement/held-cite.ts';
import type { Cite } from '../agreement/shapes.ts';
import { PaneTitle } from '../client/pane-title.tsx';
import { startProcedure } from '../generated/sdk.gen.ts';
import { interactionQuery } from '../interaction/interaction.queries.ts';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { inReaders } from './in-three.ts';
import { packsQuery, type SubjectKind } from './procedure.queries.ts';
import { SourceList } from './source-list.tsx';
import './procedure.css';

const route = getRouteApi('/clients/$partyId/from-quote');

/** What can be begun from words of the record: first the words, then what they call for. */
export function FromQuotePanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const [cite, setCite] = useState<Cite | null>(() => heldCite.get());
  useEffect(() => heldCite.set(() => null), []);
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (before) => before });
  return (
    <section className="procedure stack" aria-labelledby="from-quote-title">
      <PaneTitle
        id="from-quote-title"
        says={t('procedure.fromQuote')}
        closeSays={t('procedure.fromQuoteClose')}
        onClose={leave}
      />
      <p className="small quiet">{t('procedure.fromQuoteHow')}</p>
      <CitePicker
        partyId={partyId}
        side="theirs"
        says={t('procedure.fromQuoteWhich')}
        cite={cite}
        onPick={setCite}
      />
      {cite && <Choices key={cite.interactionId} partyId={partyId} cite={cite} />}
    </section>
  );
}

function Choices({ partyId, cite }: { partyId: string; cite: Cite }) {
  const kind = useQuery({ ...interactionQuery(cite.interactionId), throwOnError: true }).data?.row.kind;
  const { data } = useQuery({ ...packsQuery(kind ?? '', 'quote'), enabled: kind !== undefined });
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const starting = useMutation({
    mutationFn: (pack: string) =>
      startProcedure({
        body: { pack, partyId, subject: { kind: kind as SubjectKind, id: cite.interactionId }, cite },
      }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries();
      await navigate({ to: '/clients/$partyId/procedures/$id', params: { partyId, id } });
    },
  });
  if (!data) return <p className="quiet">{t('list.loading')}</p>;
  if (data.packs.length === 0) return <p className="quiet">{t('procedure.fromQuoteNone')}</p>;
  return (
    <>
      {starting.error && (
        <p className="notice" role="alert">
          {problemWords(starting.error)}
        </p>
      )}
      <ul className="procedure-packs">
        {data.packs.map((pack) => (
          <li key={pack.id} className="sheet procedure-card">
            <button
              type="button"
              className="action"
              {...staying(starting.isPending)}
              onClick={() => starting.mutate(pack.id)}
            >
              {inReaders(pack.title)}
            </button>
            <p className="small">{inReaders(pack.about)}</p>
            <SourceList pack={pack} />
          </li>
        ))}
      </ul>
    </>
  );
}
