import type { Mailbox } from './address.ts';
import { type Component, type Property, propertyOf, readCalendarTree } from './calendar-tree.ts';
import { offsetByCalendar, offsetByName } from './calendar-zone.ts';

/**
 * A time in a calendar. A zone that is not known leaves it floating and unresolved: never UTC.
 *
 * @property iso `2026-05-12T09:14:00+03:00` when the instant is certain, without an offset when not, `2026-05-12` for a day.
 * @property zone The zone as named, of any kind.
 * @property certainty `stated`: in UTC. `zone`: by the zone's description in the calendar, or its IANA name. `floating`: it
 *   means the local time of whoever looks. `unresolved`: a zone is named that nobody described.
 */
export type CalendarTime = {
  readonly iso: string;
  readonly zone: string | null;
  readonly certainty: 'stated' | 'zone' | 'floating' | 'unresolved' | 'day';
};

export type Attendee = Mailbox & {
  /** In lower case: `accepted`, `declined`, `tentative`, `needs-action`. */
  readonly answer: string | null;
  readonly role: string | null;
};

/** One entry of a calendar: what was asked, by whom, and who answered. */
export type CalendarEntry = {
  readonly kind: 'event' | 'task' | 'journal' | 'busy';
  /** Of the calendar, in lower case: `request`, `reply`, `cancel`, `publish`. */
  readonly method: string | null;
  readonly uid: string | null;
  readonly sequence: number | null;
  /** Which one of a series it is. */
  readonly recurrence: CalendarTime | null;
  readonly repeats: boolean;
  readonly status: string | null;
  readonly summary: string | null;
  readonly location: string | null;
  readonly description: string | null;
  readonly organizer: Mailbox | null;
  readonly attendees: readonly Attendee[];
  readonly start: CalendarTime | null;
  readonly end: CalendarTime | null;
  /** When this state of it was written. */
  readonly stampedAt: CalendarTime | null;
};

const KINDS: Readonly<Record<string, CalendarEntry['kind']>> = {
  vevent: 'event',
  vtodo: 'task',
  vjournal: 'journal',
  vfreebusy: 'busy',
};
const MOST_ENTRIES = 1000;
const MOST_ATTENDEES = 1000;

/**
 * Reads an iCalendar file into its entries. Never throws.
 *
 * @returns null when the text is no calendar.
 */
export function readCalendar(text: string): readonly CalendarEntry[] | null {
  const calendars = readCalendarTree(text);
  if (!calendars) return null;
  const entries = calendars.flatMap((calendar) =>
    calendar.components.filter(({ name }) => name in KINDS).map((component) => entryOf(calendar, component)),
  );
  return entries.slice(0, MOST_ENTRIES);
}

function entryOf(calendar: Component, component: Component): CalendarEntry {
  const text = (name: string) => textOf(propertyOf(component, name));
  const time = (name: string) => timeOf(calendar, propertyOf(component, name));
  const sequence = propertyOf(component, 'sequence')?.values[0];
  const organizer = propertyOf(component, 'organizer');
  return {
    kind: KINDS[component.name]!,
    method: textOf(propertyOf(calendar, 'method'))?.toLowerCase() ?? null,
    uid: text('uid'),
    sequence: typeof sequence === 'number' ? sequence : null,
    recurrence: time('recurrence-id'),
    repeats: component.properties.some(({ name }) => name === 'rrule' || name === 'rdate'),
    status: text('status')?.toLowerCase() ?? null,
    summary: text('summary'),
    location: text('location'),
    description: text('description'),
    organizer: organizer ? mailboxOf(organizer) : null,
    attendees: component.properties
      .filter(({ name }) => name === 'attendee')
      .slice(0, MOST_ATTENDEES)
      .map(attendeeOf),
    start: time('dtstart'),
    end: time('dtend') ?? time('due'),
    stampedAt: time('dtstamp'),
  };
}

function textOf(property: Property | undefined): string | null {
  const value = property?.values[0];
  return typeof value === 'string' && value !== '' ? value : null;
}

function paramOf(property: Property, name: string): string | null {
  const value = property.params[name];
  return (typeof value === 'string' ? value : value?.[0]) || null;
}

function mailboxOf(property: Property): Mailbox {
  const uri = textOf(property) ?? '';
  const address = /^mailto:/i.test(uri)
    ? uri.slice(7).trim()
    : (paramOf(property, 'email') ?? (uri.includes('@') ? uri : ''));
  return { name: paramOf(property, 'cn'), address: address || null };
}

function attendeeOf(property: Property): Attendee {
  return {
    ...mailboxOf(property),
    answer: paramOf(property, 'partstat')?.toLowerCase() ?? null,
    role: paramOf(property, 'role')?.toLowerCase() ?? null,
  };
}

function timeOf(calendar: Component, property: Property | undefined): CalendarTime | null {
  const value = textOf(property);
  if (!property || value === null) return null;
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return { iso: value, zone: null, certainty: 'day' };
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/.test(value)) return null;
  if (value.endsWith('Z')) return { iso: value.replace('Z', '+00:00'), zone: 'UTC', certainty: 'stated' };
  const zone = paramOf(property, 'tzid');
  if (zone === null) return { iso: value, zone: null, certainty: 'floating' };
  const offset = offsetOf(calendar, zone, value);
  return offset === null
    ? { iso: value, zone, certainty: 'unresolved' }
    : { iso: value + offset, zone, certainty: 'zone' };
}

/** A description in the calendar itself wins over any list of zones. */
function offsetOf(calendar: Component, zone: string, local: string): string | null {
  const described = calendar.components.find(
    (one) => one.name === 'vtimezone' && textOf(propertyOf(one, 'tzid')) === zone,
  );
  return described ? offsetByCalendar(described, local) : offsetByName(zone, local);
}
