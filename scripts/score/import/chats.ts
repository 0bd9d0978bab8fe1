import { basename, dirname } from 'node:path';
import { EXPORT_READERS } from '@evenkeel/records/exports';
import { bytesSource } from '@evenkeel/records/source';
import { peer, peersMissing } from '../peers.ts';
import { corpusBytes, corpusFiles, corpusJson } from './corpus.ts';
import { evenkeel } from './readers.ts';
import { words } from './reading.ts';
import { answer, type Tally } from './tally.ts';

/** `at` as `2022-03-27T21:04:09`, with what follows it when the export states a zone. */
type Entry = { readonly author: string | null; readonly at: string | null; readonly text: string };
type ChatReader = {
  readonly name: string;
  readonly read: (path: string, bytes: Buffer) => Promise<readonly Entry[]>;
};
type Target = { readonly timestamp: string; readonly author: string; readonly message: string };
type WhatsappParser = {
  parseString(text: string): readonly { date: Date; author: string | null; message: string }[];
};

/** Chats beside their targets; and one chat exported in many languages beside itself. */
export async function scoreChats(tally: Tally): Promise<void> {
  for (const target of corpusFiles('chat').filter((path) => basename(path) === 'target.json'))
    await scoreTarget(tally, target);
  const readers = peersMissing() ? [ours] : [ours, await whatsappParser()];
  for (const folder of ['ios', 'android'])
    await scoreLanguages(tally, readers, `chat/whatsapp/whats_json/${folder}`);
}

const ours: ChatReader = {
  name: evenkeel.name,
  read: async (path, bytes) => {
    const reader = EXPORT_READERS.find((one) => one.recognises(bytes.subarray(0, 16_384), path));
    if (!reader) return [];
    const entries: Entry[] = [];
    const source = bytesSource(path, bytes);
    for await (const event of reader.read(source, { zone: null, dateOrder: null }, async () => null)) {
      if (event.type !== 'item') continue;
      const { from, sentAt, text } = reader.readItem(event.bytes, event.context);
      entries.push({ author: from?.name ?? null, at: sentAt, text: words(text) });
    }
    return entries;
  },
};

async function whatsappParser(): Promise<ChatReader> {
  const { parseString } = await peer<WhatsappParser>('whatsapp-chat-parser');
  return {
    name: 'whatsapp-chat-parser',
    read: async (_path, bytes) =>
      parseString(bytes.toString()).map(({ date, author, message }) => ({
        author,
        at: Number.isNaN(date.getTime()) ? null : localOf(date),
        text: words(message),
      })),
  };
}

/** It makes local times of the machine out of the local times it reads. */
function localOf(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

async function scoreTarget(tally: Tally, target: string): Promise<void> {
  const folder = dirname(target);
  const exported = corpusFiles(folder).find((path) => path !== target)!;
  const entries = await ours.read(exported, corpusBytes(exported));
  for (const { timestamp, author, message } of corpusJson<readonly Target[]>(target)) {
    const isMatch = entries.some(
      (entry) =>
        entry.author === author &&
        entry.text === words(message) &&
        Date.parse(`${entry.at?.slice(0, 19)}Z`) === Date.parse(`${timestamp}Z`),
    );
    const question = { set: `chat, ${folder.split('/').at(-1)}`, field: 'entries', about: exported };
    answer(tally, question, evenkeel.name, isMatch, () => JSON.stringify(entries));
  }
}

/** The English export is the measure of the others; contacts are named as each phone has them. */
async function scoreLanguages(tally: Tally, readers: readonly ChatReader[], folder: string): Promise<void> {
  const paths = corpusFiles(folder).filter((path) => !path.includes('Group'));
  const english = paths.find((path) => /EN\b[^+]*$/.test(path))!;
  for (const reader of readers) {
    const measure = await ours.read(english, corpusBytes(english));
    for (const path of paths) {
      const got = await reader.read(path, corpusBytes(path));
      const check = (field: string, isMatch: boolean, why: () => string) =>
        answer(tally, { set: 'chat, whatsapp', field, about: path }, reader.name, isMatch, why);
      check('number of entries', got.length === measure.length, () => `${measure.length} but ${got.length}`);
      for (const [index, expected] of measure.entries()) scoreEntry(check, expected, got[index]);
    }
  }
}

function scoreEntry(
  check: (field: string, isMatch: boolean, why: () => string) => void,
  expected: Entry,
  got: Entry | undefined,
): void {
  const why = () => `${JSON.stringify(expected)} but ${JSON.stringify(got)}`;
  const apart = Math.abs(Date.parse(`${expected.at}Z`) - Date.parse(`${got?.at}Z`));
  check('times', apart <= 1000, why);
  const first = (name: string | null | undefined) => name?.split(' ')[0] ?? null;
  check('authors', got !== undefined && first(expected.author) === first(got.author), why);
}
