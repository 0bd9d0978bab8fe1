import { Link } from '@tanstack/react-router';
import type { Signal } from '../api/shapes.ts';
import { whenInFull, whoWrote } from '../client/message-body.tsx';
import type { ThreadItem } from '../generated/types.gen.ts';
import { FoldedText } from '../interaction/folded-text.tsx';
import { Icon } from '../shell/icon.tsx';
import { named, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';

type Shown = { message: ThreadItem; marks: readonly Signal[]; subject: string; isAsked: boolean };

/** One message of a conversation: who and when lead to its own page, then its words. */
export function ThreadMessage({ message, marks, subject, isAsked }: Shown) {
  const { row, text, isCut, quotedFrom } = message;
  return (
    <li className={row.direction === 'outbound' ? 'thread-message thread-ours' : 'thread-message'}>
      <MessageHead row={row} isAsked={isAsked} />
      {row.subject && plain(row.subject) !== plain(subject) && <p className="small">{row.subject}</p>}
      <FoldedText text={text} quotedFrom={quotedFrom} signals={marks} />
      {isCut && <p className="small quiet">{t('thread.cut')}</p>}
      <MessageFoot row={row} />
    </li>
  );
}

function MessageHead({ row, isAsked }: Pick<ThreadItem, 'row'> & { isAsked: boolean }) {
  const party = row.parties[0]?.id;
  const says = (
    <>
      {row.direction && <span className="unseen">{named('direction', row.direction)}</span>}
      <strong>{whoWrote(row, false)}</strong>{' '}
      <time className="quiet number" dateTime={row.at} title={whenInFull(row)}>
        {row.atSource === 'recorded' ? t('when.none') : momentOf(row.at)}
      </time>
    </>
  );
  const look = {
    className: 'thread-who',
    'data-row': row.id,
    'aria-current': isAsked ? ('true' as const) : undefined,
  };
  return party ? (
    <Link
      {...look}
      to="/clients/$partyId/interactions/$interactionId"
      params={{ partyId: party, interactionId: row.id }}
    >
      {says}
    </Link>
  ) : (
    <Link {...look} to="/interactions/$interactionId" params={{ interactionId: row.id }}>
      {says}
    </Link>
  );
}

/** What hangs on it: files, points, copies. */
function MessageFoot({ row }: Pick<ThreadItem, 'row'>) {
  const { attachments, copies, points } = row;
  if (attachments === 0 && copies < 2 && points.length === 0) return null;
  return (
    <p className="small quiet row">
      {points.map(({ partyId, number, title }) => (
        <Link
          key={`${partyId}-${number}`}
          to="/clients/$partyId/points/$number"
          params={{ partyId, number: String(number) }}
        >
          #{number} {title}
        </Link>
      ))}
      {attachments > 0 && (
        <span className="message-mark">
          <Icon name="clip" />
          {t('count.attachments', { count: attachments })}
        </span>
      )}
      {copies > 1 && <span>{t('count.copies', { count: copies })}</span>}
    </p>
  );
}

/** A subject without the marks of answering and forwarding. */
function plain(subject: string): string {
  return subject.replace(/^(?:\s*(?:re|fwd?|vs|vl|aw|отв|на)\s*:)+/i, '').trim();
}
