import { Link } from '@tanstack/react-router';
import type { Standing } from '../generated/types.gen.ts';
import { named, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';

const SIDES = ['ours', 'theirs'] as const;

/** What stands open between both, as the record has it: ours first. */
export function StandingList({ standing, partyId }: { standing: readonly Standing[]; partyId: string }) {
  return (
    <section className="procedure-standing small" aria-label={t('standing.title')}>
      {SIDES.map((side) => (
        <SideList key={side} side={side} all={standing} partyId={partyId} />
      ))}
    </section>
  );
}

type Sided = { side: Standing['side']; all: readonly Standing[]; partyId: string };

function SideList({ side, all, partyId }: Sided) {
  const mine = all.filter((one) => one.side === side);
  return (
    <div>
      <h3>{t(`standing.${side}`)}</h3>
      {mine.length === 0 && <p className="quiet">{t('standing.none')}</p>}
      <ul>
        {mine.map((one) => (
          <li key={one.id}>
            <span className="quiet">{named('standingKind', one.kind)}</span>{' '}
            <StandingLink one={one} partyId={partyId} />
            {one.dueOn && <span className="quiet"> · {dateOf(`${one.dueOn}T12:00:00`)}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function StandingLink({ one, partyId }: { one: Standing; partyId: string }) {
  if (one.kind === 'point')
    return (
      <Link to="/clients/$partyId/points/$number" params={{ partyId, number: String(one.number) }}>
        {one.says}
      </Link>
    );
  const to = one.kind === 'sum' ? '/clients/$partyId/agreement' : '/clients/$partyId/promises';
  return (
    <Link to={to} params={{ partyId }}>
      {one.says}
    </Link>
  );
}
