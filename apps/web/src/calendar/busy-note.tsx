import { useQuery } from '@tanstack/react-query';
import { t } from '../words/t.ts';
import { timeOf } from '../words/when.ts';
import { calendarQuery } from './calendar.queries.ts';
import type { DateText } from './dates.ts';

type Shown = { date: DateText; at: string; isWholeDay: boolean };

/** What stands on a day already, before something is promised for it: our own calendar, and what is due. */
export function BusyNote({ date, at, isWholeDay }: Shown) {
  const page = useQuery(calendarQuery(date, date)).data;
  if (!page) return null;
  const { busy, items } = page;
  if (busy.length === 0 && items.length === 0) return null;
  const isTaken = !isWholeDay && busy.some(({ startsAt, endsAt }) => startsAt < at && at <= endsAt);
  return (
    <p className={isTaken ? 'notice notice-risk small' : 'notice small'}>
      {isTaken && `${t('calendar.taken')} `}
      {busy.length > 0 && `${t('calendar.busy')}: ${busy.map(busyWords).join(', ')}. `}
      {items.length > 0 && t('calendar.dueThen', { count: items.length })}
    </p>
  );
}

type Busy = { startsAt: string; endsAt: string; isWholeDay: boolean; title: string | null };

function busyWords({ startsAt, endsAt, isWholeDay, title }: Busy): string {
  const when = isWholeDay ? t('calendar.allDay') : `${timeOf(startsAt)}–${timeOf(endsAt)}`;
  return title ? `${when} ${title}` : when;
}
