import type { PointMark } from '../generated/types.gen.ts';
import { named, t } from '../words/t.ts';
import { dayOf } from '../words/when.ts';

type Marks = { partyId: string; marks: readonly PointMark[]; isActive: boolean };

/** The points that a message began or raised again; each opens its point. Plain links, as the rows are. */
export function PointMarks({ partyId, marks, isActive }: Marks) {
  const own = marks.filter((mark) => mark.partyId === partyId);
  if (own.length === 0) return null;
  return (
    <span className="timeline-points small">
      {own.map((mark) => (
        <a
          key={mark.number}
          href={`/clients/${partyId}/points/${mark.number}`}
          data-point={mark.number}
          tabIndex={isActive ? 0 : -1}
          title={mark.title}
        >
          <span className="number">
            {mark.isAgain ? t('timeline.pointAgain', { number: mark.number }) : `#${mark.number}`}
          </span>
          {mark.isAgain && <span className="timeline-point-state"> · {standing(mark)}</span>}
        </a>
      ))}
    </span>
  );
}

/** How the point stands that was raised again: "answered 4 May". */
function standing({ state, settledAt }: PointMark): string {
  if (settledAt === null) return named('pointState', state);
  return t(state === 'agreed' ? 'point.agreedOn' : 'point.answeredOn', { day: dayOf(settledAt) });
}
