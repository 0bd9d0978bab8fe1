import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { attachmentChunks } from '@evenkeel/records/attachment';
import { type ItemEvent, isMailItem } from '@evenkeel/records/container';
import { type Mail, readMail } from '@evenkeel/records/mail';
import { childBytes, nestedBytes } from '@evenkeel/records/nested';
import { formatOf, type ParsedFile, parsed as parsedItem, shaped } from '@evenkeel/records/parse';
import { type FileSeen, filesUnder, pathOf } from '../kernel/files.ts';
import { sha256, sha256Stream } from '../kernel/sha256.ts';
import { type Input, inputOf, openInput, type Said } from '../modules/interaction/reader.events.ts';
import { type Command, JSON_OPTION, textOf, UsageError, zoneOf } from './command.ts';
import { grouped } from './output.ts';
import { notWritten } from './saving.ts';

export const parseCommand: Command = {
  forms: [
    {
      usage: 'parse PATH… [--json] [--extract DIR] [--tz ZONE]',
      says: 'show what files hold, without a database; folders are walked',
    },
  ],
  options: {
    extract: {
      type: 'string',
      value: 'DIR',
      says: 'write attachments and nested messages there, each named by its SHA-256',
    },
    tz: { type: 'string', value: 'ZONE', says: 'the zone of times that state none, in exports of chats' },
    ...JSON_OPTION,
  },
  maxWords: Number.POSITIVE_INFINITY,
  async run({ values, words }, { out }) {
    if (words.length === 0) throw new UsageError('parse needs at least one file or folder');
    const dir = textOf(values.extract);
    if (dir !== null) await mkdir(dir, { recursive: true }).catch(notWritten(dir));
    const seen = new Set<string>();
    const sum = { items: 0, unreadable: 0 };
    const zone = zoneOf(values.tz, '--tz');
    const input = await inputOf(await filesUnder(words), { zone, dateOrder: null });
    for (const file of input.files) {
      if (input.brought.isCompanion(file)) continue;
      const parsed = await parseFile(input, file, dir, seen);
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
  readonly issues: readonly (Said & Pick<ParsedFile['issues'][number], 'range'>)[];
};

/** Reads one file; equal bytes met before, in any file, count as duplicates. */
async function parseFile(
  input: Input,
  file: FileSeen,
  extractTo: string | null,
  seen: Set<string>,
): Promise<Parsed> {
  const opening = await openInput(input, file);
  const { opened } = opening;
  const parsed: { -readonly [K in keyof Parsed]: Parsed[K] } = {
    path: pathOf(file).toString(),
    format: 'unknown',
    items: [],
    issues: [],
    totals: { items: 0, imported: 0, duplicates: 0, leftOut: 0, unreadable: 0 },
  };
  if ('code' in opened)
    return { ...parsed, issues: [opened], totals: { ...parsed.totals, items: 1, unreadable: 1 } };
  const source = opened;
  const items: ParsedFile['items'][number][] = [];
  const issues: Parsed['issues'][number][] = [];
  let duplicates = 0;
  let unreadable = 0;
  try {
    parsed.format = await formatOf(source);
    for await (const event of opening.events(null)) {
      if (event.type === 'gap') continue;
      if (event.type !== 'item') {
        issues.push(event.type === 'unreadable' ? { ...event.issue, range: event.range } : event.issue);
        unreadable += event.type === 'unreadable' ? 1 : 0;
        continue;
      }
      const digest = digestOf(event);
      duplicates += seen.has(digest) ? 1 : 0;
      seen.add(digest);
      items.push(await itemOf(event, extractTo));
    }
  } finally {
    await opening.close();
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

/** Entries of exports are told apart by their talk too: "ok" is said in all of them. */
function digestOf(event: ItemEvent): string {
  const digest = Buffer.from(sha256(event.bytes)).toString('hex');
  if (isMailItem(event)) return digest;
  return JSON.stringify([digest, event.format, event.context.conversation.id, event.context.nth ?? 1]);
}

async function itemOf(event: ItemEvent, extractTo: string | null): Promise<ParsedFile['items'][number]> {
  if (!isMailItem(event)) return parsedItem(event, { hash: sha256Stream });
  const mail = readMail(event.bytes, { hash: sha256Stream, mbox: event.format === 'mbox' });
  if (extractTo !== null) await extract(event.bytes, mail, extractTo);
  return shaped(mail, event.member, event.range.start, event.issues);
}

/** Writes attachments and nested messages, each under the SHA-256 of its bytes: no name from outside becomes a path. */
async function extract(bytes: Uint8Array, mail: Mail, dir: string): Promise<void> {
  for (const attachment of mail.attachments)
    await writeFile(join(dir, attachment.sha256), attachmentChunks(bytes, attachment)).catch(notWritten(dir));
  for (const child of mail.children) {
    const nested = nestedBytes(bytes, child);
    await writeFile(join(dir, Buffer.from(sha256(nested)).toString('hex')), nested).catch(notWritten(dir));
    await extract(childBytes(bytes, child), child, dir);
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
