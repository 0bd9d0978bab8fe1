import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useWho } from '../session/who.ts';
import { t } from '../words/t.ts';
import { weekdayOf } from '../words/when.ts';
import { openRoute } from './measure-words.ts';
import { allowedQuery, silencesQuery, type Way } from './restriction.queries.ts';
import './restriction.css';

/** Beside what is written to a client: what the restrictions in force say about it, and what stays open. */
export function AllowedNote({ partyId, channel }: { partyId: string; channel: Way }) {
  const who = useWho();
  const allowed = useQuery(allowedQuery(partyId, channel)).data;
  const quiet = useQuery(silencesQuery(partyId)).data?.items.some(({ isQuiet }) => isQuiet) ?? false;
  if (!allowed || (allowed.open.length === 0 && !quiet)) return null;
  return (
    <div className="restriction-note small" role="note">
      {allowed.against.map((one) => (
        <p key={`${one.restriction} ${one.rule}`}>
          <strong>
            {t('restriction.against', {
              rule: one.rule.replaceAll('-', '_'),
              number: one.number,
              who: one.contact ? who(one.contact) : '',
              count: one.perWeek ?? 0,
              days: one.hours?.workDays.map(weekdayOf).join(', ') ?? '',
              from: one.hours?.from ?? '',
              until: one.hours?.until ?? '',
            })}
          </strong>
        </p>
      ))}
      {allowed.subjects.length > 0 && (
        <p>{t('restriction.notAbout', { subjects: allowed.subjects.join('; ') })}</p>
      )}
      {allowed.open.map((open) => (
        <p key={open.address} className="quiet">
          {openRoute({ open })}
        </p>
      ))}
      {quiet && (
        <p>
          <Link to="/clients/$partyId/restrictions" params={{ partyId }}>
            {t('filed.whileWriting')}
          </Link>
        </p>
      )}
    </div>
  );
}
