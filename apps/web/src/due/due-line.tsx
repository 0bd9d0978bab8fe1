import type { Due } from '../api/shapes.ts';
import { nowIso } from '../words/clock.ts';
import { t } from '../words/t.ts';
import { DueLink } from './due-link.tsx';
import { dueSays, dueWhen, dueWhenInFull, dueWords } from './due-words.ts';
import { OutdatedMark } from './outdated-mark.tsx';
import './due.css';

/** One thing that is due: when, with whom, the words, and why it stands here. It opens where it is done. */
export function DueLine({ due, today }: { due: Due; today: string }) {
  const isLate = due.at < nowIso() && due.kind !== 'danger';
  return (
    <li className={`due due-${due.side}`} data-due={`${due.room}/${due.id}`}>
      <DueLink due={due} className="due-link">
        <span className={isLate ? 'due-when due-late' : 'due-when'} title={dueWhenInFull(due)}>
          {dueWhen(due, today)}
          {isLate && <span className="due-late-word">{t('today.overdue')}</span>}
        </span>
        <span className={due.kind === 'danger' ? 'due-words due-danger' : 'due-words'}>
          <span className="due-party">{due.party}</span> {dueSays(due)}
        </span>
        <span className="due-why">
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
