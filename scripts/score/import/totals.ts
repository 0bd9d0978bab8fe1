import { readContainer } from '@evenkeel/records/container';
import { bytesSource } from '@evenkeel/records/source';
import { corpusBytes, corpusFiles } from './corpus.ts';
import { isHonestDate } from './dates.ts';
import { readBy } from './readers.ts';
import type { MailReader, Reading } from './reading.ts';
import { answer, type Tally } from './tally.ts';
import { type Leaf, leavesOf } from './witness.ts';

const SET = 'all mail';
const FOLDERS = ['email', 'dkim', 'smime', 'msg', 'tnef'];

/** Over every message of every set: what is kept, what is invented and what is lost without a word. */
export async function scoreTotals(tally: Tally, readers: readonly MailReader[]): Promise<void> {
  for (const path of FOLDERS.flatMap(corpusFiles)) {
    if (/\.(?:out|json|list)$/.test(path)) continue;
    for await (const event of readContainer(bytesSource(path, corpusBytes(path)))) {
      if (event.type !== 'item') continue;
      const bytes = Buffer.from(event.bytes);
      if (isOutlooks(bytes)) continue;
      for (const reader of readers)
        await scoreMessage(tally, reader, `${path} ${event.range.start}`, bytes, 0);
    }
  }
}

/** Outlook's own files are no lines of text; what is read of them is counted elsewhere. */
function isOutlooks(bytes: Buffer): boolean {
  return /^(?:d0cf11e0|789f3e22)/.test(bytes.toString('hex', 0, 4));
}

async function scoreMessage(
  tally: Tally,
  reader: MailReader,
  about: string,
  bytes: Buffer,
  depth: number,
): Promise<void> {
  const got = await readBy(reader, bytes);
  const check = (field: string, isMatch: boolean, why: () => string) =>
    answer(tally, { set: SET, field, about }, reader.name, isMatch, why);
  const honest = isHonestDate(bytes, got.sentAt);
  check(
    'dates not invented',
    honest,
    () => `${got.sentAt === null ? null : new Date(got.sentAt).toISOString()}`,
  );
  check(
    'message not lost whole',
    got.warns || bytes.length < 20 || saysSomething(got),
    () => 'nothing was read, and nothing said',
  );
  check(
    'no U+FFFD without a word',
    got.warns || !hasReplacement(got, bytes),
    () => 'U+FFFD in subject or text',
  );
  for (const leaf of leavesOf(bytes) ?? []) scoreLeaf(check, leaf, got);
  if (depth < 10)
    for (const [index, inner] of got.nested.filter((one) => !isOutlooks(one)).entries())
      await scoreMessage(tally, reader, `${about} > ${index}`, inner, depth + 1);
}

type Check = (field: string, isMatch: boolean, why: () => string) => void;

function scoreLeaf(check: Check, leaf: Leaf, got: Reading): void {
  if (leaf.bytes.length === 0) return;
  const all = [...got.files.map((file) => file.bytes), ...got.nested];
  const isKept = all.some((bytes) => bytes.equals(leaf.bytes));
  const why = () => `${leaf.mediaType}, ${leaf.bytes.length} bytes`;
  if (leaf.kind === 'message') check('nested messages, byte for byte', isKept, why);
  if (leaf.kind === 'file') check('files, byte for byte', isKept, why);
  const isThere = isKept || (leaf.kind === 'text' && saysAll(leaf.bytes, got, all));
  check('parts not lost silently', isThere || got.warns, why);
}

/** Four in five of the words in plain letters must be somewhere in what was read. */
function saysAll(bytes: Buffer, got: Reading, files: readonly Buffer[]): boolean {
  // The lines of a file inside a text are no words.
  const text = bytes.toString('latin1', 0, 200_000).replace(/^begin [0-7]{3,4} .*$[\s\S]*?^end\s?$/gm, '');
  const own = new Set(text.match(/(?<![\w\x80-\xff])[A-Za-z]{4,20}(?![\w\x80-\xff])/g) ?? []);
  // Escapes and NUL bytes mean a charset in which letters are not what they look like.
  if (own.size === 0 || bytes.includes(0) || bytes.includes(27)) return true;
  const read = `${got.text ?? ''}\n${got.html ?? ''}\n${files.map((file) => file.toString('latin1')).join('\n')}`;
  const heard = new Set(read.match(/[A-Za-z]{4,20}/g) ?? []);
  return [...own].filter((word) => heard.has(word)).length >= own.size * 0.8;
}

function saysSomething(got: Reading): boolean {
  const people = [...got.from, ...got.to, ...got.cc];
  const parts = got.files.length + got.nested.length;
  return Boolean(
    got.subject ||
      people.length > 0 ||
      got.text?.trim() ||
      got.html?.trim() ||
      parts > 0 ||
      got.messageId ||
      got.sentAt !== null,
  );
}

function hasReplacement(got: Reading, bytes: Buffer): boolean {
  const isOwn = bytes.includes('\ufffd', 0, 'utf8');
  return !isOwn && [got.subject, got.text].some((text) => text?.includes('\ufffd'));
}
