import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { t } from '../words/t.ts';
import { dayWords } from './promise-words.ts';
import { type Commitment, promisesQuery } from './promises.queries.ts';
import './promises.css';

const SHOWN = 2;

/** What is open with a client in one line: what we owe, what they owe, offers that wait. It opens all of it. */
export function PromisesLine({ partyId }: { partyId: string }) {
  const promises = useQuery(promisesQuery(partyId)).data;
  if (!promises) return null;
  const open = promises.commitments.filter(({ state }) => state === 'open' || state === 'overdue');
  const ours = open.filter(({ side }) => side === 'ours');
  const theirs = open.filter(({ side }) => side === 'theirs');
  const offers = promises.offers.filter(({ state }) => state === 'open' || state === 'prepared').length;
  const isEmpty = open.length === 0 && offers === 0;
  return (
    <Link
      to="/clients/$partyId/promises"
      params={{ partyId }}
      search={(now) => now}
      className="promises-line small"
    >
      {isEmpty && <span className="quiet">{t('promise.lineNone')}</span>}
      <Owed says={t('promise.weOwe')} promises={ours} isOurs />
      <Owed says={t('promise.theyOwe')} promises={theirs} isOurs={false} />
      {offers > 0 && <span>{t('offer.count', { count: offers })}</span>}
    </Link>
  );
}

type Some = { says: string; promises: readonly Commitment[]; isOurs: boolean };

function Owed({ says, promises, isOurs }: Some) {
  if (promises.length === 0) return null;
  return (
    <span className={isOurs ? 'owed-ours' : 'owed-theirs'}>
      {says}:{' '}
      {promises.slice(0, SHOWN).map(({ id, what, due, state }, at) => (
        <span key={id} className={state === 'overdue' ? 'promise-risk' : undefined}>
          {at > 0 && '; '}
          {what}
          {due && `, ${dayWords(due)}`}
          {state === 'overdue' && ` (${t('today.overdue')})`}
        </span>
      ))}
      {promises.length > SHOWN && ` +${promises.length - SHOWN}`}
    </span>
  );
}
