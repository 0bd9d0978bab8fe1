import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { endingsQuery } from '../ending/ending.queries.ts';
import { useWho } from '../session/who.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { measureLines, noonOf, openRoute } from './measure-words.ts';
import { restrictionsQuery, silencesQuery } from './restriction.queries.ts';
import './restriction.css';

/** For a client's head: what is restricted, what is filed without reply, and whether and how it ended. */
export function RestrictionLine({ partyId }: { partyId: string }) {
  return (
    <>
      <InForce partyId={partyId} />
      <Filed partyId={partyId} />
      <Ended partyId={partyId} />
    </>
  );
}

/** Where more is limited, or ended. */
export function RestrictionLinks({ partyId }: { partyId: string }) {
  return (
    <p className="casefile-strip small">
      <Link to="/clients/$partyId/restrictions" params={{ partyId }} className="quiet">
        {t('restriction.title')}
      </Link>
      <Link to="/clients/$partyId/ending" params={{ partyId }} className="quiet">
        {t('ending.title')}
      </Link>
    </p>
  );
}

function InForce({ partyId }: { partyId: string }) {
  const who = useWho();
  const items = useQuery(restrictionsQuery(partyId)).data?.items ?? [];
  return items
    .filter(({ isInForce }) => isInForce)
    .map((one) => (
      <p key={one.id} className="restriction-head small">
        <Link to="/clients/$partyId/restrictions" params={{ partyId }}>
          <strong>{t('restriction.inForce', { number: one.number })}</strong>
        </Link>{' '}
        {[...measureLines(one.measure, who), openRoute(one.measure)].join(' ')}{' '}
        <span className={one.isReviewLate ? 'at-risk' : 'quiet'}>
          {t(one.isReviewLate ? 'restriction.reviewLate' : 'restriction.reviewOn', {
            date: dateOf(noonOf(one.review.on)),
          })}
        </span>
      </p>
    ));
}

function Filed({ partyId }: { partyId: string }) {
  const quiet = useQuery(silencesQuery(partyId)).data?.items.find(({ isQuiet }) => isQuiet);
  if (!quiet) return null;
  const open = quiet.looks.filter(({ isNew, settled }) => isNew && settled === null).length;
  return (
    <Link to="/clients/$partyId/restrictions" params={{ partyId }} className="held small">
      {t('filed.headLine', { date: dateOf(noonOf(quiet.until.on)), count: quiet.looks.length, open })}
    </Link>
  );
}

/** Factual, also for whoever comes back: that it ended, when, by whom, and what was left open. */
function Ended({ partyId }: { partyId: string }) {
  const [last] =
    useQuery(endingsQuery(partyId)).data?.items.filter(({ state }) => state !== 'withdrawn') ?? [];
  if (!last || last.state === 'planned') return null;
  const date = dateOf(noonOf(last.on.on));
  const says =
    last.state === 'over'
      ? t('ending.endedLine', { date, by: last.byWhom, left: last.leftOpen ?? 'none' })
      : t('ending.endsLine', { date });
  return (
    <Link to="/clients/$partyId/ending" params={{ partyId }} className="held small">
      {says}
    </Link>
  );
}
