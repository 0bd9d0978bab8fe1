import type HolidaysOfLibrary from 'date-holidays';
import type { HolidaysTypes } from 'date-holidays';
import { addDays, type LocalDate } from '../../kernel/calendar.ts';
import type { Holidays } from './days-off.ts';

const DAY_MS = 24 * 3_600_000;
const NONE: ReadonlyMap<LocalDate, string> = new Map();

/** Whose holidays: `FI`, `GB-ENG`, `DE-BY`. */
export type CountryHolidays = {
  /** Days on which nobody is expected to work. */
  readonly off: Holidays;
  /** Days on which many do not, such as eves: they count only where somebody says so. */
  readonly eves: Holidays;
};

const loaded = new Map<string, Promise<CountryHolidays | null>>();

/** Loads a country's holidays when they are first asked for. @returns null for a country or region that is not known */
export function holidaysOf(country: string): Promise<CountryHolidays | null> {
  const known = loaded.get(country);
  if (known) return known;
  const loading = load(country);
  loaded.set(country, loading);
  return loading;
}

export const NO_HOLIDAYS: CountryHolidays = { off: () => NONE, eves: () => NONE };

async function load(country: string): Promise<CountryHolidays | null> {
  const { default: Library } = await import('date-holidays');
  const [code = '', ...rest] = country.split('-');
  const state = rest.join('-');
  const library = new Library();
  if (!(code in library.getCountries())) return null;
  if (state !== '' && !(state in (library.getStates(code) ?? {}))) return null;
  library.init(code, state, { types: ['public', 'bank'] });
  return { off: yearly(library, 'public'), eves: yearly(library, 'bank') };
}

function yearly(library: HolidaysOfLibrary, type: HolidaysTypes.HolidayType): Holidays {
  const years = new Map<number, ReadonlyMap<LocalDate, string>>();
  return (year) => {
    const known = years.get(year);
    if (known) return known;
    // A holiday of several days may begin in the year before.
    const found = [year - 1, year].flatMap((each) => library.getHolidays(each) ?? []);
    const days = new Map(
      found
        .filter((holiday) => holiday.type === type)
        .flatMap(datesOf)
        .filter(([date]) => date.startsWith(`${year}-`)),
    );
    years.set(year, days);
    return days;
  };
}

function datesOf({ date, start, end, name }: HolidaysTypes.Holiday): readonly [LocalDate, string][] {
  const first = date.slice(0, 10) as LocalDate;
  const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
  // Some languages write them small; here each stands alone.
  const called = name.charAt(0).toUpperCase() + name.slice(1);
  return Array.from({ length: days }, (_, i) => [addDays(first, i), called]);
}

/** Codes of the countries there are, or of one country's regions with their names. */
export async function countries(): Promise<readonly string[]> {
  const { default: Library } = await import('date-holidays');
  return Object.keys(new Library().getCountries()).sort();
}

export async function regionsOf(
  country: string,
): Promise<readonly { readonly code: string; readonly name: string }[]> {
  const { default: Library } = await import('date-holidays');
  const library = new Library();
  if (!(country in library.getCountries())) return [];
  return Object.entries(library.getStates(country) ?? {}).map(([state, name]) => ({
    code: `${country}-${state}`,
    name,
  }));
}

/** The country whose clocks a zone is, when it is one country's. */
export async function countryOfZone(zone: string): Promise<string | null> {
  const found = (await countriesByZone()).get(zone) ?? [];
  return found.length === 1 ? found[0]! : null;
}

let byZone: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

/** Finding out takes tens of milliseconds; many pages ask, and the answer does not change while the program runs. */
function countriesByZone(): Promise<ReadonlyMap<string, readonly string[]>> {
  byZone ??= countries().then((all) => {
    const found = new Map<string, string[]>();
    for (const country of all)
      for (const zone of zonesOf(country)) found.set(zone, [...(found.get(zone) ?? []), country]);
    return found;
  });
  return byZone;
}

function zonesOf(country: string): readonly string[] {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
    getTimeZones?: () => readonly string[] | undefined;
  };
  return locale.getTimeZones?.() ?? [];
}
