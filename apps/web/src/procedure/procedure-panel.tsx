import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { PaneTitle } from '../client/pane-title.tsx';
import type { Procedure } from '../generated/types.gen.ts';
import { useKeys } from '../shell/keys.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { EndForm } from './end-form.tsx';
import { inReaders } from './in-three.ts';
import { NowCard } from './now-card.tsx';
import { procedureQuery } from './procedure.queries.ts';
import { SourceList } from './source-list.tsx';
import { StepList } from './step-list.tsx';
import './procedure.css';

const route = getRouteApi('/clients/$partyId/procedures/$id');

/** One procedure beside the timeline: what to do now, what is missing for it, and every step so far. */
export function ProcedurePanel() {
  const { partyId, id } = route.useParams();
  const navigate = route.useNavigate();
  const { data } = useQuery({ ...procedureQuery(id), throwOnError: true });
  const now = useRef<HTMLElement>(null);
  useKeys([{ keys: '.', says: 'procedure.nextStep', run: () => focusNow(now.current) }]);
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (before) => before });
  return (
    <section className="procedure stack" aria-labelledby="procedure-title">
      <PaneTitle
        id="procedure-title"
        says={data ? inReaders(data.pack.title) : t('procedure.one')}
        closeSays={t('procedure.close')}
        onClose={leave}
      />
      {!data && <p className="quiet">{t('list.loading')}</p>}
      {data && (
        <>
          <Facts procedure={data} partyId={partyId} />
          {data.endedAt === null && hasCard(data) && (
            <Link to="/clients/$partyId/meeting/$id" params={{ partyId, id }} className="action">
              {t('meeting.open')}
            </Link>
          )}
          {data.now ? (
            // Another step is another form: nothing that was typed for one is sent with the next.
            <NowCard key={`${data.now.step} ${data.letters.length}`} procedure={data} at={now} />
          ) : (
            <Outcome procedure={data} />
          )}
          <StepList procedure={data} partyId={partyId} />
          {data.endedAt === null && <EndForm procedure={data} />}
        </>
      )}
    </section>
  );
}

/** Some procedures are worked with from a card of their own. */
function hasCard({ steps }: Procedure): boolean {
  return steps.some(({ shown }) => shown === 'live');
}

/** The first thing that can be done in the card; the card itself when there is none. */
function focusNow(card: HTMLElement | null): void {
  card?.scrollIntoView({ block: 'nearest' });
  const first = card?.querySelector<HTMLElement>('textarea, input, select, button');
  (first ?? card)?.focus();
}

function Facts({ procedure, partyId }: { procedure: Procedure; partyId: string }) {
  const { pack, subject, cite } = procedure;
  return (
    <div className="small quiet">
      <p>{inReaders(pack.about)}</p>
      {cite && <QuotedStart cite={cite} partyId={partyId} />}
      <SourceList pack={pack} />
      {subject.interactionId && !cite && (
        <Link
          to="/clients/$partyId/interactions/$interactionId"
          params={{ partyId, interactionId: subject.interactionId }}
        >
          {t('procedure.about')}
        </Link>
      )}
      {subject.kind === 'complaint' && (
        <Link to="/complaints/$complaintId" params={{ complaintId: subject.id }}>
          {t('procedure.complaint')}
        </Link>
      )}
      {procedure.pairs.length > 0 && <p>{t('procedure.paired', { count: procedure.pairs.length })}</p>}
    </div>
  );
}

/** The words it began from, as they stand in the record; they open where they stand. */
function QuotedStart({ cite, partyId }: { cite: NonNullable<Procedure['cite']>; partyId: string }) {
  const { quote, interactionId, at } = cite;
  return (
    <figure className="procedure-quote">
      <figcaption>{t('procedure.theirWords')}</figcaption>
      <blockquote dir="auto">{quote}</blockquote>
      <Link to="/clients/$partyId/interactions/$interactionId" params={{ partyId, interactionId }}>
        {at ? t('procedure.toTheRecord', { at: momentOf(at) }) : t('procedure.about')}
      </Link>
    </figure>
  );
}

function Outcome({ procedure: { outcome, endedAt, endReason } }: { procedure: Procedure }) {
  return (
    <p className="sheet procedure-card" role="status">
      <strong>{outcome ? inReaders(outcome.title) : t('procedure.endedEarly')}</strong>
      {endReason && <span> {endReason}</span>}
      {endedAt && <span className="small quiet"> {momentOf(endedAt)}</span>}
    </p>
  );
}
