import { describe, expect, test } from 'vitest';
import { discord } from '../src/discord/reader.ts';
import type { ExportReader } from '../src/exported.ts';
import { EXPORT_READERS } from '../src/exports.ts';
import { facebook } from '../src/facebook/reader.ts';
import { signalApp } from '../src/signal/app.ts';
import { signalText } from '../src/signal/text.ts';
import { skype } from '../src/skype/reader.ts';
import { slack } from '../src/slack/reader.ts';
import { type ByteSource, bytesSource } from '../src/source.ts';
import { teams } from '../src/teams/reader.ts';
import { telegramHtml } from '../src/telegram/html.ts';
import { telegramJson } from '../src/telegram/json.ts';
import { vk } from '../src/vk/archive.ts';
import { zoom } from '../src/zoom/reader.ts';
import { besideFixture, fixture, numbersFrom, runOf } from './export-run.ts';

const SOUND: readonly (readonly [string, ExportReader])[] = [
  ['telegram/result.json', telegramJson],
  ['telegram/account.json', telegramJson],
  ['telegram/messages.html', telegramHtml],
  ['signal/main.jsonl', signalApp],
  ['signal/chat.md', signalText],
  ['slack/export/general/2026-05-12.json', slack],
  ['discord/direct.json', discord],
  ['facebook/inbox/orlov_1/message_1.json', facebook],
  ['facebook/e2ee/Dmitri_1.json', facebook],
  ['teams/messages.json', teams],
  ['vk/messages/123/messages0.html', vk],
  ['zoom/2026-05-12 23.50.33 Weekly with Orlov 81234567890/meeting_saved_chat.txt', zoom],
  ['skype/messages.json', skype],
];
const ROUNDS = 60;

/** Bytes changed, cut out, doubled or cut off. */
function damaged(bytes: Buffer, next: () => number): Buffer {
  const place = next() % bytes.length;
  const size = next() % 200;
  const kind = next() % 4;
  if (kind === 0) return bytes.subarray(0, place);
  if (kind === 1) return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + size)]);
  if (kind === 2) return Buffer.concat([bytes.subarray(0, place + size), bytes.subarray(place)]);
  const changed = Buffer.from(bytes);
  for (let change = 0; change < 8; change++) changed[next() % changed.length] = next() & 0xff;
  return changed;
}

async function bytesOf(source: ByteSource): Promise<Buffer> {
  return Buffer.from(await source.read(0, source.sizeBytes));
}

describe('damaged exports', () => {
  test.each(SOUND)('%s: all bytes are told of, whatever happens to them', async (path, reader) => {
    const whole = await bytesOf(fixture(path));
    const beside = besideFixture(fixture(path));
    const next = numbersFrom(path.length);
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = damaged(whole, next);
      const run = await runOf(reader, bytesSource(path, bytes), beside);
      expect([round, run.seam]).toEqual([round, null]);
    }
  });

  test.each(SOUND)('%s: an entry of any bytes is read without an error', async (path, reader) => {
    const { contexts } = await runOf(reader, fixture(path), besideFixture(fixture(path)));
    const next = numbersFrom(7);
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = Buffer.from(Array.from({ length: next() % 64 }, () => next() & 0xff));
      for (const odd of [
        bytes,
        Buffer.from('{}'),
        Buffer.from('[]'),
        Buffer.from('{"chatItem":{},"type":7,"Body":[],"text":{}}'),
      ]) {
        expect(reader.readItem(odd, contexts[0]!).conversation).toEqual(contexts[0]!.conversation);
      }
    }
  });

  test.each(SOUND)('%s: it is recognised, and by one reader only', async (path, { format }) => {
    const source = fixture(path);
    const head = await source.read(0, 16 * 1024);
    const known = SOUND.filter(([, reader]) => reader.recognises(head, path)).map(
      ([, reader]) => reader.format,
    );
    expect([...new Set(known)]).toEqual([format]);
    expect(EXPORT_READERS.find((reader) => reader.recognises(head, path))?.format).toBe(format);
  });
});
