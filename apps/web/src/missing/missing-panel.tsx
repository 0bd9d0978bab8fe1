import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { GapCounts, GapKind } from '../api/shapes.ts';
import { PaneTitle } from '../client/pane-title.tsx';
import { number } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { CoverageSection } from './coverage-section.tsx';
import { GapSection } from './gap-section.tsx';
import { missingCountQuery } from './missing.queries.ts';
import '../course/course.css';
import '../language/language.css';
import './missing.css';

const route = getRouteApi('/clients/$partyId/missing');

/** What the record itself shows to be missing about a client, by kind, and how far each source was read. */
export function MissingPanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const [kind, setKind] = useState<GapKind>();
  const found = useQuery({ ...missingCountQuery(partyId), throwOnError: true }).data;
  const kinds = found ? kindsIn(found.counts) : [];
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  return (
    <section className="course stack" aria-labelledby="missing-title">
      <PaneTitle
        id="missing-title"
        says={t('missing.title')}
        closeSays={t('missing.close')}
        onClose={leave}
      />
      <p className="small quiet">{t('missing.what')}</p>
      {!found && <p className="quiet">{t('list.loading')}</p>}
      {found?.total === 0 && <p>{t('missing.none')}</p>}
      {kinds.length > 1 && <KindChoice counts={found!.counts} kinds={kinds} kind={kind} onChoose={setKind} />}
      {kinds
        .filter((each) => !kind || each === kind)
        .map((each) => (
          <GapSection key={each} partyId={partyId} kind={each} count={found!.counts[each]} />
        ))}
      <CoverageSection partyId={partyId} />
    </section>
  );
}

/** Those of which there are any, in the order of the contract. */
function kindsIn(counts: GapCounts['counts']): readonly GapKind[] {
  return (Object.keys(counts) as GapKind[]).filter((kind) => counts[kind] > 0);
}

type Choice = {
  counts: GapCounts['counts'];
  kinds: readonly GapKind[];
  kind: GapKind | undefined;
  onChoose: (kind: GapKind | undefined) => void;
};

function KindChoice({ counts, kinds, kind, onChoose }: Choice) {
  return (
    <nav className="kind-chips" aria-label={t('missing.kinds')}>
      <button type="button" className="kind-chip" aria-pressed={!kind} onClick={() => onChoose(undefined)}>
        {t('client.all')}
      </button>
      {kinds.map((each) => (
        <button
          key={each}
          type="button"
          className="kind-chip"
          aria-pressed={each === kind}
          onClick={() => onChoose(each === kind ? undefined : each)}
        >
          {t(`missing.kind.${each}`)} <span className="number">{number(counts[each])}</span>
        </button>
      ))}
    </nav>
  );
}
