import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useRef } from 'react';
import type { Today } from '../api/shapes.ts';
import { MessageLine } from '../client/message-line.tsx';
import { sourceWords } from '../import/source-words.ts';
import { WaitingBand } from '../mailbox/waiting-band.tsx';
import { useKeys } from '../shell/keys.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { stepFocus } from '../shell/step-focus.ts';
import { number } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { dateOf, dayOf } from '../words/when.ts';
import { setFocusedAside } from './aside.ts';
import { DueBand } from './due-band.tsx';
import { NewMarks } from './new-marks.tsx';
import { todayQuery } from './today.queries.ts';
import './today.css';

const Doors = lazy(() => import('../session/doors.tsx').then((module) => ({ default: module.Doors })));

export function TodayPage() {
  const { data } = useQuery(todayQuery);
  if (!data) return null;
  return data.counts.interactions === 0 ? <NothingYet /> : <TodayInFull today={data} />;
}

function NothingYet() {
  return (
    <div className="page stack">
      <PageTitle says={t('room.today')} />
      <h1>{t('today.emptyTitle')}</h1>
      <p className="quiet">{t('today.emptyNext')}</p>
      <Suspense>
        <Doors />
      </Suspense>
    </div>
  );
}

function TodayInFull({ today }: { today: Today }) {
  const { counts, latestRun, recent, done } = today;
  const page = useRef<HTMLDivElement>(null);
  const next = today.later.items[0] ?? today.theirs.items[0];
  useKeys([
    { keys: 'j', says: 'keys.next', run: () => stepFocus(page.current, 1) },
    { keys: 'k', says: 'keys.previous', run: () => stepFocus(page.current, -1) },
    { keys: 'e', says: 'keys.done', run: () => void setFocusedAside(false) },
    { keys: 's', says: 'keys.later', run: () => void setFocusedAside(true) },
  ]);
  return (
    <div className="page" ref={page}>
      <PageTitle says={t('room.today')} />
      <header className="page-head">
        <h1>{dateOf(`${today.date}T12:00`)}</h1>
        <p className="quiet">
          <Link to="/record">{t('count.interactions', { count: counts.interactions })}</Link>
          {' · '}
          <Link to="/clients">{t('count.clients', { count: counts.parties })}</Link>
          {counts.unfiled > 0 && ` · ${t('today.unfiled', { count: counts.unfiled })}`}
        </p>
      </header>
      <div className="sheet today-due">
        <WaitingBand />
        <DueBand
          name={t('today.now')}
          band={today.now}
          today={today.date}
          nothing={
            next
              ? `${t('today.nothingDue')} ${t('today.next', { when: dayOf(`${next.date}T12:00`), who: next.party })}`
              : t('today.nothingDue')
          }
        />
        <DueBand
          name={t('today.theirs')}
          band={today.theirs}
          today={today.date}
          nothing={t('today.nothingTheirs')}
        />
        <DueBand
          name={t('today.later')}
          band={today.later}
          today={today.date}
          nothing={t('today.nothingLater')}
        />
        <p className="today-foot small quiet">
          <kbd>e</kbd> {t('today.doneKey')} <kbd>s</kbd> {t('today.laterKey')}
          {done > 0 && <span>{t('today.done', { count: done })}</span>}
        </p>
      </div>
      <NewMarks />
      {latestRun && <LatestRun run={latestRun} />}
      <section className="section">
        <h2>{t('today.recent')}</h2>
        {recent.length === 0 && <p className="quiet">{t('today.noRecent')}</p>}
        <ul className={recent.length > 0 ? 'sheet lines' : undefined}>
          {recent.map((row) => (
            <MessageLine key={row.id} row={row} />
          ))}
        </ul>
      </section>
    </div>
  );
}

function LatestRun({ run }: { run: NonNullable<Today['latestRun']> }) {
  return (
    <section className="section">
      <h2>{t('today.newestImport')}</h2>
      <p>
        <Link to="/runs/$runId" params={{ runId: run.id }}>
          {sourceWords(run.source)}
        </Link>
        {' · '}
        {t(`run.said.${run.state}`, {
          imported: number(run.totals.imported),
          items: number(run.totals.items),
        })}
        {run.finishedAt && <span className="quiet">{` · ${dateOf(run.finishedAt)}`}</span>}
      </p>
    </section>
  );
}
