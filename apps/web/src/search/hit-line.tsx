import { Link } from '@tanstack/react-router';
import type { SearchHit } from '../api/shapes.ts';
import '../client/message.css';
import { nowIso } from '../words/clock.ts';
import { t } from '../words/t.ts';
import { shortDate, timeOf } from '../words/when.ts';
import { fromFirstMark, markedParts } from './marked-parts.ts';

/** One hit: when, the words around it with the marks, who and where. */
export function HitLine({ hit }: { hit: SearchHit }) {
  const { party, id } = hit;
  const look = hit.direction === 'outbound' ? 'message hit message-ours' : 'message hit';
  return (
    <li>
      {party ? (
        <Link
          className={look}
          to="/clients/$partyId/interactions/$interactionId"
          params={{ partyId: party.id, interactionId: id }}
        >
          <HitBody hit={hit} />
        </Link>
      ) : (
        <Link className={look} to="/interactions/$interactionId" params={{ interactionId: id }}>
          <HitBody hit={hit} />
        </Link>
      )}
    </li>
  );
}

function HitBody({ hit }: { hit: SearchHit }) {
  const { at, direction, from, party, subject, isEarlier, isInside } = hit;
  const { text: words, marks } = fromFirstMark(hit.snippet.text, hit.snippet.marks);
  const them = from.name ?? from.address ?? t('who.unknown');
  return (
    <>
      <time className="message-when number" dateTime={at}>
        {shortDate(at, nowIso())} <span className="hit-time">{timeOf(at)}</span>
      </time>
      <span className="message-words">
        {markedParts(words, marks).map(({ text, start, isMarked }) =>
          isMarked ? <mark key={start}>{text}</mark> : <span key={start}>{text}</span>,
        )}
      </span>
      <span className="message-who">
        {direction === 'outbound' ? t('who.usTo', { to: party?.name ?? '' }) : them}
        {subject && <span className="message-subject"> · {subject}</span>}
        {isEarlier && <span> · {t('search.earlier')}</span>}
        {isInside && <span> · {t('search.inside')}</span>}
      </span>
    </>
  );
}
