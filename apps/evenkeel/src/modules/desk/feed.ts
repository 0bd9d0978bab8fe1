import { addDays } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { FEED_WORDS, type FeedLang } from './feed.words.ts';
import type { NamedDue } from './named-due.actions.ts';

export type FeedStyle = {
  /** Without, a line says only what kind of thing is due: notifications without content. */
  readonly hasNames: boolean;
  readonly lang: FeedLang;
  /** `http://127.0.0.1:7140`: where a line leads to. */
  readonly origin: string;
};

const LINE_OCTETS = 75;

/**
 * What is due, as a calendar program reads it: one event each, on a date or at a moment, that leaves its day free.
 *
 * @param workspaceId makes the names of events unlike those of any other house
 * @source RFC 5545; §3.1 for folding at 75 octets, RFC 7986 for NAME and REFRESH-INTERVAL
 */
export function feedOf(
  dues: readonly NamedDue[],
  workspaceId: string,
  now: Instant,
  style: FeedStyle,
): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Evenkeel//Evenkeel//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'NAME:Evenkeel',
    'X-WR-CALNAME:Evenkeel',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...dues.flatMap((due) => eventOf(due, workspaceId, now, style)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventOf(due: NamedDue, workspaceId: string, now: Instant, style: FeedStyle): readonly string[] {
  const { id, room, kind, code, date, at, isWholeDay, interactionId, partyId } = due;
  const path = interactionId
    ? `/clients/${partyId}/interactions/${interactionId}`
    : partyId
      ? `/clients/${partyId}`
      : '/';
  const more = descriptionOf(due, style);
  return [
    'BEGIN:VEVENT',
    // The same thing keeps its name when its date moves: a program then moves it, and does not show it twice.
    `UID:${room}-${id}-${code}@${workspaceId}.evenkeel`,
    `DTSTAMP:${utc(now)}`,
    ...(isWholeDay
      ? [`DTSTART;VALUE=DATE:${plain(date)}`, `DTEND;VALUE=DATE:${plain(addDays(date, 1))}`]
      : [`DTSTART:${utc(at)}`, 'DURATION:PT0S']),
    `SUMMARY:${escaped(summaryOf(due, style))}`,
    ...(more === '' ? [] : [`DESCRIPTION:${escaped(more)}`]),
    `CATEGORIES:${kind.toUpperCase()}`,
    `URL:${style.origin}${path}`,
    'TRANSP:TRANSPARENT',
    `CLASS:${style.hasNames ? 'PRIVATE' : 'CONFIDENTIAL'}`,
    'END:VEVENT',
  ];
}

function summaryOf({ kind, side, party, says, params }: NamedDue, { hasNames, lang }: FeedStyle): string {
  const words = FEED_WORDS[lang];
  const what = side === 'theirs' ? `${words[kind]} (${words.theirs})` : words[kind];
  if (!hasNames) return what;
  // What a pack says of a step, it says in each language.
  const own = params[lang];
  return [party, what, typeof own === 'string' ? own : says].filter((part) => part !== '').join(' · ');
}

/** The paragraph a date of law rests on names nobody, so it stands in either style. */
function descriptionOf({ source, params }: NamedDue, { lang }: FeedStyle): string {
  if (source === null) return '';
  const words = FEED_WORDS[lang];
  return `${words.source}: ${source}${params.isVerified === false ? ` (${words.unverified})` : ''}`;
}

/** `2026-05-12T06:14:00.000Z` → `20260512T061400Z` */
function utc(at: Instant): string {
  return `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function plain(date: string): string {
  return date.replaceAll('-', '');
}

/** @source RFC 5545 §3.3.11; other control characters have no place in a text */
function escaped(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ');
}

/** Breaks a line so that none has more than 75 octets, never within a character. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    // What follows the first part begins with a space, which counts.
    if (octets + size > LINE_OCTETS) {
      parts.push(part);
      part = '';
      octets = 1;
    }
    part += sign;
    octets += size;
  }
  return [...parts, part].join('\r\n ');
}
