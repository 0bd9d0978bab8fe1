import type { TimelineRow } from '../api/shapes.ts';
import { named, t } from '../words/t.ts';
import { dayNumber, momentOf, timeOf } from '../words/when.ts';
import { distanceInDays } from './distance.ts';
import './noted.css';

/** What kind it was and how long; that it was entered later, and by how much; that it was corrected. */
export function NotedMarks({ row }: { row: TimelineRow }) {
  const { noted, lateByMin, isCorrected } = row;
  return (
    <>
      {row.kind !== 'message' && (
        <span className="message-mark">
          {named('kind', row.kind)}
          {noted?.durationMin ? `, ${t('noted.minutes', { count: noted.durationMin })}` : ''}
        </span>
      )}
      {lateByMin !== null && (
        <span className="message-mark late">{t('late.mark', { by: distanceInDays(lateByMin) })}</span>
      )}
      {noted?.corrects && <span className="message-mark">{t('noted.correction')}</span>}
      {isCorrected && <span className="message-mark">{t('noted.isCorrected')}</span>}
    </>
  );
}

/** noted 21:55; with its day where that is another one. */
export function notedAt({ noted, at, recordedAt }: TimelineRow): string | null {
  if (!noted) return null;
  const isSameDay = dayNumber(at) === dayNumber(recordedAt);
  return t('noted.at', { at: isSameDay ? timeOf(recordedAt) : momentOf(recordedAt) });
}
