import type { Signal, TimelineRow } from '../api/shapes.ts';
import { NotedMarks, notedAt } from '../by-hand/noted-mark.tsx';
import { MarkedText } from '../language/marked-text.tsx';
import { marksIn } from '../language/marks-in.ts';
import { Icon } from '../shell/icon.tsx';
import { named, t } from '../words/t.ts';
import { dayOf, isClaimed, statedAs, timeOf } from '../words/when.ts';
import './message.css';

type Shown = {
  row: TimelineRow;
  marks?: readonly Signal[] | undefined;
  startsDay: boolean;
  showsParty?: boolean;
};

/** Two lines of one message: when, their or our words, then who and the label. */
export function MessageBody({ row, marks = [], startsDay, showsParty = false }: Shown) {
  return (
    <>
      <time className="message-when number" dateTime={row.at} title={whenInFull(row)}>
        {hasDate(row) ? <When at={row.at} startsDay={startsDay} /> : t('when.none')}
      </time>
      <span className="message-words">
        {row.lead ? (
          <MarkedText text={row.lead} findings={marksIn(row.lead, marks)} />
        ) : (
          row.subject || named('kind', row.kind)
        )}
      </span>
      <span className="message-who">
        {row.direction && <span className="unseen">{named('direction', row.direction)}</span>}
        {whoWrote(row, showsParty)}
        {row.noted && <span className="message-subject"> · {notedAt(row)}</span>}
        {row.lead !== '' && row.subject && <span className="message-subject"> · {row.subject}</span>}
      </span>
      <Marks row={row} marked={marks.length} />
    </>
  );
}

function When({ at, startsDay }: { at: string; startsDay: boolean }) {
  return (
    <>
      <span className={startsDay ? 'message-day' : 'message-day message-same-day'}>{dayOf(at)}</span>{' '}
      <span>{timeOf(at)}</span>
    </>
  );
}

/** What nobody dated stands at the time it was recorded, and must not look as if it had happened then. */
function hasDate({ atSource }: TimelineRow): boolean {
  return atSource !== 'recorded';
}

function Marks({ row, marked }: { row: TimelineRow; marked: number }) {
  return (
    <span className="message-marks">
      <NotedMarks row={row} />
      {!isClaimed(row.atSource) && hasDate(row) && (
        <span className="message-mark" title={named('atSourceWhy', row.atSource)}>
          {named('atSource', row.atSource)}
        </span>
      )}
      {row.became && (
        <span className="message-mark" title={t(`became.${row.became}Why`)}>
          {t(`became.${row.became}`)}
        </span>
      )}
      {row.keptBack && (
        <span className="message-mark" title={t(`apart.kind.${row.keptBack}`)}>
          {t('apart.staysHere')}
        </span>
      )}
      {marked > 0 && <span className="message-mark">{t('count.marked', { count: marked })}</span>}
      {row.issues > 0 && (
        <span className="message-mark message-mark-lesser">{t('count.issues', { count: row.issues })}</span>
      )}
      {row.copies > 1 && (
        <span className="message-mark" title={t('count.copies', { count: row.copies })}>
          <Icon name="copies" />
          {row.copies}
        </span>
      )}
      {row.attachments > 0 && (
        <span className="message-mark" title={t('count.attachments', { count: row.attachments })}>
          <Icon name="clip" />
          {row.attachments}
        </span>
      )}
    </span>
  );
}

/** From whom, or to whom where it is ours. */
export function whoWrote(row: TimelineRow, showsParty: boolean): string {
  const party = row.parties[0]?.name;
  const them = row.from.name ?? row.from.address ?? (row.noted && party) ?? t('who.unknown');
  if (row.direction === 'outbound')
    return t('who.usTo', { to: (showsParty && party) || row.to || (party ?? '') });
  if (row.noted && row.direction !== 'inbound') return row.to || (party ?? '');
  return showsParty && party && party !== them ? t('who.themOf', { them, party }) : them;
}

/** When it was, as it was stated there, and who says so. */
export function whenInFull(row: TimelineRow): string {
  return t('when.stated', {
    stated: statedAs(row.at, row.offsetMin),
    source: row.noted ? t('atSourceWhy.person') : named('atSourceWhy', row.atSource),
  });
}
