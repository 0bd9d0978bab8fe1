import type { MailFacts } from '../generated/types.gen.ts';
import { named, say, t } from '../words/t.ts';
import { dateOf, momentOf, timeOf } from '../words/when.ts';

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
        {start && <WhenSaid time={start} />}
        {start && end && ' – '}
        {end && <WhenSaid time={end} behind={start} />}
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

/**
 * An hour without a zone that anybody knows is shown as it was written, and said to be that.
 *
 * @param behind the beginning, whose day an end need not repeat
 */
function WhenSaid({ time, behind }: { time: Time; behind?: Time | null }) {
  const { iso, zone, certainty } = time;
  if (certainty === 'day') return <>{dateOf(`${iso}T12:00:00`)}</>;
  if (isInstant(time)) {
    const isThatDay = behind && isInstant(behind) && dateOf(behind.iso) === dateOf(iso);
    const title = [iso, zone].filter(Boolean).join(' ');
    return <span title={title}>{isThatDay ? timeOf(iso) : momentOf(iso)}</span>;
  }
  const written = iso.replace('T', ' ').slice(0, 16);
  return (
    <>
      {certainty === 'floating'
        ? t('calendarEntry.floating', { written })
        : t('calendarEntry.unresolved', { written, zone: zone ?? '' })}
    </>
  );
}

function isInstant({ certainty }: Time): boolean {
  return certainty === 'stated' || certainty === 'zone';
}
