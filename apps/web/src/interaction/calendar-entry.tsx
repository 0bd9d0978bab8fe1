import type { MailFacts } from '../generated/types.gen.ts';
import { named, say, t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';

type Entry = MailFacts['calendar'][number];
type Time = NonNullable<Entry['start']>;

/** An invitation, an answer to one, or what became of it: what, when, where, and what everybody answered. */
export function CalendarEntry({ entry }: { entry: Entry }) {
  const { kind, method, summary, location, organizer, attendees, start, end, repeats, recurrence } = entry;
  const what = say(`calendarMethod.${method}`) ?? named('calendarKind', kind);
  return (
    <div>
      <p>
        <strong>{what}</strong>
        {summary && <>: {summary}</>}
      </p>
      <p className="small">
        {[start && <WhenSaid key="start" time={start} />, end && <WhenSaid key="end" time={end} />].flatMap(
          (each, at) => (each ? [at > 0 && start ? ' – ' : '', each] : []),
        )}
        {repeats && ` · ${t('calendarEntry.repeats')}`}
        {recurrence && ` · ${t('calendarEntry.oneOf')}`}
        {location && ` · ${location}`}
      </p>
      <p className="small quiet">
        {organizer && t('calendarEntry.by', { who: whoOf(organizer) })}
        {attendees.map(({ answer, ...who }) => (
          <span key={JSON.stringify(who)}>
            {' · '}
            {whoOf(who)}: {named('calendarAnswer', answer ?? 'needs-action')}
          </span>
        ))}
      </p>
      <p className="small quiet">{t('calendarEntry.claim')}</p>
    </div>
  );
}

function whoOf({ name, address }: { name: string | null; address: string | null }): string {
  return name ?? address ?? t('who.unknown');
}

/** An hour without a zone that anybody knows is shown as it was written, and said to be that. */
function WhenSaid({ time: { iso, zone, certainty } }: { time: Time }) {
  if (certainty === 'day') return <>{dateOf(`${iso}T12:00:00`)}</>;
  if (certainty === 'stated' || certainty === 'zone')
    return <span title={[iso, zone].filter(Boolean).join(' ')}>{momentOf(iso)}</span>;
  const written = iso.replace('T', ' ').slice(0, 16);
  return (
    <>
      {certainty === 'floating'
        ? t('calendarEntry.floating', { written })
        : t('calendarEntry.unresolved', { written, zone: zone ?? '' })}
    </>
  );
}
