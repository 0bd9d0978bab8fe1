import { blankItem } from '../blank-item.ts';
import { exportText } from '../export-charset.ts';
import { inZone } from '../export-time.ts';
import type { ExportContext, ExportedItem } from '../exported.ts';
import type { Issue } from '../issue.ts';
import { asBuffer } from '../source.ts';
import { bodyOf } from './body.ts';
import { type DateOrder, isoDay } from './calendar.ts';
import { type Header, headerOf } from './header.ts';
import { personOf, splitSender } from './sender.ts';

/** What a WhatsApp entry needs beside its bytes. */
export type ChatContext = ExportContext & {
  readonly charset?: string;
  readonly marks?: boolean;
  readonly omitted?: string;
  /** Senders with `: ` in their names. */
  readonly names?: readonly string[];
  /** The sender who made the export, as far as the file tells. */
  readonly me?: string;
  /** Both names of a chat of two. */
  readonly pair?: readonly string[];
};

type Dated = { readonly sentAt: string | null; readonly issues: readonly Issue[] };

/** Reads one entry from its bytes: header, sender, and all lines up to the next header. Never throws. */
export function readItem(bytes: Uint8Array, context: ExportContext): ExportedItem {
  const { text, issues } = decoded(bytes, typeof context.charset === 'string' ? context.charset : null);
  const header = headerOf(firstLine(text));
  if (!header) return headless(text, context, issues);
  return withHeader(text, header, context, issues);
}

function withHeader(
  text: string,
  header: Header,
  context: ChatContext,
  issues: readonly Issue[],
): ExportedItem {
  const split = splitSender(text.slice(header.bodyAt), context.names ?? []);
  const manner = { marks: context.marks ?? false, omitted: context.omitted ?? null };
  const body = bodyOf(split.text, header, manner);
  const dated = sentAtOf(header, context);
  const isSystem = split.name === null || body.isSystem;
  return {
    ...blankItem(context),
    kind: isSystem ? 'message' : body.kind,
    from: isSystem ? null : personOf(split.name!, context.me ?? null),
    to: isSystem ? [] : othersOf(split.name!, context),
    sentAt: dated.sentAt,
    sentAtRaw: header.raw,
    text: isSystem ? withoutMarks(split.name === null ? split.text : (body.text ?? '')) : body.text,
    state: isSystem ? null : body.state,
    durationSec: isSystem ? null : body.durationSec,
    files: isSystem ? [] : body.files,
    issues: [...issues, ...dated.issues, ...(body.isMissing && !isSystem ? [NOT_EXPORTED] : [])],
  };
}

/** The bytes before a chat's first header, or bytes that are none of this format. */
function headless(text: string, context: ExportContext, issues: readonly Issue[]): ExportedItem {
  return { ...blankItem(context), text, issues: [...issues, NO_HEADER] };
}

const NO_HEADER: Issue = { code: 'no-header', message: 'No date, time and name stand at its beginning.' };
const NOT_EXPORTED: Issue = {
  code: 'text-not-exported',
  message: 'The app wrote that something was here, and did not export what it was.',
};
const BROKEN_BYTES: Issue = {
  code: 'undecodable-bytes',
  message: 'Some bytes are not UTF-8; they are shown as replacement characters.',
};

function decoded(bytes: Uint8Array, charset: string | null): { text: string; issues: readonly Issue[] } {
  const text = exportText(bytes, charset);
  const isBroken = text.includes('\ufffd') && !asBuffer(bytes).includes('\ufffd');
  return { text: withoutLastEnd(text), issues: isBroken ? [BROKEN_BYTES] : [] };
}

/** Lines end with LF, CRLF or CR; the last end belongs to the file and not to the text. */
function withoutLastEnd(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}

function othersOf(name: string, context: ChatContext) {
  const others = (context.pair ?? []).filter((one) => one !== name);
  return others.map((one) => personOf(one, context.me ?? null));
}

function withoutMarks(text: string): string {
  return text.replace(/[\u200e\u200f]/g, '');
}

const OTHER_ORDER = { dmy: 'mdy', mdy: 'dmy', ymd: 'dmy' } as const;

/** A date that its file's order cannot read but the other can was written with the other; one that none can is null. */
function sentAtOf(header: Header, { dateOrder, zone }: ExportContext): Dated {
  const isYearFirst = header.numbers[0].length > 2 || /^R/i.test(header.numbers[0]);
  const used: DateOrder = isYearFirst ? 'ymd' : (dateOrder?.value ?? 'dmy');
  const day = isoDay(header.numbers, header.era, used);
  if (day) return { sentAt: inZone(timed(day, header), zone), issues: [] };
  const other = isoDay(header.numbers, header.era, OTHER_ORDER[used]);
  return other
    ? { sentAt: inZone(timed(other, header), zone), issues: [ODD_DATE] }
    : { sentAt: null, issues: [UNREADABLE_DATE] };
}

const ODD_DATE: Issue = {
  code: 'date-odd',
  message:
    'Day and month stand in another order here than elsewhere in the file; no other reading is possible.',
};
const UNREADABLE_DATE: Issue = {
  code: 'date-unreadable',
  message: 'The date names no day; the time it was sent is unknown.',
};

/** Android writes no seconds, so none are said. */
function timed(day: string, { hour, minute, second }: Header): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${day}T${pad(hour)}:${pad(minute)}${second === null ? '' : `:${pad(second)}`}`;
}
