import { DueLink } from '../due/due-link.tsx';
import { dueSays, dueWhenInFull, dueWords } from '../due/due-words.ts';
import { OutdatedMark } from '../due/outdated-mark.tsx';
import type { Due } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';

/** One thing that is due, under its day: the hour, with whom, the words, why, and what the date rests on. */
export function CalendarLine({ due }: { due: Due }) {
  return (
    <li className={`due due-${due.side}`}>
      <DueLink due={due} className="due-link">
        <span className="due-when" title={dueWhenInFull(due)}>
          {due.time ?? t('calendar.allDay')}
        </span>
        <span className="due-words">
          <span className="due-party">{due.party}</span> {dueSays(due)}
        </span>
        <span className="due-why">
          <span className="calendar-turn">{t(`calendar.turn.${due.side}`)}</span>
          {' · '}
          {dueWords(due)}
          {due.source && <span className="due-source"> · {due.source}</span>}
          {due.params.isVerified === false && (
            <span className="due-unverified"> · {t('calendar.unverified')}</span>
          )}
          <OutdatedMark due={due} />
        </span>
      </DueLink>
    </li>
  );
}
