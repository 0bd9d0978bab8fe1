import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Signal, SignalKind } from '../api/shapes.ts';
import { PaneTitle } from '../client/pane-title.tsx';
import { QuoteLink } from '../course/quote-link.tsx';
import { kindWords } from '../language/kind-words.ts';
import { partySignalsQuery } from '../language/signals.queries.ts';
import { DecidedBefore } from '../points/decisions-link.tsx';
import { number } from '../words/how-much.ts';
import { named, t } from '../words/t.ts';
import '../course/course.css';
import '../language/language.css';

const route = getRouteApi('/clients/$partyId/marked');

/** Every marked quote of a client, newest first, by kind; each opens the message it stands in. */
export function MarkedPanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const [kind, setKind] = useState<SignalKind>();
  const { data, fetchNextPage, hasNextPage } = useInfiniteQuery({
    ...partySignalsQuery(partyId, kind),
    placeholderData: (before) => before,
    throwOnError: true,
  });
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  const first = data?.pages[0];
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="course stack" aria-labelledby="marked-title">
      <PaneTitle id="marked-title" says={t('answer.marked')} closeSays={t('course.close')} onClose={leave} />
      <p className="small quiet">{t('marked.what')}</p>
      {first && <KindChoice kinds={first.kinds} kind={kind} onChoose={setKind} />}
      {first && items.length === 0 && <p className="quiet">{t('answer.noMarks')}</p>}
      {items.length > 0 && (
        <ul className="sheet marked-list">
          {items.map((signal) => (
            <MarkedLine key={signal.id} signal={signal} partyId={partyId} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <button type="button" className="link-button" onClick={() => void fetchNextPage()}>
          {t('list.more')}
        </button>
      )}
    </section>
  );
}

type Choice = {
  kinds: Readonly<Record<string, number>>;
  kind: SignalKind | undefined;
  onChoose: (kind: SignalKind | undefined) => void;
};

function KindChoice({ kinds, kind, onChoose }: Choice) {
  return (
    <nav className="kind-chips" aria-label={t('marked.kinds')}>
      <button type="button" className="kind-chip" aria-pressed={!kind} onClick={() => onChoose(undefined)}>
        {t('client.all')}
      </button>
      {(Object.entries(kinds) as [SignalKind, number][]).map(([each, count]) => (
        <button
          key={each}
          type="button"
          className="kind-chip"
          aria-pressed={each === kind}
          onClick={() => onChoose(each === kind ? undefined : each)}
        >
          {kindWords({ kind: each })} <span className="number">{number(count)}</span>
        </button>
      ))}
    </nav>
  );
}

function MarkedLine({ signal, partyId }: { signal: Signal; partyId: string }) {
  return (
    <li>
      <QuoteLink partyId={partyId} place={signal} />
      <div className="small quiet">
        {kindWords(signal)}, {named('band', signal.band)}
        <DecidedBefore kind={signal.kind} partyId={partyId} />
      </div>
    </li>
  );
}
