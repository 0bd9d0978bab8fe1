import type { Calendar } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { timeOf } from '../words/when.ts';
import { CalendarLine } from './calendar-line.tsx';
import { type DateText, dayInFull } from './dates.ts';

type Shown = { date: DateText; page: Calendar; isAlone?: boolean };

/** A day: what it is, when we are busy, and what is due on it. */
export function DayList({ date, page, isAlone = false }: Shown) {
  const dues = page.items.filter((due) => due.date === date);
  const busy = page.busy.filter(({ startsAt, endsAt }) => isOn(date, startsAt, endsAt));
  return (
    <section className="calendar-day" aria-label={dayInFull(date)}>
      <h2>
        {dayInFull(date)}
        {date === page.today && <span className="calendar-today-word">{t('calendar.today')}</span>}
        <DayOff date={date} page={page} />
      </h2>
      {busy.length > 0 && (
        <p className="calendar-busy small">
          {t('calendar.busy')}{' '}
          {busy.map(({ startsAt, endsAt, isWholeDay, title }) => (
            <span key={`${startsAt}-${endsAt}`}>
              {isWholeDay ? t('calendar.allDay') : `${timeOf(startsAt)}–${timeOf(endsAt)}`} {title}
            </span>
          ))}
        </p>
      )}
      {dues.length > 0 && (
        <ul className="due-list">
          {dues.map((due) => (
            <CalendarLine key={`${due.room}/${due.id}/${due.code}`} due={due} />
          ))}
        </ul>
      )}
      {isAlone && dues.length === 0 && <p className="quiet calendar-nothing">{t('calendar.nothingOnDay')}</p>}
    </section>
  );
}

/** A day on which nobody works says why; a weekend that is worked says so. */
export function DayOff({ date, page }: { date: DateText; page: Calendar }) {
  const special = page.days.find((day) => day.date === date);
  if (!special) return null;
  const says = special.isWorked ? t('calendar.worked') : special.name || t('calendar.off');
  return <span className="calendar-off-name">{says}</span>;
}

/** On the reader's wall. */
function isOn(date: DateText, startsAt: string, endsAt: string): boolean {
  const local = (at: string) => {
    const moment = new Date(at);
    const two = (n: number) => String(n).padStart(2, '0');
    return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  };
  return local(startsAt) <= date && local(endsAt) >= date;
}
