import type { Calendar } from '../generated/types.gen.ts';
import { number } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { CalendarLine } from './calendar-line.tsx';
import { dayShort, dayTitle } from './dates.ts';
import { DayList, DayOff } from './day-list.tsx';

/** Day after day what is due; a day that is only off takes one line, and a day without anything none. */
export function Agenda({ page }: { page: Calendar }) {
  const dates = new Set([...page.items.map(({ date }) => date), ...page.days.map(({ date }) => date)]);
  const shown = [...dates].sort();
  return (
    <div className="calendar-agenda">
      {shown.length === 0 && <p className="quiet">{t('calendar.nothing')}</p>}
      {shown.map((date) =>
        page.items.some((due) => due.date === date) ? (
          <DayList key={date} date={date} page={page} />
        ) : (
          <p key={date} className="calendar-only-off">
            {dayTitle(date)}
            <DayOff date={date} page={page} />
          </p>
        ),
      )}
    </div>
  );
}

/** What should have been done before the days that are shown, and is open. */
export function Overdue({ page }: { page: Calendar }) {
  if (page.overdue.length === 0) return null;
  return (
    <section className="calendar-day calendar-overdue" aria-label={t('calendar.overdue')}>
      <h2>
        {t('calendar.overdue')} <span className="number">{number(page.overdue.length)}</span>
      </h2>
      <ul className="due-list">
        {page.overdue.map((due) => (
          <CalendarLine
            key={`${due.room}/${due.id}/${due.code}`}
            due={{ ...due, time: dayShort(due.date) }}
          />
        ))}
      </ul>
    </section>
  );
}
