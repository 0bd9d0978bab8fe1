import { readHeaders } from '@evenkeel/records/envelope';
import { readParameterized } from '@evenkeel/records/parameter';
import { newNotes } from '@evenkeel/records/reading';
import { corpusBytes, corpusFiles, corpusJson, inCorpora } from './corpus.ts';
import { sentQuestion } from './dates.ts';
import { evenkeel, readBy } from './readers.ts';
import { bareId, type MailReader, type Person, type Reading, words } from './reading.ts';
import { ask, type Tally } from './tally.ts';

const SET = 'stalwart messages';
const VECTORS = 'stalwart headers';

type Group = { readonly addresses: readonly Person[] };
type AddressList = { readonly List?: readonly Person[]; readonly Group?: readonly Group[] };
type DateParts = Readonly<
  Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'tz_hour' | 'tz_minute', number>
> & { readonly tz_before_gmt: boolean };
type TypeParts = {
  readonly c_type: string;
  readonly c_subtype?: string | null;
  readonly attributes?: readonly (readonly [string, string] | { name: string; value: string })[] | null;
};
type Value =
  | {
      readonly Address?: AddressList;
      readonly DateTime?: DateParts;
      readonly Text?: string;
      readonly TextList?: readonly string[];
      readonly ContentType?: TypeParts;
    }
  | 'Empty';
type Header = { readonly name: unknown; readonly value: Value };
type Part = {
  readonly headers: readonly Header[];
  readonly body: {
    readonly Text?: string;
    readonly Html?: string;
    readonly Binary?: readonly number[];
    readonly InlineBinary?: readonly number[];
    readonly Message?: Tree;
  };
  readonly encoding?: string;
  readonly offset_body: number;
  readonly offset_end: number;
};
type Tree = {
  readonly parts: readonly Part[];
  readonly text_body: readonly number[];
  readonly html_body: readonly number[];
  readonly attachments: readonly number[];
};

/** Whole messages and single headers, beside the parse trees and vectors of stalwart mail-parser. */
export async function scoreStalwart(tally: Tally, readers: readonly MailReader[]): Promise<void> {
  for (const path of corpusFiles('email/stalwart/eml')) {
    const json = path.replace(/\.eml$/, '.json');
    if (json === path || !inCorpora(json)) continue;
    const bytes = corpusBytes(path);
    const tree = corpusJson<Tree>(json);
    for (const reader of readers)
      scoreTree(tally, reader.name, { path, bytes }, tree, await readBy(reader, bytes));
  }
  await scoreVectors(tally, readers);
}

type Input = { readonly path: string; readonly bytes: Buffer };

function scoreTree(tally: Tally, reader: string, { path, bytes }: Input, tree: Tree, got: Reading): void {
  const { headers } = tree.parts[0]!;
  const check = (field: string, expected: unknown, ours: unknown) =>
    ask(tally, { set: SET, field, about: path }, reader, expected, ours);
  for (const field of ['from', 'to', 'cc', 'bcc'] as const) {
    const expected = peopleOf(fieldValue(headers, field));
    check(`${field}, addresses`, addresses(expected), addresses(got[field]));
    check(`${field}, names`, names(expected), names(got[field]));
  }
  check('subject', words(fieldValue(headers, 'subject')?.Text), words(got.subject));
  check('message id', bareId(fieldValue(headers, 'message_id')?.Text), got.messageId);
  const [sent, instant] = sentQuestion(bytes, instantOf(fieldValue(headers, 'date')?.DateTime));
  check(sent, instant, got.sentAt);
  scoreBodies(check, bytes, tree, got);
}

type Check = (field: string, expected: unknown, got: unknown) => boolean;

function scoreBodies(check: Check, bytes: Buffer, tree: Tree, got: Reading): void {
  const bodies = (indices: readonly number[]) => indices.map((index) => tree.parts[index]!.body);
  const texts = bodies(tree.text_body);
  if (texts.length > 0 && texts.every((body) => body.Text !== undefined))
    check('text', words(texts.map((body) => body.Text).join('\n')), words(got.text));
  const htmls = bodies(tree.html_body);
  if (htmls.length > 0 && htmls.every((body) => body.Html !== undefined))
    check('html', words(htmls.map((body) => body.Html).join('\n')), words(got.html));
  for (const index of tree.attachments) scoreAttachment(check, bytes, tree.parts[index]!, got);
}

function scoreAttachment(check: Check, bytes: Buffer, part: Part, got: Reading): void {
  const { body } = part;
  const binary = body.Binary ?? body.InlineBinary;
  if (binary) {
    // The expected bytes were made of files whose lines ended in LF alone.
    const own = withLineFeeds(Buffer.from(binary));
    check(
      'files, bytes',
      true,
      got.files.some((file) => withLineFeeds(file.bytes) === own),
    );
    const type = fieldValue(part.headers, 'content_type')?.ContentType;
    if (type) {
      const mediaType = `${type.c_type}/${type.c_subtype ?? ''}`;
      check(
        'files, types',
        mediaType,
        closest(
          mediaType,
          got.files.map((file) => file.mediaType),
        ),
      );
    }
  }
  if (body.Message) {
    const whole = bytes.subarray(part.offset_body, part.offset_end);
    if (!part.headers.some((header) => header.name === 'content_transfer_encoding'))
      check(
        'nested, bytes',
        true,
        got.nested.some((own) => own.equals(whole)),
      );
    else check('nested kept', true, got.nested.length > 0);
  }
  const name = nameOf(part.headers);
  if (name && !LOST_STROKES.test(name)) check('files, names', name, closest(name, got.names));
}

/**
 * `"C:\TEMP\nsmail.png"` became `C:TEMPnsmail.png` there: of a path a receiver takes the last part alone (RFC 2183 2.3),
 * and which part that is can no longer be told from this.
 */
const LOST_STROKES = /^[A-Za-z]:[^\\/]+$/;

const withLineFeeds = (bytes: Buffer) => bytes.toString('latin1').replaceAll('\r\n', '\n');

function closest(wanted: string, offered: readonly string[]): string | readonly string[] {
  return offered.includes(wanted) ? wanted : offered;
}

function nameOf(headers: readonly Header[]): string | null {
  for (const [header, parameter] of [
    ['content_disposition', 'filename'],
    ['content_type', 'name'],
  ] as const) {
    const found = pairsOf(fieldValue(headers, header)?.ContentType).find(([name]) => name === parameter);
    if (found) return found[1];
  }
  return null;
}

function pairsOf(type: TypeParts | undefined): readonly (readonly [string, string])[] {
  return (type?.attributes ?? []).map((one) => ('name' in one ? [one.name, one.value] : one));
}

function fieldValue(headers: readonly Header[], name: string): Exclude<Value, 'Empty'> | undefined {
  const value = headers.filter((header) => header.name === name).at(-1)?.value;
  return value === 'Empty' ? undefined : value;
}

function peopleOf(value: { readonly Address?: AddressList } | undefined): readonly Person[] {
  const list = value?.Address ?? {};
  return list.List ?? list.Group?.flatMap((group) => group.addresses) ?? [];
}

const addresses = (list: readonly Person[]) => list.map((person) => person.address ?? '');
const names = (list: readonly Person[]) => list.map((person) => words(person.name));

function instantOf(date: DateParts | undefined): number | null {
  if (!date) return null;
  const local = Date.UTC(date.year, date.month - 1, date.day, date.hour, date.minute, date.second);
  const offset = (date.tz_hour * 60 + date.tz_minute) * 60_000;
  return local + (date.tz_before_gmt ? offset : -offset);
}

type Vector<T> = { readonly header: string; readonly expected: T };

const vectors = <T>(name: string) => corpusJson<readonly Vector<T>[]>(`email/stalwart/${name}.json`);

/** A header that belongs to no field of a message is put into one that takes such values. */
async function scoreVectors(tally: Tally, readers: readonly MailReader[]): Promise<void> {
  const say = (field: string, about: string) => ({ set: VECTORS, field, about: about.trim() });
  const read = (reader: MailReader, field: string, header: string) =>
    readBy(reader, Buffer.from(`${field}: ${header.replace(/\s*$/, '')}\n\nx\n`));
  for (const reader of readers) {
    for (const { header, expected } of vectors<AddressList | null>('address')) {
      const list = peopleOf({ Address: expected ?? {} });
      const got = await read(reader, 'To', header);
      ask(tally, say('addresses', header), reader.name, addresses(list), addresses(got.to));
      ask(tally, say('names', header), reader.name, names(list), names(got.to));
    }
    for (const { header, expected } of vectors<DateParts | null>('date')) {
      const [field, instant] = sentQuestion(Buffer.from(`date: ${header}`), instantOf(expected ?? undefined));
      ask(tally, say(field, header), reader.name, instant, (await read(reader, 'Date', header)).sentAt);
    }
    for (const { header, expected } of vectors<string>('unstructured'))
      ask(
        tally,
        say('unstructured', header),
        reader.name,
        words(expected),
        words((await read(reader, 'Subject', header)).subject),
      );
    for (const { header, expected } of vectors<readonly string[] | null>('id'))
      ask(
        tally,
        say('ids', header),
        reader.name,
        (expected ?? []).map(semanticId),
        (await read(reader, 'References', header)).references,
      );
  }
  for (const { header, expected } of vectors<TypeParts | null>('content_type'))
    scoreType(tally, say('content types', header), header, expected);
  for (const { header, expected } of vectors<{ date?: DateParts }>('received'))
    if (expected.date) scoreReceived(tally, say('received', header), header, expected.date);
}

/** An id as it is meant: comments and blanks inside it belong to the obsolete syntax around it (RFC 5322 4.5.4, A.6.3). */
function semanticId(written: string): string {
  return written.replace(/\([^()]*\)|\s+/g, '');
}

function scoreType(
  tally: Tally,
  question: Parameters<typeof ask>[1],
  header: string,
  expected: TypeParts | null,
): void {
  if (!expected) return;
  const { value, params } = readParameterized(Buffer.from(header).toString('latin1'), newNotes());
  // Half a type is written without the stroke there.
  const type = expected.c_subtype ? `${expected.c_type}/${expected.c_subtype}` : expected.c_type;
  const wanted = pairsOf(expected).map(([name, text]) => [name, text.trim()]);
  ask(
    tally,
    question,
    evenkeel.name,
    [type, wanted],
    [value.replace(/\/$/, ''), wanted.map(([name]) => [name, params.get(name!)?.trim()])],
  );
}

function scoreReceived(
  tally: Tally,
  question: Parameters<typeof ask>[1],
  header: string,
  date: DateParts,
): void {
  const { receivedAt } = readHeaders(Buffer.from(`Received: ${header.trimEnd()}\n\n`));
  // Whole seconds are enough for a way-mark.
  const seconds = (instant: number | null) => instant && Math.floor(instant / 1000);
  ask(
    tally,
    question,
    evenkeel.name,
    seconds(instantOf(date)),
    seconds(receivedAt === null ? null : Date.parse(receivedAt)),
  );
}
