import { personIn, subjectOf } from './header.ts';
import type { MapiMessage } from './message.ts';
import { bytesOf, ID, isTrue, named, numberOf, SET, textOf, timeOf } from './property.ts';

/** Ids in the sets of named properties (MS-OXPROPS). */
const APPOINTMENT = {
  location: 0x8208,
  start: 0x820d,
  end: 0x820e,
  isAllDay: 0x8215,
  pattern: 0x8232,
} as const;
const COMMON = { start: 0x8516, end: 0x8517 } as const;
const TASK = { status: 0x8101, start: 0x8104, due: 0x8105, completed: 0x810f } as const;
const GLOBAL_ID = 0x0003;
const FINISHED = 2;

/**
 * An appointment, an invitation, an answer to one, or a task as iCalendar; null for anything else.
 *
 * Made by us of what Outlook keeps; a series is said in words only, as Outlook words it.
 *
 * @source MS-OXOCAL 2.2, MS-OXOTASK 2.2, RFC 5545
 */
export function calendarOf(message: MapiMessage, messageClass: string): string | null {
  if (/^ipm\.task\b/.test(messageClass)) return wrapped(null, 'VTODO', taskLines(message));
  const isMeeting = /^ipm\.(?:appointment|schedule\.meeting|ole\.class\.\{00061055)/.test(messageClass);
  if (!isMeeting) return null;
  return wrapped(methodOf(messageClass), 'VEVENT', eventLines(message, messageClass));
}

function methodOf(messageClass: string): string | null {
  if (messageClass.includes('.meeting.request')) return 'REQUEST';
  if (messageClass.includes('.meeting.resp')) return 'REPLY';
  return messageClass.includes('.meeting.canceled') ? 'CANCEL' : null;
}

function wrapped(method: string | null, kind: string, lines: readonly string[]): string {
  const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Evenkeel//rebuilt from Outlook//EN'];
  const all = [...head, ...(method ? [`METHOD:${method}`] : []), `BEGIN:${kind}`, ...lines];
  return `${[...all, `END:${kind}`, 'END:VCALENDAR'].map(foldLine).join('\r\n')}\r\n`;
}

function eventLines(message: MapiMessage, messageClass: string): readonly string[] {
  const { properties } = message;
  const own = (id: number): number => named(properties, SET.appointment, id);
  const common = (id: number): number => named(properties, SET.common, id);
  const isAllDay = isTrue(properties, own(APPOINTMENT.isAllDay));
  const start = timeOf(properties, own(APPOINTMENT.start)) ?? timeOf(properties, common(COMMON.start));
  const end = timeOf(properties, own(APPOINTMENT.end)) ?? timeOf(properties, common(COMMON.end));
  const uid = bytesOf(properties, named(properties, SET.meeting, GLOBAL_ID))
    ?.toString('hex')
    .toUpperCase();
  return [
    ...line('UID', uid ?? null),
    ...line('DTSTAMP', stamp(timeOf(properties, ID.submitTime) ?? timeOf(properties, ID.creationTime))),
    ...line('DTSTART', stamp(start)),
    ...line('DTEND', stamp(end)),
    ...(isAllDay ? ['X-MICROSOFT-CDO-ALLDAYEVENT:TRUE'] : []),
    ...line('SUMMARY', words(subjectOf(properties))),
    ...line('LOCATION', words(textOf(properties, own(APPOINTMENT.location)))),
    ...line('COMMENT', words(textOf(properties, own(APPOINTMENT.pattern)))),
    ...people(message, messageClass),
  ];
}

function taskLines({ properties }: MapiMessage): readonly string[] {
  const time = (id: number): string | null => stamp(timeOf(properties, named(properties, SET.task, id)));
  const isDone = numberOf(properties, named(properties, SET.task, TASK.status)) === FINISHED;
  return [
    ...line('DTSTAMP', stamp(timeOf(properties, ID.submitTime) ?? timeOf(properties, ID.creationTime))),
    ...line('DTSTART', time(TASK.start)),
    ...line('DUE', time(TASK.due)),
    ...line('COMPLETED', time(TASK.completed)),
    ...(isDone ? ['STATUS:COMPLETED'] : []),
    ...line('SUMMARY', words(subjectOf(properties))),
  ];
}

const ANSWERS: Readonly<Record<string, string>> = { pos: 'ACCEPTED', neg: 'DECLINED', tent: 'TENTATIVE' };

/** In an answer the sender is who was asked. */
function people({ properties, recipients }: MapiMessage, messageClass: string): readonly string[] {
  const sender = personIn(properties, [
    ID.sentRepresentingName,
    ID.sentRepresentingType,
    ID.sentRepresentingAddress,
    ID.sentRepresentingSmtp,
  ]);
  const others = recipients.flatMap(
    (one) => personIn(one, [ID.displayName, ID.addressType, ID.address, ID.smtpAddress]) ?? [],
  );
  const answer = ANSWERS[/\.resp\.(pos|neg|tent)/.exec(messageClass)?.[1] ?? ''];
  if (answer) return sender ? [personLine('ATTENDEE', sender, `;PARTSTAT=${answer}`)] : [];
  return [
    ...(sender ? [personLine('ORGANIZER', sender, '')] : []),
    ...others.map((one) => personLine('ATTENDEE', one, '')),
  ];
}

function personLine(
  kind: string,
  { name, address }: NonNullable<ReturnType<typeof personIn>>,
  more: string,
): string {
  const shown = name ? `;CN="${name.replace(/["\r\n]/g, ' ')}"` : '';
  return `${kind}${shown}${more}:${address ? `mailto:${address.replace(/\s/g, '')}` : 'invalid:nomail'}`;
}

function line(name: string, value: string | null): readonly string[] {
  return value ? [`${name}:${value}`] : [];
}

function stamp(iso: string | null): string | null {
  return iso === null ? null : `${iso.slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** RFC 5545 3.3.11. */
export function words(text: string | null): string | null {
  return text === null ? null : text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}

const OCTETS = 73;

/** RFC 5545 3.1; characters are not cut. */
export function foldLine(long: string): string {
  if (long.length < 25) return long;
  let out = '';
  let size = 0;
  for (const character of long) {
    const octets = Buffer.byteLength(character);
    if (size + octets > OCTETS) {
      out += '\r\n ';
      size = 0;
    }
    out += character;
    size += octets;
  }
  return out;
}
