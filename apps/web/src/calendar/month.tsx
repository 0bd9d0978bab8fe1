import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Calendar } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { weekdayOf } from '../words/when.ts';
import { addDays, addMonths, type DateText, dayInFull, mondayOf, weeksOfMonth } from './dates.ts';
import { DayOff } from './day-list.tsx';

/** A cell has room for so many; the day below has all. */
const SHOWN = 3;
const STEPS: Readonly<Record<string, (day: DateText) => DateText>> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  Home: (day) => mondayOf(day),
  End: (day) => addDays(mondayOf(day), 6),
  PageUp: (day) => addMonths(day, -1),
  PageDown: (day) => addMonths(day, 1),
};

type Shown = { day: DateText; page: Calendar; onDay: (day: DateText) => void; onOpen: () => void };

/** A month as a wall calendar; arrows walk over its days, Enter goes into one. */
export function Month({ day, page, onDay, onOpen }: Shown) {
  const grid = useRef<HTMLTableElement>(null);
  const walks = useRef(false);
  useEffect(() => {
    if (walks.current) grid.current?.querySelector<HTMLElement>(`[data-date="${day}"]`)?.focus();
    walks.current = false;
  }, [day]);
  const walk = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    walks.current = true;
    onDay(step(day));
  };
  return (
    <table ref={grid} className="sheet calendar-month" onKeyDown={walk}>
      <thead>
        <tr>
          {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
            <th key={weekday} scope="col">
              {weekdayOf(weekday)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOfMonth(day).map((week) => (
          <tr key={week[0]}>
            {week.map((date) => (
              <td key={date} className={cellClass(date, day, page)}>
                <button
                  type="button"
                  data-date={date}
                  className="calendar-cell"
                  aria-pressed={date === day}
                  aria-current={date === page.today ? 'date' : undefined}
                  tabIndex={date === day ? 0 : -1}
                  onClick={() => (date === day ? onOpen() : onDay(date))}
                >
                  <Cell date={date} page={page} />
                </button>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function cellClass(date: DateText, day: DateText, page: Calendar): string {
  const special = page.days.find((one) => one.date === date);
  const isWeekend = mondayOf(date) <= addDays(date, -5);
  const isOff = special ? !special.isWorked : isWeekend;
  return [
    'calendar-td',
    date === day && 'calendar-td-chosen',
    date.slice(0, 7) !== day.slice(0, 7) && 'calendar-td-other',
    isOff && 'calendar-td-off',
    date === page.today && 'calendar-td-today',
  ]
    .filter(Boolean)
    .join(' ');
}

function Cell({ date, page }: { date: DateText; page: Calendar }) {
  const dues = page.items.filter((due) => due.date === date);
  const ours = dues.filter(({ side }) => side === 'ours').length;
  const theirs = dues.length - ours;
  return (
    <>
      <span className="calendar-number" aria-hidden="true">
        {Number(date.slice(8))}
      </span>
      <span className="unseen">{dayInFull(date)}</span>
      <DayOff date={date} page={page} />
      {dues.length > 0 && <span className="unseen">{t('calendar.onDay', { ours, theirs })}</span>}
      <span className="calendar-marks" aria-hidden="true">
        {ours > 0 && <span className="calendar-mark-ours">{ours}</span>}
        {theirs > 0 && <span className="calendar-mark-theirs">{theirs}</span>}
      </span>
      <span className="calendar-dues" aria-hidden="true">
        {dues.slice(0, SHOWN).map((due) => (
          <span key={`${due.room}/${due.id}/${due.code}`} className={`calendar-due calendar-due-${due.side}`}>
            {due.time && <span className="number">{due.time} </span>}
            <strong>{due.party}</strong> {due.says}
          </span>
        ))}
        {dues.length > SHOWN && (
          <span className="calendar-more">{t('calendar.more', { count: dues.length - SHOWN })}</span>
        )}
      </span>
    </>
  );
}
