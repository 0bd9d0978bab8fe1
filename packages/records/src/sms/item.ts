import { blankItem } from '../blank-item.ts';
import { instantOf } from '../export-time.ts';
import type { ExportContext, ExportedFile, ExportedItem, ExportedPerson } from '../exported.ts';
import type { Issue } from '../issue.ts';
import { type Decoded, type Tag, tagsIn, textIn, valueIn } from './attributes.ts';

const ME: ExportedPerson = { name: null, address: null, isMe: true };
/** What the phone writes where its own number would stand. */
const OWN_PLACE = 'insert-address-token';
/** Who an address of a multimedia message belongs to (PduHeaders of Android). */
const ADDRESS = { from: '137', all: ['129', '130', '137', '151'] } as const;
const SMS_STATES: Readonly<Record<string, string>> = { 3: 'draft', 4: 'queued', 5: 'failed', 6: 'queued' };
const CALL_STATES: Readonly<Record<string, string>> = {
  3: 'missed',
  4: 'voicemail',
  5: 'rejected',
  6: 'rejected',
};

/** Who a message or call is with; one key for one person or group of them. */
export function conversationOf(bytes: Uint8Array): ExportedItem['conversation'] {
  const tags = tagsIn(bytes);
  const head = tags[0];
  const addresses = head ? correspondents(head, tags) : [];
  const name = head ? contactName(head) : null;
  const keys = addresses.map((address) => addressOf(address).replace(/^sms:/, ''));
  const key = keys.toSorted().join('~') || 'unknown';
  return { id: `sms:${key}`, name: name ?? (addresses.join(', ') || null), isGroup: addresses.length > 1 };
}

/** Reads one `<sms/>`, `<mms>` or `<call/>`. Never throws. */
export function readItem(bytes: Uint8Array, context: ExportContext): ExportedItem {
  const tags = tagsIn(bytes);
  const head = tags[0];
  if (!head) return { ...blankItem(context), issues: [NOTHING_THERE] };
  if (head.name === 'call') return callOf(head, context);
  return head.name === 'mms' ? mmsOf(head, tags, context) : smsOf(head, context);
}

function smsOf(tag: Tag, context: ExportContext): ExportedItem {
  const type = textIn(tag, 'type') ?? '';
  const other = personOf(textIn(tag, 'address'), contactName(tag));
  const body = valueIn(tag, 'body');
  return {
    ...dated(tag, context),
    ...(type === '1' ? { from: other, to: [ME] } : { from: ME, to: other ? [other] : [] }),
    subject: textIn(tag, 'subject') || null,
    text: body?.text || null,
    state: SMS_STATES[type] ?? null,
    issues: [...dateIssues(tag), ...textIssues([body])],
  };
}

function callOf(tag: Tag, context: ExportContext): ExportedItem {
  const type = textIn(tag, 'type') ?? '';
  const other = personOf(textIn(tag, 'number'), contactName(tag));
  const seconds = Number(textIn(tag, 'duration') ?? Number.NaN);
  return {
    ...dated(tag, context),
    kind: 'call',
    ...(type === '2' ? { from: ME, to: other ? [other] : [] } : { from: other, to: [ME] }),
    state: CALL_STATES[type] ?? null,
    durationSec: Number.isFinite(seconds) && seconds >= 0 ? seconds : null,
    issues: dateIssues(tag),
  };
}

/** Google Messages writes its own notes on a message of RCS where a subject stands. */
const RCS_KEY = /^proto:[\w+/=-]*$/;

function mmsOf(head: Tag, tags: readonly Tag[], context: ExportContext): ExportedItem {
  const parts = tags.filter((tag) => tag.name === 'part');
  const texts = parts.filter((part) => isText(part)).map((part) => valueIn(part, 'text'));
  const subject = valueIn(head, 'sub');
  return {
    ...dated(head, context),
    ...peopleOf(head, tags),
    subject: RCS_KEY.test(subject?.text ?? '') ? null : subject?.text || null,
    text: texts.map((one) => one?.text ?? '').join('\n') || null,
    state: SMS_STATES[textIn(head, 'msg_box') ?? ''] ?? null,
    id: textIn(head, 'm_id'),
    files: parts.filter((part) => isFile(part)).map(fileOf),
    issues: [...dateIssues(head), ...textIssues([subject, ...texts])],
  };
}

function peopleOf(head: Tag, tags: readonly Tag[]) {
  const isReceived = textIn(head, 'msg_box') === '1';
  const others = correspondents(head, tags);
  const stated = addressTags(tags);
  const sender = stated.find(({ type }) => type === ADDRESS.from)?.address ?? others[0] ?? null;
  const names = namesFor(others, contactName(head));
  const person = (address: string) => personOf(address, names.get(address) ?? null)!;
  if (!isReceived) return { from: ME, to: others.map(person) };
  const mine = stated
    .map(({ address }) => address)
    .filter((address) => address !== sender && !others.includes(address));
  const own = mine.length === 1 ? { ...ME, address: addressOf(mine[0]!) } : ME;
  return {
    from: sender === null ? null : person(sender),
    to: [own, ...others.filter((address) => address !== sender).map(person)],
  };
}

/** The app joins the numbers of a group, and their names, in one order. */
function namesFor(others: readonly string[], names: string | null): ReadonlyMap<string, string> {
  const all = others.length > 1 ? (names?.split(', ') ?? []) : names === null ? [] : [names];
  return all.length === others.length
    ? new Map(others.map((address, index) => [address, all[index]!]))
    : new Map();
}

/** Everybody but the owner of the phone: the head names them, and the list of addresses only where it does not. */
function correspondents(head: Tag, tags: readonly Tag[]): readonly string[] {
  const stated = textIn(head, head.name === 'call' ? 'number' : 'address') ?? '';
  const named = stated.split('~').filter((address) => isAddress(address));
  if (named.length > 0 || head.name !== 'mms') return named;
  const isReceived = textIn(head, 'msg_box') === '1';
  const listed = addressTags(tags).filter(({ type }) => (type === ADDRESS.from) === isReceived);
  return [...new Set(listed.map(({ address }) => address))];
}

function addressTags(tags: readonly Tag[]): readonly { address: string; type: string }[] {
  const found = tags.filter((tag) => tag.name === 'addr');
  const read = found.map((tag) => ({
    address: textIn(tag, 'address') ?? '',
    type: textIn(tag, 'type') ?? '',
  }));
  return read.filter(
    ({ address, type }) => isAddress(address) && ADDRESS.all.some((known) => known === type),
  );
}

/** A hidden number is written as -1, -2 or nothing. */
function isAddress(address: string): boolean {
  return address !== '' && address !== OWN_PLACE && !/^-\d$/.test(address);
}

function personOf(address: string | null, name: string | null): ExportedPerson | null {
  if (address === null || !isAddress(address))
    return name === null ? null : { name, address: null, isMe: false };
  return { name, address: addressOf(address), isMe: false };
}

/** A number with its country code, a mail address, else what the phone showed: a short number, a name of a firm. */
function addressOf(stated: string): string {
  const digits = stated.replace(/[\s().\-‐‑–]/g, '');
  if (/^\+\d{5,15}$/.test(digits)) return digits;
  if (/^[^@\s]+@[^@\s]+$/.test(stated)) return stated.toLowerCase();
  return `sms:${/^\d+$/.test(digits) ? digits : stated.trim()}`;
}

function contactName(tag: Tag): string | null {
  const name = textIn(tag, 'contact_name');
  return name === null || name === '' || name === '(Unknown)' ? null : name;
}

function isText(part: Tag): boolean {
  return /^text\/plain/i.test(textIn(part, 'ct') ?? '') && !part.values.has('data');
}

/** The layout of the slides is for the phone. */
function isFile(part: Tag): boolean {
  const type = textIn(part, 'ct') ?? '';
  return !/smil/i.test(type) && !isText(part);
}

function fileOf(part: Tag): ExportedFile {
  const name = textIn(part, 'cl') ?? textIn(part, 'fn') ?? textIn(part, 'name');
  const data = part.values.get('data');
  const text = textIn(part, 'text');
  const bytes = data
    ? Buffer.from(data.toString('latin1'), 'base64')
    : text === null
      ? null
      : Buffer.from(text);
  return { name, mediaType: textIn(part, 'ct'), path: null, bytes };
}

/** Times are instants in milliseconds; a time in seconds, as some phones keep it, is known by its size. */
function instantMs(tag: Tag): number | null {
  const stated = textIn(tag, 'date');
  if (stated === null || !/^\d{1,15}$/.test(stated)) return null;
  const value = Number(stated);
  return value < 100_000_000_000 ? value * 1000 : value;
}

function dated(tag: Tag, context: ExportContext): ExportedItem {
  const date = textIn(tag, 'date');
  const sent = textIn(tag, 'date_sent');
  const isOther = sent !== null && sent !== '' && sent !== '0' && sent !== date;
  return {
    ...blankItem(context),
    sentAt: instantOf(instantMs(tag)),
    sentAtRaw: isOther ? `${date ?? ''} (date_sent ${sent})` : date,
  };
}

function dateIssues(tag: Tag): readonly Issue[] {
  return instantOf(instantMs(tag)) === null ? [NO_TIME] : [];
}

function textIssues(texts: readonly (Decoded | null)[]): readonly Issue[] {
  const repaired = texts.some((one) => one?.wasRepaired && !one.isBroken) ? [REPAIRED] : [];
  return texts.some((one) => one?.isBroken) ? [...repaired, BROKEN] : repaired;
}

const NO_TIME: Issue = {
  code: 'date-unreadable',
  message: 'The backup states no time for it that could be read.',
};
const REPAIRED: Issue = {
  code: 'text-repaired',
  message: 'Characters were written in two halves, which XML forbids; the halves were joined.',
};
const BROKEN: Issue = {
  code: 'undecodable-bytes',
  message: 'Some characters are damaged; they are shown as replacement characters.',
};
const NOTHING_THERE: Issue = {
  code: 'export-damaged',
  message: 'It is no element of a backup of messages or calls.',
};
