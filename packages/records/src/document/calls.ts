import { blankItem } from '../blank-item.ts';
import { localOf } from '../export-time.ts';
import type { ExportContext, ExportedItem, ExportedPerson, ExportReader } from '../exported.ts';
import { asBuffer } from '../source.ts';

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
const ROW_LIMIT = 1_000_000;

/** A list of calls as a table (CSV): a call a row, where the columns say when, with whom and of what kind. */
export const callList: ExportReader = {
  format: 'call-list',
  platform: 'phone',
  recognises: (head) => layoutOf(firstLine(asBuffer(head).toString('utf8'))) !== null,
  async *read(source, settings) {
    const bytes = asBuffer(await source.read(0, source.sizeBytes));
    const rows = rowsOf(bytes);
    const head = rows[0]!;
    const layout = layoutOf(head.text.trim())!;
    const dateOrder = settings.dateOrder
      ? ({ value: settings.dateOrder, certainty: 'stated' } as const)
      : orderOf(rows.slice(1).map(({ text }) => cellsOf(text, layout.delimiter)[layout.at.when!] ?? ''));
    const context: ExportContext = {
      conversation: { id: 'calls', name: null, isGroup: null },
      ...{ dateOrder, zone: settings.zone, layout },
    };
    yield { type: 'gap', range: { start: head.start, end: head.end } };
    for (const { text, start, end } of rows.slice(1)) {
      const range = { start, end };
      if (text.trim() === '') yield { type: 'gap', range };
      else yield { type: 'item', range, bytes: bytes.subarray(start, end), context, issues: [] };
    }
  },
  readItem: (bytes, context) => callOf(asBuffer(bytes).toString('utf8'), context),
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

type Row = { readonly text: string; readonly start: number; readonly end: number };

/** Rows with their line ends; a quoted cell may hold line ends of its own. */
function rowsOf(bytes: Buffer): readonly Row[] {
  const rows: Row[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 0x22) isQuoted = !isQuoted;
    if (bytes[at] !== 0x0a || isQuoted || rows.length >= ROW_LIMIT) continue;
    rows.push({ text: bytes.toString('utf8', start, at + 1), start, end: at + 1 });
    start = at + 1;
  }
  if (start < bytes.length) rows.push({ text: bytes.toString('utf8', start), start, end: bytes.length });
  return rows;
}

function cellsOf(row: string, delimiter: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const sign of row.replace(/\r?\n$/, '')) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (sign === delimiter && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell];
}

const DATE = /^\s*(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})/;

/** The order of day and month, as any of the dates shows it. */
function orderOf(dates: readonly string[]): NonNullable<ExportContext['dateOrder']> {
  for (const date of dates) {
    const [, first = '', second = ''] = DATE.exec(date) ?? [];
    if (first.length === 4) return { value: 'ymd', certainty: 'shown' };
    if (Number(first) > 12) return { value: 'dmy', certainty: 'shown' };
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
    sentAt: timeOf(raw, context.dateOrder?.value ?? 'dmy'),
    sentAtRaw: raw || null,
    text: type || null,
    state: MISSED.test(type) ? 'missed' : null,
    durationSec: secondsOf(cell('duration')),
  };
}

const TIME = /(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?\s*([ap]\.?m)?[^\d]*$/i;

function timeOf(raw: string, order: 'dmy' | 'mdy' | 'ymd'): string | null {
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

/** `65`, `1:05` or `0:01:05`. */
function secondsOf(text: string): number | null {
  if (!/^\d+(?::\d\d){0,2}$/.test(text)) return null;
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
