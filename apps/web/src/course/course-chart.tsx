import type { CourseChange, CourseWeek } from '../api/shapes.ts';
import { t, type WordKey } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { pathOf, topOf, type Values, xOf, yOf } from './curve.ts';

const BOX = { width: 560, height: 84 };
const SIDES = ['theirs', 'ours'] as const;
type Side = (typeof SIDES)[number];

type Shown = {
  says: WordKey;
  weeks: readonly CourseWeek[];
  measureOf: (week: CourseWeek['theirs']) => number | null;
  spell: (value: number) => string;
  changes: readonly CourseChange[];
  openWeek: string | null;
  onOpen: (week: string) => void;
};

/** One measure of both sides, week by week: theirs with circles, ours with squares, so that colour alone says nothing. */
export function CourseChart({ says, weeks, measureOf, spell, changes, openWeek, onOpen }: Shown) {
  const values = {
    theirs: weeks.map((week) => measureOf(week.theirs)),
    ours: weeks.map((week) => measureOf(week.ours)),
  };
  // A level that never changes, at nothing or at one recipient, has nothing to show.
  const levels = new Set([...values.theirs, ...values.ours].filter((value) => value !== null));
  if (levels.size < 2) return null;
  const top = topOf(values.theirs, values.ours);
  return (
    <figure className="course-chart">
      <figcaption className="row">
        <strong>{t(says)}</strong>
        <span className="small quiet">{t('course.most', { top: spell(top) })}</span>
      </figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing is no set of fields */}
      <svg viewBox={`-8 -8 ${BOX.width + 16} ${BOX.height + 28}`} role="group" aria-label={t(says)}>
        <line className="course-axis" x1={0} x2={BOX.width} y1={BOX.height} y2={BOX.height} />
        {changes.map((change) => (
          <ChangeLine key={change.side + change.at} change={change} weeks={weeks} />
        ))}
        {SIDES.map((side) => (
          <path key={side} className={`course-line course-${side}`} d={pathOf(values[side], top, BOX)} />
        ))}
        {weeks.map(({ week }, at) => (
          // biome-ignore lint/a11y/useSemanticElements: a button cannot stand inside a drawing
          <g
            key={week}
            className={week === openWeek ? 'course-week course-week-open' : 'course-week'}
            role="button"
            tabIndex={0}
            aria-label={t('course.from', { date: dateOf(week) })}
            onClick={() => onOpen(week)}
            onKeyDown={({ key }) => key === 'Enter' && onOpen(week)}
          >
            <rect x={xOf(at, weeks.length, BOX) - 8} y={-6} width={16} height={BOX.height + 12} />
            {SIDES.map((side) => (
              <Dot key={side} side={side} value={values[side][at]!} at={at} count={weeks.length} top={top} />
            ))}
          </g>
        ))}
        <text x={0} y={BOX.height + 17}>
          {dateOf(weeks[0]!.week)}
        </text>
        <text x={BOX.width} y={BOX.height + 17} textAnchor="end">
          {dateOf(weeks.at(-1)!.week)}
        </text>
      </svg>
    </figure>
  );
}

function Dot({
  side,
  value,
  at,
  count,
  top,
}: {
  side: Side;
  value: Values[number];
  at: number;
  count: number;
  top: number;
}) {
  if (value === null) return null;
  const [x, y] = [xOf(at, count, BOX), yOf(value, top, BOX)];
  return side === 'theirs' ? (
    <circle className="course-dot course-theirs" cx={x} cy={y} r={3} />
  ) : (
    <rect className="course-dot course-ours" x={x - 2.75} y={y - 2.75} width={5.5} height={5.5} />
  );
}

function ChangeLine({ change, weeks }: { change: CourseChange; weeks: readonly CourseWeek[] }) {
  const at = weeks.findLastIndex(({ week }) => week <= change.at.slice(0, 10));
  const x = xOf(Math.max(0, at), weeks.length, BOX);
  return <line className="course-change" x1={x} x2={x} y1={-6} y2={BOX.height} />;
}
