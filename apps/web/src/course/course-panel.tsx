import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { Course, CourseChange, CourseWeek } from '../api/shapes.ts';
import { PaneTitle } from '../client/pane-title.tsx';
import { number } from '../words/how-much.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { courseQuery } from './course.queries.ts';
import { CourseChart } from './course-chart.tsx';
import { readable } from './curve.ts';
import { MirrorSection } from './mirror-section.tsx';
import { QuoteLink } from './quote-link.tsx';
import './course.css';

const route = getRouteApi('/clients/$partyId/course');

/** Hours up to two days, days from there. */
const spellHours = (hours: number) =>
  hours < 48
    ? t('course.hours', { count: number(Math.round(hours)) })
    : t('course.days', { count: number(Math.round(hours / 24)) });
const spellShare = (share: number) => t('course.percent', { count: number(Math.round(share * 100)) });
const spellNumber = (value: number) => number(Math.round(value * 10) / 10);

const MEASURES = [
  { measure: 'frequency', says: 'course.frequency', measureOf: (week) => week.messages, spell: spellNumber },
  {
    measure: 'replyHours',
    says: 'course.replyHours',
    measureOf: (week) => week.replyHours,
    spell: spellHours,
  },
  {
    measure: 'recipients',
    says: 'course.recipients',
    measureOf: (week) => week.recipients,
    spell: spellNumber,
  },
  { measure: 'marked', says: 'course.marked', measureOf: (week) => week.marked, spell: spellShare },
  { measure: 'toxicity', says: 'course.toxicity', measureOf: (week) => week.toxicity, spell: spellShare },
  { measure: 'threats', says: 'course.threats', measureOf: (week) => week.threats, spell: spellNumber },
] as const satisfies readonly {
  measure: CourseChange['measure'];
  says: string;
  measureOf: (week: CourseWeek['theirs']) => number | null;
  spell: (value: number) => string;
}[];

/** The whole relationship over time: our own side first, then both sides as curves, each point opening its quotes. */
export function CoursePanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const course = useQuery({ ...courseQuery(partyId), throwOnError: true }).data;
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  return (
    <section className="course stack" aria-labelledby="course-title">
      <PaneTitle id="course-title" says={t('course.title')} closeSays={t('course.close')} onClose={leave} />
      <MirrorSection partyId={partyId} />
      {course ? <Curves course={course} partyId={partyId} /> : <p className="quiet">{t('list.loading')}</p>}
    </section>
  );
}

function Curves({ course, partyId }: { course: Course; partyId: string }) {
  const [openWeek, setOpenWeek] = useState<string | null>(null);
  if (course.weeks.length === 0) return <p className="quiet">{t('course.none')}</p>;
  const weeks = readable(course.weeks);
  const opened = weeks.find(({ week }) => week === openWeek);
  return (
    <>
      <div className="sheet">
        <h2 className="answer-head row">
          {weeks === course.weeks ? t('course.both') : t('course.bothMonths')}
          <Legend />
        </h2>
        {MEASURES.map(({ measure, says, measureOf, spell }) => (
          <CourseChart
            key={measure}
            says={says}
            weeks={weeks}
            measureOf={measureOf}
            spell={spell}
            changes={course.changes.filter((change) => change.measure === measure)}
            openWeek={openWeek}
            onOpen={(week) => setOpenWeek((now) => (now === week ? null : week))}
          />
        ))}
      </div>
      {opened && <WeekQuotes week={opened} partyId={partyId} />}
      <Changes course={course} partyId={partyId} />
    </>
  );
}

function Legend() {
  return (
    <span className="course-legend small quiet">
      <span>
        <svg viewBox="0 0 26 10" aria-hidden="true">
          <line className="course-line course-theirs" x1={0} x2={26} y1={5} y2={5} />
          <circle className="course-dot course-theirs" cx={13} cy={5} r={3} />
        </svg>{' '}
        {t('course.theirs')}
      </span>
      <span>
        <svg viewBox="0 0 26 10" aria-hidden="true">
          <line className="course-line course-ours" x1={0} x2={26} y1={5} y2={5} />
          <rect className="course-dot course-ours" x={10.25} y={2.25} width={5.5} height={5.5} />
        </svg>{' '}
        {t('course.ours')}
      </span>
    </span>
  );
}

function WeekQuotes({ week, partyId }: { week: CourseWeek; partyId: string }) {
  const behind = [...week.theirs.behind, ...week.ours.behind];
  return (
    <div className="sheet">
      <h2 className="answer-head">{t('course.from', { date: dateOf(week.week) })}</h2>
      {behind.length === 0 && <p className="answer-none quiet">{t('timeline.none')}</p>}
      <ul className="course-quotes">
        {behind.map((each) => (
          <li key={each.interactionId}>
            <QuoteLink partyId={partyId} place={each} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Changes({ course, partyId }: { course: Course; partyId: string }) {
  return (
    <div className="sheet">
      <h2 className="answer-head">{t('course.changes')}</h2>
      {course.changes.length === 0 && <p className="answer-none quiet">{t('course.noChanges')}</p>}
      {course.changes.map((change) => (
        <details key={change.side + change.measure + change.at} className="mirror-line">
          <summary>{changeWords(change)}</summary>
          <ul className="course-quotes">
            {change.behind.map((each) => (
              <li key={each.interactionId}>
                <QuoteLink partyId={partyId} place={each} />
              </li>
            ))}
          </ul>
        </details>
      ))}
      {course.tooFew.length > 0 && <p className="answer-none small quiet">{t('course.tooFew')}</p>}
    </div>
  );
}

function changeWords({ side, measure, at, before, after }: CourseChange): string {
  const { says, spell } = MEASURES.find((each) => each.measure === measure)!;
  return t('course.change', {
    side: t(`course.${side}`),
    measure: t(says),
    date: dateOf(at),
    before: spell(before.mean),
    after: spell(after.mean),
  });
}
