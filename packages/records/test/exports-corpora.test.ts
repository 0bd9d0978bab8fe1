import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { discord } from '../src/discord/reader.ts';
import type { ExportReader } from '../src/exported.ts';
import { EXPORT_READERS } from '../src/exports.ts';
import { facebookHtml } from '../src/facebook/html.ts';
import { facebook, instagram } from '../src/facebook/reader.ts';
import { signalApp } from '../src/signal/app.ts';
import { signalText } from '../src/signal/text.ts';
import { skype } from '../src/skype/reader.ts';
import { slack } from '../src/slack/reader.ts';
import { teams } from '../src/teams/reader.ts';
import { telegramHtml } from '../src/telegram/html.ts';
import { telegramJson } from '../src/telegram/json.ts';
import { vk } from '../src/vk/archive.ts';
import { vkopt } from '../src/vk/vkopt.ts';
import { zoom } from '../src/zoom/reader.ts';
import { besideCorpus, corpus, corpusFiles, type ExportRun, HAS_CHATS, runOf } from './export-run.ts';

const OURS: readonly ExportReader[] = [
  discord,
  facebook,
  facebookHtml,
  instagram,
  signalApp,
  signalText,
  skype,
  slack,
  teams,
  telegramHtml,
  telegramJson,
  vk,
  vkopt,
  zoom,
];
/** Which reader a file of the corpora is for, by its folder; every other file is for none of ours. */
const FOR: readonly (readonly [RegExp, string])[] = [
  [/^chat\/discord\/.*\.json$/, 'discord-chat-exporter'],
  [/^chat\/facebook\/.*message_\d+\.json$/, 'facebook-json'],
  [/^chat\/instagram\/.*test_export\.json$/, 'instagram-json'],
  [/^chat\/signal\/.*test_export\.txt$/, 'signal-export-text'],
  [/^chat\/slack\/.*(?:\d{4}-\d{2}-\d{2}|chan1\w*(?:\.\d+)?)\.json$/, 'slack'],
  [/^chat\/teams\/.*\.json$/, 'teams-json'],
  [/^chat\/telegram\/.*\.json$/, 'telegram-json'],
  [/^chat\/vk\/.*\.html$/, 'vkopt-html'],
];
type Target = readonly { readonly timestamp: string; readonly author: string; readonly message: string }[];

async function runOn(reader: ExportReader, path: string): Promise<ExportRun> {
  const source = corpus(path);
  return runOf(reader, source, besideCorpus(source));
}

function targetOf(path: string): Target {
  return JSON.parse(
    Buffer.from(readFileSync(new URL(`../../../../shared/corpora/${path}`, import.meta.url))).toString(),
  );
}

/** What a target says of a message: instants without their offset, words in one line. */
function asTarget({ items }: ExportRun): Target {
  return items.map(({ sentAt, from, text }) => ({
    timestamp: sentAt?.slice(0, 19) ?? '',
    author: from?.name ?? '',
    message: text?.replaceAll('\n', ' ') ?? '',
  }));
}

const byTime = (messages: Target) => [...messages].sort((a, b) => a.timestamp.localeCompare(b.timestamp));

describe.skipIf(!HAS_CHATS)('exports in the corpora', () => {
  test('each file is taken for what it is, and no other file for one of ours', async () => {
    for (const path of corpusFiles()) {
      const source = corpus(path);
      const head = (await source.read(0, 16 * 1024)) as Buffer;
      const expected = FOR.filter(([pattern]) => pattern.test(path)).map(([, format]) => format);
      expect([
        path,
        OURS.filter((reader) => reader.recognises(head, path)).map(({ format }) => format),
      ]).toEqual([path, expected]);
      if (expected.length === 0) continue;
      expect([path, EXPORT_READERS.find((reader) => reader.recognises(head, path))?.format]).toEqual([
        path,
        expected[0],
      ]);
    }
  });

  test('Instagram and Signal come out as their targets say', async () => {
    const gram = 'chat/instagram/chat-miner/instagram/';
    expect(byTime(asTarget(await runOn(instagram, `${gram}test_export.json`)))).toEqual(
      byTime(targetOf(`${gram}target.json`)),
    );
    const signal = 'chat/signal/chat-miner/signal/';
    expect(byTime(asTarget(await runOn(signalText, `${signal}test_export.txt`)))).toEqual(
      byTime(targetOf(`${signal}target.json`)),
    );
  });

  test('every file is read whole: nothing unreadable, all bytes told of', async () => {
    const counts: Record<string, number> = {};
    for (const path of corpusFiles('chat')) {
      const format = FOR.find(([pattern]) => pattern.test(path))?.[1];
      const reader = OURS.find((one) => one.format === format);
      if (!reader) continue;
      const run = await runOn(reader, path);
      expect([path, run.seam, run.unreadable.length]).toEqual([path, null, 0]);
      expect(run.items.every(({ sentAt }) => sentAt !== null && !Number.isNaN(Date.parse(sentAt)))).toBe(
        true,
      );
      counts[reader.format] = (counts[reader.format] ?? 0) + run.items.length;
    }
    expect(counts).toEqual({
      'discord-chat-exporter': 9,
      'facebook-json': 19,
      'instagram-json': 2,
      'signal-export-text': 2,
      slack: 20,
      'teams-json': 9,
      'telegram-json': 13,
      'vkopt-html': 12,
    });
  });

  test('no key to a file of Slack leaves the original bytes', async () => {
    for (const path of corpusFiles('chat/slack').filter((name) => /\d{4}-\d{2}-\d{2}\.json$/.test(name))) {
      const { items, contexts, notes } = await runOn(slack, path);
      const told = JSON.stringify([items, contexts, notes]);
      expect(told).not.toMatch(/xox[a-z]-|[?&]t=|url_private|files\.slack\.com/);
    }
  });

  test('Facebook’s mojibake is read, and its files lie beside their chat', async () => {
    const inbox =
      'chat/facebook/msgvault/json_simple/your_activity_across_facebook/messages/inbox/alice_ABC123/message_1.json';
    expect((await runOn(facebook, inbox)).texts).toEqual(['See you soon', 'café time?', 'Hello']);
    const media =
      'chat/facebook/msgvault/json_with_media_alt/your_facebook_activity/messages/inbox/carol_ALT456/message_1.json';
    expect((await runOn(facebook, media)).items[0]?.files).toMatchObject([{ path: 'photos/tiny.png' }]);
  });
});
