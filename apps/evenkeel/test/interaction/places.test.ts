import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileTypeOf } from '../../src/modules/interaction/attached.ts';
import { onlyWithin } from '../../src/modules/interaction/parts.ts';
import { placesOf, readPlaces, recordingPlaces } from '../../src/modules/interaction/places.store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the table of places', () => {
  test('knows that Germany asks everyone, and whose line nobody has compared with its source', async () => {
    const places = await recordingPlaces();
    const agree = new Map(places.map(({ place, agree }) => [place, agree]));
    expect(agree.get('DE')).toBe('everyone');
    expect(agree.get('FI')).toBe('one');
    for (const { isVerified, says, source } of places) {
      expect(says).not.toBe('');
      if (isVerified) expect(source).toMatch(/https:\/\//);
    }
    expect(places.filter(({ isVerified }) => !isVerified).length).toBeGreaterThan(0);
  });

  test('that is not of its shape is no gate: it is refused as a whole', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'wrong.yaml'), 'recording:\n  - place: Germany\n    agree: perhaps\n');
    await expect(readPlaces(folder)).rejects.toThrow();
  });
});

describe('places of your own', () => {
  const folderWith = (content: string): string => {
    const dataDir = temporaryFolder();
    mkdirSync(join(dataDir, 'packs', 'places'), { recursive: true });
    writeFileSync(join(dataDir, 'packs', 'places', 'mine.yaml'), content);
    return dataDir;
  };
  const place = (code: string, agree: string) =>
    `  - place: ${code}\n    name: Mine\n    agree: ${agree}\n    verified: true\n    says: As my lawyer read it.\n    source: her letter\n`;

  test('are added to the shipped ones, and correct one of the same code', async () => {
    const dataDir = folderWith(`recording:\n${place('FI', 'everyone')}${place('XK', 'one')}`);
    const { items, broken } = await placesOf(dataDir);
    expect(broken).toEqual([]);
    const known = new Map(items.map((each) => [each.place, each]));
    expect(known.get('FI')).toMatchObject({ agree: 'everyone', isYours: true });
    expect(known.get('XK')).toMatchObject({ agree: 'one', isYours: true });
    expect(known.get('DE')).toMatchObject({ agree: 'everyone', isYours: false });
    expect(items.filter(({ place: code }) => code === 'FI')).toHaveLength(1);
  });

  test.each([
    ['an unknown word', `recording:\n${place('FI', 'perhaps')}`, 4, /agree/],
    ['no code', `recording:\n${place('Finland', 'one')}`, 2, /a code like DE/],
    ['one place twice', `recording:\n${place('FI', 'one')}${place('FI', 'one')}`, 8, /FI stands there twice/],
    ['no YAML', 'recording: [\n', null, /./],
  ])(
    'with %s are named with file and line, and until then every place asks everyone',
    async (_what, text, line, reason) => {
      const { items, broken } = await placesOf(folderWith(text));
      expect(broken).toMatchObject([{ file: 'mine.yaml', reason: expect.stringMatching(reason) }]);
      if (line !== null) expect(broken[0]!.line).toBe(line);
      expect(items.some(({ isVerified }) => isVerified)).toBe(false);
      expect(items.length).toBe((await recordingPlaces()).length);
    },
  );

  test('that are not there leave what is shipped', async () => {
    expect((await placesOf(temporaryFolder())).items.map(({ isYours: _, ...each }) => each)).toEqual(
      await recordingPlaces(),
    );
  });
});

describe('a file is what its bytes say', () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');
  test.each([
    ['a.mp3', 'ID3\x04', 'audio/mpeg', true],
    ['a.mp3', '\xff\xfb\x90\x64', 'audio/mpeg', true],
    ['a.aac', '\xff\xf1\x50\x80', 'audio/aac', true],
    ['a.m4a', '\0\0\0\x20ftypM4A ', 'audio/mp4', true],
    ['a.mp4', '\0\0\0\x20ftypisom', 'video/mp4', true],
    ['photo.txt', 'OggS\0\x02', 'audio/ogg', true],
    ['a.heic', '\0\0\0\x20ftypheic', 'image/heic', false],
    ['a.pdf', '%PDF-1.7', 'application/pdf', false],
    ['a.docx', 'PK\x03\x04', expect.stringContaining('wordprocessingml'), false],
    ['letter.eml', 'From: a@example.org\r\n\r\nHi', 'message/rfc822', false],
    ['notes', 'plain words', 'text/plain', false],
  ])('%s that begins with %j is %s', (name, head, mediaType, isRecording) => {
    expect(fileTypeOf(bytes(head), name)).toEqual({ mediaType, isRecording });
  });

  test.each(['run.exe', 'all.zip', 'unknown.bin'])('%s is kept nowhere', (name) => {
    expect(fileTypeOf(bytes('PK\x03\x04\0\0'), name)).toBe(null);
  });
});

test('blanking what is not theirs leaves every word of theirs where it was', () => {
  const text = 'ours\n“theirs”\n\nours 😀 again';
  const seen = onlyWithin(text, [{ start: 6, end: 12 }]);
  expect(seen).toHaveLength(text.length);
  expect(seen.trim()).toBe('theirs');
  expect(seen.indexOf('theirs')).toBe(6);
});
