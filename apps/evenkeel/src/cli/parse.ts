import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attachmentChunks } from '@evenkeel/records/attachment';
import { readContainer, sniff } from '@evenkeel/records/container';
import { childBytes, type Mail, readMail } from '@evenkeel/records/mail';
import { type ParsedFile, shaped } from '@evenkeel/records/parse';
import { type FileProblem, type FileSeen, filesUnder, openFile } from '../kernel/files.ts';
import { sha256, sha256Stream } from '../kernel/sha256.ts';
import { type Command, JSON_OPTION, textOf, UsageError } from './command.ts';
import { grouped } from './output.ts';
import { notWritten } from './saving.ts';

const HEAD_BYTES = 16 * 1024;

export const parseCommand: Command = {
  forms: [
    {
      usage: 'parse PATH… [--json] [--extract DIR]',
      says: 'show what files hold, without a database; folders are walked',
    },
  ],
  options: {
    extract: {
      type: 'string',
      value: 'DIR',
      says: 'write attachments and nested messages there, each named by its SHA-256',
    },
    ...JSON_OPTION,
  },
  maxWords: Number.POSITIVE_INFINITY,
  async run({ values, words }, { out }) {
    if (words.length === 0) throw new UsageError('parse needs at least one file or folder');
    const dir = textOf(values.extract);
    if (dir !== null) await mkdir(dir, { recursive: true }).catch(notWritten(dir));
    const seen = new Set<string>();
    const sum = { items: 0, unreadable: 0 };
    for (const file of await filesUnder(words)) {
      const parsed = await parseFile(file, dir, seen);
      sum.items += parsed.totals.items;
      sum.unreadable += parsed.totals.unreadable;
      out.result(values.json ? JSON.stringify(parsed) : fileText(parsed));
    }
    // One bad file among good ones is reported, not refused; nothing but bad ones is unusable input.
    return sum.items > 0 && sum.items === sum.unreadable ? 2 : 0;
  },
};

/** A file that could not be opened has that for its issue. */
type Parsed = Omit<ParsedFile, 'issues'> & {
  readonly issues: readonly (ParsedFile['issues'][number] | FileProblem)[];
};

/** Reads one file; equal bytes met before, in any file, count as duplicates. */
async function parseFile(file: FileSeen, extractTo: string | null, seen: Set<string>): Promise<Parsed> {
  const opened = await openFile(file);
  const parsed: { -readonly [K in keyof Parsed]: Parsed[K] } = {
    path: file.path,
    format: 'unknown',
    items: [],
    issues: [],
    totals: { items: 0, imported: 0, duplicates: 0, leftOut: 0, unreadable: 0 },
  };
  if ('code' in opened)
    return { ...parsed, issues: [opened], totals: { ...parsed.totals, items: 1, unreadable: 1 } };
  const source = opened;
  const items: ParsedFile['items'][number][] = [];
  const issues: ParsedFile['issues'][number][] = [];
  let duplicates = 0;
  let unreadable = 0;
  try {
    parsed.format = sniff(await source.read(0, Math.min(HEAD_BYTES, source.sizeBytes)), file.name);
    for await (const event of readContainer(source)) {
      if (event.type === 'gap') continue;
      if (event.type !== 'item') {
        issues.push(event.type === 'unreadable' ? { ...event.issue, range: event.range } : event.issue);
        unreadable += event.type === 'unreadable' ? 1 : 0;
        continue;
      }
      const digest = Buffer.from(sha256(event.bytes)).toString('hex');
      duplicates += seen.has(digest) ? 1 : 0;
      seen.add(digest);
      const mail = readMail(event.bytes, { hash: sha256Stream, mbox: event.format === 'mbox' });
      if (extractTo !== null) await extract(event.bytes, mail, extractTo);
      items.push(shaped(mail, event.member, event.range.start, event.issues));
    }
  } finally {
    await source.close();
  }
  const totals = {
    items: items.length + unreadable,
    imported: items.length - duplicates,
    duplicates,
    leftOut: 0,
    unreadable,
  };
  return { ...parsed, items, issues, totals };
}

/** Writes attachments and nested messages, each under the SHA-256 of its bytes: no name from outside becomes a path. */
async function extract(bytes: Uint8Array, mail: Mail, dir: string): Promise<void> {
  for (const attachment of mail.attachments)
    await writeFile(join(dir, attachment.sha256), attachmentChunks(bytes, attachment)).catch(notWritten(dir));
  for (const child of mail.children) {
    const inner = childBytes(bytes, child);
    const nested = child.packing === '7bit' ? inner.subarray(child.range.start, child.range.end) : inner;
    await writeFile(join(dir, Buffer.from(sha256(nested)).toString('hex')), nested).catch(notWritten(dir));
    await extract(inner, child, dir);
  }
}

function fileText({ path, format, items, totals, issues }: Parsed): string {
  const first = items[0];
  const what =
    items.length === 1 && first
      ? `${first.sentAt ?? 'no date'}  ${first.from?.address ?? '?'}  ${first.subject ?? '(no subject)'}`
      : `${grouped(totals.items)} items`;
  const doubts = issues.length + items.reduce((sum, item) => sum + item.issues.length, 0);
  return `${path}: ${format}, ${what}${totals.unreadable > 0 ? `, ${totals.unreadable} unreadable` : ''}${doubts > 0 ? `, ${doubts} issues` : ''}`;
}
