import { blankItem } from '../blank-item.ts';
import { type CalendarEntry, type CalendarTime, readCalendar } from '../calendar.ts';
import { blocksIn } from '../document/blocks.ts';
import { headText } from '../document/whole.ts';
import type { ExportContext, ExportedItem, ExportedPerson, ExportReader } from '../exported.ts';
import { asBuffer } from '../source.ts';

const ENTRIES = new Set(['VEVENT', 'VTODO', 'VJOURNAL', 'VTIMEZONE']);
/** What stands before the entries and the zones they name are kept beside each of them, within reason. */
const FRAME_CHARS = 64 * 1024;

/** An iCalendar file: each entry a meeting or a paper of its own, with the method and the zones of its calendar. */
export const calendar: ExportReader = {
  format: 'ics',
  platform: 'calendar',
  recognises: (head) => /^(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR\b/i.test(headText(head)),
  async *read(source) {
    const bytes = await source.read(0, source.sizeBytes);
    const blocks = blocksIn(bytes, ENTRIES);
    const items = blocks.filter(({ name }) => name !== 'VTIMEZONE');
    const context = contextOf(bytes, blocks);
    let done = 0;
    for (const { start, end } of items) {
      if (start > done) yield { type: 'gap', range: { start: done, end: start } };
      yield { type: 'item', range: { start, end }, bytes: bytes.subarray(start, end), context, issues: [] };
      done = end;
    }
    if (bytes.length > done) yield { type: 'gap', range: { start: done, end: bytes.length } };
    if (items.length === 0) {
      const message = 'This looks like a calendar, but it holds no entry.';
      yield { type: 'note', issue: { code: 'export-empty', message } };
    }
  },
  readItem: (bytes, context) => {
    const frame = typeof context.frame === 'string' ? context.frame : '';
    const text = `BEGIN:VCALENDAR\r\n${frame}${asBuffer(bytes).toString('utf8')}\r\nEND:VCALENDAR\r\n`;
    const [entry] = readCalendar(text) ?? [];
    return entry ? itemOf(entry, context) : unread(bytes, context);
  },
};

function contextOf(bytes: Uint8Array, blocks: ReturnType<typeof blocksIn>): ExportContext {
  const text = asBuffer(bytes).toString('utf8');
  const first = blocks[0]?.start ?? bytes.length;
  const top = asBuffer(bytes.subarray(0, first))
    .toString('utf8')
    .split(/\r?\n(?![ \t])/)
    .filter((line) => /^(?:VERSION|METHOD|PRODID|CALSCALE)\b/i.test(line));
  const zones = blocks
    .filter(({ name }) => name === 'VTIMEZONE')
    .map(({ start, end }) => asBuffer(bytes.subarray(start, end)).toString('utf8'));
  const name = /^X-WR-CALNAME[^:\r\n]*:([^\r\n]+)/im.exec(text)?.[1]?.trim() ?? null;
  const frame = [...top, ...zones].map((piece) => `${piece.trimEnd()}\r\n`).join('');
  return {
    conversation: { id: name ?? 'calendar', name, isGroup: null },
    frame: frame.length > FRAME_CHARS ? '' : frame,
  };
}

function itemOf(entry: CalendarEntry, context: ExportContext): ExportedItem {
  const { organizer, attendees, start, stampedAt, uid, sequence, method, status } = entry;
  const isMeeting = entry.kind === 'event';
  const at = start ?? stampedAt;
  return {
    ...blankItem(context),
    kind: isMeeting ? 'meeting' : 'document',
    from: organizer && person(organizer),
    to: attendees.map(person),
    sentAt: at && timeOf(at),
    sentAtRaw: at && [at.iso, at.zone].filter(Boolean).join(' '),
    subject: entry.summary,
    text: wordsOf(entry),
    state: method ?? status,
    id:
      uid === null
        ? null
        : [uid, entry.recurrence?.iso, sequence].filter((one) => one !== null && one !== undefined).join(' '),
    durationSec: durationOf(entry),
    issues: at?.certainty === 'unresolved' ? [unresolved(at)] : [],
  };
}

/** A day has no time of the day: it is taken to begin at midnight, wherever that is. */
function timeOf({ iso, certainty }: CalendarTime): string {
  return certainty === 'day' ? `${iso}T00:00:00` : iso;
}

function unresolved({ zone }: CalendarTime): ExportedItem['issues'][number] {
  const message = `The time names the zone ${JSON.stringify(zone)}, which nobody describes; it is a time on a wall.`;
  return { code: 'date-unknown-zone', message };
}

function durationOf({ start, end }: CalendarEntry): number | null {
  const seconds = start && end ? (Date.parse(end.iso) - Date.parse(start.iso)) / 1000 : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

/** Who was asked, who answered, where it is: one line each, so that all of it is found. */
function wordsOf({
  attendees,
  description,
  location,
  organizer,
  end,
  repeats,
  sequence,
  stampedAt,
  uid,
}: CalendarEntry): string {
  const named = ({ name, address }: { name: string | null; address: string | null }) =>
    [name, address && `<${address}>`].filter(Boolean).join(' ');
  return [
    description,
    location && `LOCATION: ${location}`,
    end && `DTEND: ${end.iso}`,
    repeats && 'RRULE: repeats',
    organizer && `ORGANIZER: ${named(organizer)}`,
    ...attendees.map((one) => `ATTENDEE: ${named(one)}${one.answer ? ` (${one.answer})` : ''}`),
    uid && `UID: ${uid}`,
    sequence !== null && `SEQUENCE: ${sequence}`,
    stampedAt && `DTSTAMP: ${stampedAt.iso}`,
  ]
    .filter((line): line is string => typeof line === 'string')
    .join('\n');
}

function person({ name, address }: { name: string | null; address: string | null }): ExportedPerson {
  return { name, address: address === null ? null : address.toLowerCase(), isMe: false };
}

function unread(bytes: Uint8Array, context: ExportContext): ExportedItem {
  const message = 'This entry of a calendar cannot be read; its bytes are kept.';
  const text = asBuffer(bytes).toString('utf8');
  return { ...blankItem(context), kind: 'document', text, issues: [{ code: 'reader-failed', message }] };
}
