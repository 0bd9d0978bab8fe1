import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { LetterWait } from '../generated/types.gen.ts';
import { nowIso } from '../words/clock.ts';
import { number } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { dayOf, momentOf, timeOf } from '../words/when.ts';
import { waitingQuery } from './gate.queries.ts';

/** Letters that wait: for this reader's approval first, then for another look, then to leave. Nothing when none does. */
export function WaitingBand() {
  const { data = [] } = useQuery(waitingQuery);
  if (data.length === 0) return null;
  const sorted = data.toSorted((one, other) => rank(one) - rank(other));
  return (
    <section className="today-band" aria-label={t('gate.today')}>
      <h2>
        {t('gate.today')} <span className="number">{number(data.length)}</span>
      </h2>
      <ul className="due-list">
        {sorted.map((wait) => (
          <WaitLine key={wait.id} wait={wait} />
        ))}
      </ul>
    </section>
  );
}

function WaitLine({ wait }: { wait: LetterWait }) {
  const { partyId, party, procedureId, subject, until, coolsUntil, askedAt } = wait;
  const at = until ?? coolsUntil ?? askedAt;
  return (
    <li className="due due-ours">
      <Link to="/clients/$partyId/procedures/$id" params={{ partyId, id: procedureId }} className="due-link">
        <span className="due-when" title={momentOf(at)}>
          {at.slice(0, 10) === nowIso().slice(0, 10) ? timeOf(at) : dayOf(at)}
        </span>
        <span className="due-words">
          <span className="due-party">{party}</span> {subject}
        </span>
        <span className="due-why">{waitsFor(wait)}</span>
      </Link>
    </li>
  );
}

function waitsFor({ verdict, mayApprove, askedBy, coolsUntil }: LetterWait): string {
  if (mayApprove) return t('gate.line.approve', { who: askedBy });
  const isCool = verdict === 'look' && coolsUntil !== null && coolsUntil <= nowIso();
  return isCool ? t('gate.line.lookNow') : t(`gate.line.${verdict}`);
}

function rank({ mayApprove, verdict }: LetterWait): number {
  return mayApprove ? 0 : ['look', 'second-person', 'waits'].indexOf(verdict) + 1;
}
