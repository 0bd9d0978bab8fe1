import ICAL from 'ical.js';
import { decodeAs } from './charset.ts';
import { charsetNamed } from './charset-name.ts';
import { decodeQuotedPrintable } from './transfer.ts';

/** One property of a calendar. */
export type Property = {
  readonly name: string;
  readonly params: Readonly<Record<string, string | readonly string[]>>;
  readonly values: readonly unknown[];
};

/** A calendar or something in it. Names are in lower case. */
export type Component = {
  readonly name: string;
  readonly properties: readonly Property[];
  readonly components: readonly Component[];
};

type Jcal = readonly [
  string,
  readonly (readonly [string, Property['params'], string, ...unknown[]])[],
  readonly Jcal[],
];

const LARGEST = 4 * 1024 * 1024;

/** The calendars in a text, or null when it is none. Never throws. @source RFC 5545, RFC 7265 */
export function readCalendarTree(text: string): readonly Component[] | null {
  if (text.length > LARGEST || !/BEGIN:VCALENDAR/i.test(text)) return null;
  try {
    const parsed = ICAL.parse(withPlainValues(text.replace(/^\ufeff/, '').trim())) as unknown as
      | Jcal
      | readonly Jcal[];
    return treeOf(parsed);
  } catch {
    return null;
  }
}

const PACKED =
  /^([\w-]{1,60}(?:;[^:\r\n]{0,200})?);ENCODING=QUOTED-PRINTABLE([^:\r\n]{0,200}):((?:[^\r\n]*=\r?\n)*[^\r\n]*)/gim;

/** Calendars of version 1.0 pack their values, over several lines. */
function withPlainValues(text: string): string {
  if (!/;ENCODING=QUOTED-PRINTABLE/i.test(text)) return text;
  return text.replace(PACKED, (_all, named: string, params: string, packed: string) => {
    const label = /;CHARSET=([\w-]{1,40})/i.exec(`${named}${params}`)?.[1] ?? 'utf-8';
    const bytes = decodeQuotedPrintable(Buffer.from(packed, 'utf8'));
    const value = decodeAs(bytes, charsetNamed(label) ?? { label: 'utf-8', by: 'platform' });
    return `${named}${params}:${value.replace(/\r?\n/g, '\\n')}`;
  });
}

/** The same out of jCal, of one calendar or several. */
export function treeOf(parsed: Jcal | readonly Jcal[]): readonly Component[] {
  const roots = typeof parsed[0] === 'string' ? [parsed as Jcal] : (parsed as readonly Jcal[]);
  return roots.map(componentOf);
}

function componentOf([name, properties, components]: Jcal): Component {
  return {
    name,
    properties: properties.map(([property, params, , ...values]) => ({ name: property, params, values })),
    components: components.map(componentOf),
  };
}

export function propertyOf(component: Component, name: string): Property | undefined {
  return component.properties.find((property) => property.name === name);
}
