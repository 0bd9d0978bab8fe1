import { blankItem } from '../blank-item.ts';
import { charsetGuessed, exportText, otherCharset } from '../export-charset.ts';
import { inZone, localOf, possibleLocal } from '../export-time.ts';
import type { ExportContext, ExportedItem, ExportedPerson, ExportReader } from '../exported.ts';
import type { Issue } from '../issue.ts';
import { cellsOf, rowsOf } from './table.ts';

/** Which column says what, by words that phones and telephone companies head them with. */
const COLUMNS = {
  when: /^(?:date(?: ?[/&]? ?time)?|time ?stamp|start(?: time)?|when|call date|дата(?: и время)?|päivä(?:määrä)?|aika)$/i,
  time: /^(?:time|call time|clock|время|kellonaika)$/i,
  number:
    /^(?:(?:phone|other|called|caller)? ?number|phone|from\/to|номер(?: телефона)?|numero|puhelinnumero)$/i,
  name: /^(?:(?:contact )?name|contact|имя|контакт|nimi)$/i,
  type: /^(?:(?:call )?type|direction|тип(?: звонка)?|suunta|tyyppi)$/i,
  duration: /^(?:(?:call )?duration(?: \(?(?:s|sec|seconds|hh:mm:ss)\)?)?|seconds|длительность|kesto)$/i,
} as const;
type Column = keyof typeof COLUMNS;
type Layout = { readonly delimiter: string; readonly at: Readonly<Partial<Record<Column, number>>> };

const OUT = /^(?:out|outgoing|dialed|dialled|2|исходящий|lähtevä|soitettu)/i;
const MISSED = /miss|reject|declin|unanswered|пропущ|отклон|vastaamaton|hylätty/i;

/** A list of calls as a table (CSV): a call a row, where the columns say when, with whom and of what kind. */
export const callList: ExportReader = {
  format: 'call-list',
  platform: 'phone',
  recognises: (head) => layoutOf(firstLine(exportText(head, otherCharset(head)))) !== null,
  async *read(source, settings) {
    const bytes = await source.read(0, source.sizeBytes);
    const charset = otherCharset(bytes);
    const rows = rowsOf(bytes, charset);
    const head = rows[0]!;
    const layout = layoutOf(head.text.trim())!;
    const dates = rows.slice(1).map(({ text }) => cellsOf(text, layout.delimiter)[layout.at.when!] ?? '');
    const dateOrder = settings.dateOrder
      ? ({ value: settings.dateOrder, certainty: 'stated' } as const)
      : orderOf(dates);
    const context: ExportContext = {
      conversation: { id: 'calls', name: null, isGroup: null },
      ...{ dateOrder, zone: settings.zone, layout, ...(charset && { charset }) },
    };
    yield { type: 'gap', range: { start: head.start, end: head.end } };
    for (const { text, start, end } of rows.slice(1)) {
      const range = { start, end };
      if (text.trim() === '') yield { type: 'gap', range };
      else yield { type: 'item', range, bytes: bytes.subarray(start, end), context, issues: [] };
    }
    if (charset) yield { type: 'note', issue: charsetGuessed(charset) };
    if (dateOrder.certainty === 'guessed' && dates.some((date) => DATE.test(date)))
      yield { type: 'note', issue: ORDER_GUESSED };
  },
  readItem: (bytes, context) =>
    callOf(exportText(bytes, typeof context.charset === 'string' ? context.charset : null), context),
};

const ORDER_GUESSED: Issue = {
  code: 'date-order-unknown',
  message:
    'Nothing in this list shows the order of day and month; dates are read as day, month, year until somebody says otherwise.',
};

function firstLine(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/, 1)[0]!
    .slice(0, 2000);
}

/** The columns of a head line; null when it does not say when and with whom, and of what kind or how long. */
function layoutOf(line: string): Layout | null {
  for (const delimiter of [',', ';', '\t']) {
    const cells = cellsOf(line.replace(/^\ufeff/, ''), delimiter);
    const at: Partial<Record<Column, number>> = {};
    for (const [i, cell] of cells.entries())
      for (const [column, sign] of Object.entries(COLUMNS) as [Column, RegExp][])
        if (at[column] === undefined && sign.test(cell.trim())) at[column] = i;
    if (at.when !== undefined && at.number !== undefined && (at.type ?? at.duration) !== undefined)
      return { delimiter, at };
  }
  return null;
}

const DATE = /^\s*(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})/;

/** The order of day and month, as any of the dates shows it; where the year comes first there is nothing to decide. */
function orderOf(dates: readonly string[]): NonNullable<ExportContext['dateOrder']> {
  const open = dates
    .map((date) => DATE.exec(date) ?? [])
    .filter(([date, first]) => date && first!.length < 4);
  if (open.length === 0 && dates.some((date) => DATE.test(date))) return { value: 'ymd', certainty: 'shown' };
  for (const [date = '', first, second] of open) {
    if (Number(first) > 12 || date.includes('.')) return { value: 'dmy', certainty: 'shown' };
    if (Number(second) > 12) return { value: 'mdy', certainty: 'shown' };
  }
  return { value: 'dmy', certainty: 'guessed' };
}

function callOf(row: string, context: ExportContext): ExportedItem {
  const { delimiter, at } = context.layout as Layout;
  const cells = cellsOf(row, delimiter);
  const cell = (column: Column) => (at[column] === undefined ? '' : (cells[at[column]] ?? '').trim());
  const type = cell('type');
  const isOut = OUT.test(type);
  const raw = [cell('when'), cell('time')].filter(Boolean).join(' ');
  const number = cell('number').replace(/[\s()./-]/g, '');
  const other: ExportedPerson = { name: cell('name') || null, address: number || null, isMe: false };
  const me: ExportedPerson = { name: null, address: null, isMe: true };
  return {
    ...blankItem(context),
    kind: 'call',
    from: isOut ? me : other,
    to: isOut ? [other] : [me],
    sentAt: timeOf(raw, context),
    sentAtRaw: raw || null,
    text: type || null,
    state: MISSED.test(type) ? 'missed' : null,
    durationSec: secondsOf(cell('duration')),
  };
}

const TIME = /(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?\s*([ap]\.?m)?[^\d]*$/i;

/** A time with its own offset, `2026-05-13T10:00:00+03:00`. */
const INSTANT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})? ?(?:(Z)|([+-]\d\d):?(\d\d))$/i;

function timeOf(raw: string, { dateOrder, zone }: ExportContext): string | null {
  const [, day, clock, utc, hours, minutes] = INSTANT.exec(raw) ?? [];
  if (day && clock) {
    const local = possibleLocal(`${day}T${clock.length === 5 ? `${clock}:00` : clock}`);
    return local && `${local}${utc ? '+00:00' : `${hours}:${minutes}`}`;
  }
  const local = localIn(raw, dateOrder?.value ?? 'dmy');
  return local && inZone(local, zone);
}

function localIn(raw: string, order: 'dmy' | 'mdy' | 'ymd'): string | null {
  const [date, ...numbers] = DATE.exec(raw) ?? [];
  const [first = 0, second = 0, third = 0] = numbers.map(Number);
  if (date === undefined) return null;
  const [, hour = '', minute = '', sec = '00', half] = TIME.exec(raw.slice(date.length)) ?? [];
  const [year, month, day] =
    numbers[0]!.length === 4
      ? [first, second, third]
      : order === 'mdy'
        ? [third, first, second]
        : [third, second, first];
  const shift = half ? (/^p/i.test(half) ? 12 : 0) - (Number(hour) === 12 ? 12 : 0) : 0;
  if (hour === '') return null;
  return localOf(year < 100 ? year + 2000 : year, month, day, `${Number(hour) + shift}:${minute}:${sec}`);
}

const LENGTH =
  /^(?:(\d{1,4}) ?(?:h|hrs?|hours?|ч|час\p{L}*|t|tuntia?)\.? ?)?(?:(\d{1,5}) ?(?:m|mins?|minutes?|м|мин\p{L}*|minuuttia?)\.? ?)?(?:(\d{1,6}) ?(?:s|secs?|seconds?|с|сек\p{L}*|sek\p{L}*)\.?)?$/iu;

/** `65`, `1:05`, `0:01:05` or `1 min 5 s`. */
function secondsOf(text: string): number | null {
  if (/^\d+(?::\d\d){0,2}$/.test(text))
    return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  const [all, hours, minutes, seconds] = LENGTH.exec(text) ?? [];
  return all ? (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0) : null;
}
