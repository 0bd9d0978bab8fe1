import { foldLine, words } from './calendar.ts';
import { subjectOf } from './header.ts';
import type { MapiMessage } from './message.ts';
import { ID, named, type Properties, type Property, SET, TYPE, textOf } from './property.ts';

/** Properties of a contact (MS-OXOCNTC 2.2.1), and the vCard line each becomes. */
const LINES = [
  [0x3a16, 'ORG'],
  [0x3a17, 'TITLE'],
  [0x3a08, 'TEL;TYPE=work,voice'],
  [0x3a1b, 'TEL;TYPE=work,voice'],
  [0x3a09, 'TEL;TYPE=home,voice'],
  [0x3a1c, 'TEL;TYPE=cell'],
  [0x3a24, 'TEL;TYPE=work,fax'],
  [0x3a1a, 'TEL;TYPE=pref'],
] as const;
const NAME_PARTS = [0x3a11, 0x3a06, 0x3a44, 0x3a45, 0x3a05] as const;
const ADDRESSES = [0x8083, 0x8093, 0x80a3] as const;
const PLACES = [0x801a, 0x801b, 0x801c] as const;
const WEB_PAGE = 0x802b;
const LIST = { oneOff: 0x8054, members: 0x8055 } as const;

/**
 * A contact as a vCard, or a list of people as a vCard group; null for anything else.
 *
 * @source MS-OXOCNTC 2.2, RFC 6350
 */
export function contactOf({ properties }: MapiMessage, messageClass: string): string | null {
  const lines = messageClass.startsWith('ipm.contact')
    ? contactLines(properties)
    : messageClass.startsWith('ipm.distlist')
      ? ['KIND:group', ...membersOf(properties).map(memberLine)]
      : null;
  if (lines === null) return null;
  const name = textOf(properties, ID.displayName) ?? subjectOf(properties) ?? '';
  const all = ['BEGIN:VCARD', 'VERSION:4.0', `FN:${words(name)}`, ...lines, 'END:VCARD'];
  return `${all.map(foldLine).join('\r\n')}\r\n`;
}

function contactLines(properties: Properties): readonly string[] {
  const own = (id: number): string | null => textOf(properties, named(properties, SET.address, id));
  const line = (name: string, value: string | null): string[] => (value ? [`${name}:${words(value)}`] : []);
  const parts = NAME_PARTS.map((id) => words(textOf(properties, id)) ?? '').join(';');
  return [
    ...(parts.length > 4 ? [`N:${parts}`] : []),
    ...ADDRESSES.flatMap((id) => line('EMAIL', own(id))),
    ...LINES.flatMap(([id, name]) => line(name, textOf(properties, id))),
    ...PLACES.flatMap((id) => line('NOTE', own(id))),
    ...line('URL', own(WEB_PAGE)),
  ];
}

/** Somebody in a list; one who is named by another contact has no address here. */
export type Member = { readonly name: string | null; readonly address: string | null };

const ONE_OFF = '812b1fa4bea310199d6e00dd010f5402';
const IS_UNICODE = 0x8000;

/** The people in a distribution list, as far as the list itself names them. */
export function membersOf(properties: Properties): readonly Member[] {
  const ids = [LIST.oneOff, LIST.members].map((id) =>
    properties.byId.get(named(properties, SET.address, id)),
  );
  const best = ids.map((property) => oneOffsIn(property)).find((members) => members.length > 0);
  return best ?? [];
}

function oneOffsIn(property: Property | undefined): readonly Member[] {
  if (property?.type !== TYPE.binary) return [];
  return property.values.flatMap((entry) => oneOff(entry) ?? []);
}

/** A one-off entry id: a name, a type and an address (MS-OXCDATA 2.2.5.1). */
function oneOff(entry: Buffer): Member | null {
  if (entry.length < 24 || entry.toString('hex', 4, 20) !== ONE_OFF) return null;
  const isUnicode = (entry.readUInt16LE(22) & IS_UNICODE) !== 0;
  const [name, , address] = entry.toString(isUnicode ? 'utf16le' : 'latin1', 24).split('\0');
  return { name: name || null, address: address || null };
}

function memberLine({ name, address }: Member): string {
  const shown = name ? `;CN="${name.replace(/["\r\n]/g, ' ')}"` : '';
  return `MEMBER${shown}:${address ? `mailto:${address.replace(/\s/g, '')}` : 'invalid:nomail'}`;
}
