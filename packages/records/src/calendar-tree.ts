import ICAL from 'ical.js';

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
    const parsed = ICAL.parse(text.replace(/^\ufeff/, '').trim()) as unknown as Jcal | readonly Jcal[];
    return treeOf(parsed);
  } catch {
    return null;
  }
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
