import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { Icon } from '../shell/icon.tsx';
import { useKeys } from '../shell/keys.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { stepFocus } from '../shell/step-focus.ts';
import { t } from '../words/t.ts';
import { Agenda, Overdue } from './agenda.tsx';
import { calendarQuery } from './calendar.queries.ts';
import { ClientFilter } from './client-filter.tsx';
import { addDays, addMonths, type DateText, monthTitle, weeksOfMonth } from './dates.ts';
import { DayList } from './day-list.tsx';
import { Month } from './month.tsx';
import '../due/due.css';
import './calendar.css';
import { clockNow } from '../words/clock.ts';

export type CalendarSearch = { view?: 'month' | 'agenda'; day?: DateText; party?: string };

const AGENDA_DAYS = 60;
const NARROW_PX = 640;
/** The reader's own today, until the server has said which date it is where the workspace is. */
const localToday = () => {
  const now = clockNow();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

/** Everything that is due, by day: a month on the wall, or one day after the other. */
export function CalendarPage() {
  const search = useSearch({ strict: false }) as CalendarSearch;
  const navigate = useNavigate();
  const view = search.view ?? (window.innerWidth < NARROW_PX ? 'agenda' : 'month');
  const day = search.day ?? localToday();
  const weeks = weeksOfMonth(day);
  const [from, to] =
    view === 'month' ? [weeks[0]![0]!, weeks.at(-1)!.at(-1)!] : [day, addDays(day, AGENDA_DAYS - 1)];
  const page = useQuery({ ...calendarQuery(from, to, search.party), throwOnError: true }).data;
  const body = useRef<HTMLDivElement>(null);
  const go = (next: CalendarSearch) =>
    void navigate({ to: '/calendar', search: { ...search, view, day, ...next }, replace: true });
  const step = (by: 1 | -1) => go({ day: view === 'month' ? addMonths(day, by) : addDays(day, by * 28) });
  useKeys([
    { keys: 'j', says: 'keys.next', run: () => stepFocus(body.current, 1) },
    { keys: 'k', says: 'keys.previous', run: () => stepFocus(body.current, -1) },
    { keys: '[', says: 'keys.earlier', run: () => step(-1) },
    { keys: ']', says: 'keys.further', run: () => step(1) },
    { keys: 't', says: 'keys.today', run: () => go({ day: localToday() }) },
    { keys: 'a', says: 'keys.agenda', run: () => go({ view: view === 'month' ? 'agenda' : 'month' }) },
  ]);
  return (
    <div className="page" ref={body}>
      <PageTitle says={t('room.calendar')} />
      <header className="page-head calendar-head">
        <h1>{monthTitle(day)}</h1>
        <div className="calendar-steps">
          <button type="button" className="action" title={t('calendar.earlier')} onClick={() => step(-1)}>
            <Icon name="back" />
            <span className="unseen">{t('calendar.earlier')}</span>
          </button>
          <button type="button" className="action" onClick={() => go({ day: localToday() })}>
            {t('room.today')}
          </button>
          <button type="button" className="action" title={t('calendar.further')} onClick={() => step(1)}>
            <span className="calendar-forth">
              <Icon name="back" />
            </span>
            <span className="unseen">{t('calendar.further')}</span>
          </button>
        </div>
        <fieldset className="calendar-views">
          <legend className="unseen">{t('calendar.view')}</legend>
          {(['month', 'agenda'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={one === view} onClick={() => go({ view: one })}>
              {t(`calendar.view.${one}`)}
            </button>
          ))}
        </fieldset>
        <Link to="/calendar/settings" className="action">
          {t('calendar.settings')}
        </Link>
      </header>
      <ClientFilter
        party={search.party}
        onParty={(party) => {
          const { party: _, ...rest } = search;
          void navigate({ to: '/calendar', search: party ? { ...rest, party } : rest, replace: true });
        }}
      />
      {page && (
        <>
          <Overdue page={page} />
          {view === 'month' ? (
            <>
              <Month
                day={day}
                page={page}
                onDay={(chosen) => go({ day: chosen })}
                onOpen={() => body.current?.querySelector<HTMLElement>('.calendar-chosen a')?.focus()}
              />
              <div className="calendar-chosen">
                <DayList date={day} page={page} isAlone />
              </div>
            </>
          ) : (
            <Agenda page={page} />
          )}
          <p className="small quiet calendar-zone">{t('calendar.zone', { zone: page.zone })}</p>
        </>
      )}
    </div>
  );
}
