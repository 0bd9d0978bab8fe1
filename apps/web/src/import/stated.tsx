/** What a person states about exports. */
export type StatedAbout = { readonly tz: string | null; readonly dateOrder: DateOrder | null };

export const DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

export const NOTHING_STATED: StatedAbout = { tz: null, dateOrder: null };
export const ZONES_LIST = 'import-zones';

/** The names of all zones, offered to fields that ask for one. */
export function ZoneList() {
  return (
    <datalist id={ZONES_LIST}>
      {Intl.supportedValuesOf('timeZone').map((each) => (
        <option key={each} value={each} />
      ))}
    </datalist>
  );
}
