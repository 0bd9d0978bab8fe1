import type { Today } from '../api/shapes.ts';
import { DueLine } from '../due/due-line.tsx';
import { number } from '../words/how-much.ts';
import { t } from '../words/t.ts';

type Shown = { name: string; band: Today['now']; today: string; nothing: string };

/** A part of the day: its lines, or one sentence that says there are none. */
export function DueBand({ name, band, today, nothing }: Shown) {
  const hidden = band.total - band.items.length;
  return (
    <section className="today-band" aria-label={name}>
      <h2>
        {name} {band.total > 0 && <span className="number">{number(band.total)}</span>}
      </h2>
      {band.total === 0 ? (
        <p className="quiet">{nothing}</p>
      ) : (
        <ul className="due-list">
          {band.items.map((due) => (
            <DueLine key={`${due.room}/${due.id}/${due.code}`} due={due} today={today} />
          ))}
        </ul>
      )}
      {hidden > 0 && <p className="small quiet">{t('today.moreInCalendar', { count: hidden })}</p>}
    </section>
  );
}
