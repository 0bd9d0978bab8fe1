import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyBundle } from '@evenkeel/proof/verify';
import { openZip } from '@evenkeel/proof/zip';
import { describe, expect, test } from 'vitest';
import { disagreement } from '../../../../packages/proof/test/differential.ts';
import { type Json, testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const app = await testApp(database);
const { id: party } = await app.ask<{ id: string }>('POST', '/api/parties', { name: 'Viktor Orlov' });
const now = app.ledger.chance.now();
const NOBODY = '00000000-0000-7000-8000-000000000000';

function hoursAgo(hours: number): string {
  return new Date(Date.parse(now) - hours * 3_600_000).toISOString().replace('Z', '+00:00');
}

const call = {
  kind: 'call',
  direction: 'inbound',
  parties: [{ id: party }],
  at: hoursAgo(2),
  durationMin: 12,
  channel: 'phone',
  people: ['Viktor Orlov', 'Alex'],
  subject: null,
  text: 'He asked for the login. I said it is in the mail of 4 May. I was told that nobody here is an idiot.',
  quotes: ['I will see you in court.', 'You are a liar and an idiot.'],
  outcome: 'He will look at the mail and call again on Friday.',
};

type Kept = { readonly id: string };
type Detail = {
  readonly text: string;
  readonly lateByMin: number | null;
  readonly times: { sent: { at: string; offsetMin: number; source: string }; recorded: { at: string } };
  readonly noted: {
    readonly durationMin: number;
    readonly people: readonly string[];
    readonly parts: { text: Span; quotes: readonly Span[]; outcome: Span };
    readonly consent: { agree: string; strictest: string | null } | null;
    readonly corrects: { id: string } | null;
  };
  readonly corrections: readonly { id: string; lead: string }[];
  readonly attachments: readonly { name: string; mediaType: string; sha256: string }[];
};
type Span = { readonly start: number; readonly end: number };
type Row = { id: string; kind: string; lateByMin: number | null; isCorrected: boolean; noted: Json | null };

async function record(wish: Json): Promise<string> {
  const { id } = await app.ask<Kept>('POST', '/api/interactions/by-hand', { ...call, ...wish });
  await app.runner.caughtUp();
  return id;
}

async function refusalOf(wish: Json): Promise<string> {
  const response = await app.call('POST', '/api/interactions/by-hand', { ...call, ...wish });
  expect(response.status).toBeGreaterThanOrEqual(400);
  return ((await response.json()) as { code: string }).code;
}

const detailOf = (id: string) => app.ask<Detail>('GET', `/api/interactions/${id}`);

async function rowOf(id: string): Promise<Row> {
  const { items } = await app.ask<{ items: Row[] }>('GET', `/api/parties/${party}/timeline?limit=100`);
  return items.find((row) => row.id === id)!;
}

async function upload(name: string, bytes: Uint8Array): Promise<{ upload: string; name: string }> {
  const url = new URL('/api/uploads', 'http://evenkeel.local');
  const headers = { 'x-file-name': encodeURIComponent(name) };
  const body = bytes as Uint8Array<ArrayBuffer>;
  const sent = await app.fetch(new Request(url, { method: 'POST', headers, body }), { isLocal: true });
  return { upload: ((await sent.json()) as { id: string }).id, name };
}

async function countKept(): Promise<Json> {
  const { rows } = await database.pool.query(
    'SELECT (SELECT count(*)::int FROM entries) AS entries, (SELECT count(*)::int FROM objects) AS objects',
  );
  const uploads = await readdir(join(app.dataDir, 'run', 'uploads'));
  return { ...rows[0], uploads: uploads.length };
}

describe('a call', () => {
  test('keeps its words verbatim, and says which of them were quoted and what came of it', async () => {
    const { text, noted, times } = await detailOf(await record({}));
    const { parts } = noted;
    expect(text.slice(parts.text.start, parts.text.end)).toBe(call.text);
    expect(parts.quotes.map(({ start, end }) => text.slice(start, end))).toEqual(call.quotes);
    expect(text.slice(parts.outcome.start, parts.outcome.end)).toBe(call.outcome);
    expect(noted).toMatchObject({ durationMin: 12, people: call.people, corrects: null });
    expect(times.sent).toMatchObject({
      at: call.at.replace('+00:00', 'Z'),
      offsetMin: 0,
      source: 'stated-by-person',
    });
    expect(times.recorded.at >= now).toBe(true);
  });

  test('stands in the timeline when it happened, with its length', async () => {
    const row = await rowOf(await record({ at: hoursAgo(5) }));
    expect(row).toMatchObject({ kind: 'call', at: hoursAgo(5).replace('+00:00', 'Z'), lateByMin: null });
    expect(row.noted).toMatchObject({ durationMin: 12, channel: 'phone' });
  });

  test('is found by its words', async () => {
    await record({ text: 'We spoke about the kumquat delivery.' });
    const { items } = await app.ask<{ items: Json[] }>('GET', '/api/search?q=kumquat');
    expect(items).toHaveLength(1);
  });

  test('is marked only in what they said: our own note is nobody’s words', async () => {
    const id = await record({ text: 'You are an idiot and a liar, and I will see you in court.' });
    const marks = await app.ask<{ items: { start: number; quote: string }[] }>(
      'GET',
      `/api/signals?interactions=${id}&least=low`,
    );
    const { text, noted } = await detailOf(id);
    expect(marks.items.length).toBeGreaterThan(0);
    for (const { start, quote } of marks.items) {
      expect(start).toBeGreaterThanOrEqual(noted.parts.quotes[0]!.start);
      expect(text.slice(start, start + quote.length)).toBe(quote);
    }
  });

  test('that says the same as yesterday is another call', async () => {
    const one = await record({ at: hoursAgo(9), text: 'No answer.', quotes: [], outcome: null });
    const other = await record({ at: hoursAgo(8), text: 'No answer.', quotes: [], outcome: null });
    expect(await rowOf(one)).toMatchObject({ copies: 1 });
    expect(await rowOf(other)).toMatchObject({ copies: 1 });
  });

  test('may say when it ended instead of how long it was', async () => {
    const { noted } = await detailOf(
      await record({ at: hoursAgo(3), until: hoursAgo(2.5), durationMin: null }),
    );
    expect(noted.durationMin).toBe(30);
  });

  test('with somebody new makes a contact of them', async () => {
    const wish = { parties: [{ name: 'Irma Koski', identifier: '+358 40 1234567' }] };
    const { id } = await app.ask<Kept>('POST', '/api/interactions/by-hand', { ...call, ...wish });
    const { items } = await app.ask<{ items: { name: string }[] }>('GET', '/api/parties?query=Koski');
    expect(items.map(({ name }) => name)).toEqual(['Irma Koski']);
    expect((await detailOf(id)).text).toContain(call.text);
  });
});

describe('an entry that is later than what happened', () => {
  test('by more than a day is marked with its distance, in the row and on the page', async () => {
    const id = await record({ at: hoursAgo(75) });
    expect((await rowOf(id)).lateByMin).toBeGreaterThanOrEqual(75 * 60);
    expect((await detailOf(id)).lateByMin).toBeLessThan(75 * 60 + 10);
  });

  test('by less than a day is not', async () => {
    expect((await rowOf(await record({ at: hoursAgo(23) }))).lateByMin).toBe(null);
  });

  test('is marked when it was pasted, too', async () => {
    const { id } = await app.ask<Kept>('POST', '/api/interactions', {
      ...{
        text: 'An old chat line.',
        party: { id: party },
        at: hoursAgo(50),
        way: 'chat',
        direction: 'inbound',
      },
    });
    expect((await rowOf(id)).lateByMin).toBeGreaterThanOrEqual(50 * 60);
  });
});

describe('a correction', () => {
  test('is a record of its own: both stay, and each shows the other', async () => {
    const first = await record({ at: hoursAgo(4) });
    const second = await record({
      text: 'It was the mail of 5 May.',
      quotes: [],
      outcome: null,
      corrects: first,
    });
    expect((await detailOf(first)).text).toContain(call.text);
    expect((await detailOf(first)).corrections).toMatchObject([
      { id: second, lead: 'It was the mail of 5 May.' },
    ]);
    expect((await detailOf(second)).noted.corrects).toMatchObject({ id: first });
    expect(await rowOf(first)).toMatchObject({ isCorrected: true });
    expect((await rowOf(second)).noted).toMatchObject({ corrects: first });
  });

  test('of what is not there is refused', async () => {
    expect(await refusalOf({ corrects: NOBODY })).toBe('correction-unknown');
  });
});

const WAVE = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1'), Buffer.alloc(2000, 7)]);
const PHOTO = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(900, 3)]);
const both = (place: string | null, agreed: boolean) => ({
  on: [
    { who: 'Alex', place: 'FI', agreed: true },
    { who: 'Viktor Orlov', place, agreed },
  ],
});

describe('a recording of a call', () => {
  test('is kept as an object of its own when the strictest place is content', async () => {
    const file = await upload('call.wav', WAVE);
    const id = await record({ files: [file], consent: both('FI', false) });
    const { attachments, noted } = await detailOf(id);
    expect(attachments).toMatchObject([{ name: 'call.wav', mediaType: 'audio/wav', sizeBytes: WAVE.length }]);
    expect(noted.consent).toMatchObject({ agree: 'one', strictest: 'FI' });
    const sent = await app.call('GET', `/api/interactions/${id}/attachments/${attachments[0]!.sha256}`);
    expect(Buffer.from(await sent.arrayBuffer()).equals(WAVE)).toBe(true);
    expect(await countKept()).toMatchObject({ uploads: 0 });
  });

  test.each([
    ['without a word about who agreed', null, 'consent-not-stated'],
    [
      'with one end of the call missing',
      { on: [{ who: 'Alex', place: 'FI', agreed: true }] },
      'consent-not-stated',
    ],
    ['with somebody in Germany who did not agree', both('DE', false), 'consent-lacking'],
    ['from a place that nobody knows', both(null, false), 'consent-lacking'],
    ['from a place whose law nobody has looked up', both('SE', false), 'consent-lacking'],
    [
      'to which nobody agreed',
      { on: both('FI', false).on.map((one) => ({ ...one, agreed: false })) },
      'consent-lacking',
    ],
  ])('is refused %s, and nothing of it is kept', async (_how, consent, code) => {
    const before = await countKept();
    const file = await upload('call.wav', WAVE);
    expect(await refusalOf({ files: [file], consent })).toBe(code);
    expect(await countKept()).toEqual(before);
  });

  test('is known by its bytes, whatever it is called', async () => {
    expect(await refusalOf({ files: [await upload('scan.pdf', WAVE)] })).toBe('consent-not-stated');
  });

  test('from Germany is kept when everyone agreed', async () => {
    const id = await record({ files: [await upload('call.wav', WAVE)], consent: both('DE', true) });
    expect((await detailOf(id)).noted.consent).toMatchObject({ agree: 'everyone', strictest: 'DE' });
  });
});

describe('a picture of handwritten notes', () => {
  test('needs nobody’s agreement, and no words beside it', async () => {
    const file = await upload('notes.png', PHOTO);
    const id = await record({ kind: 'note', text: '', quotes: [], outcome: null, files: [file] });
    expect((await detailOf(id)).attachments).toMatchObject([{ name: 'notes.png', mediaType: 'image/png' }]);
  });
});

describe('what cannot be so is refused, and nothing of it is kept', () => {
  test.each([
    ['no words', { text: ' \n', quotes: [' '], outcome: null }, 'nothing-noted'],
    ['a time that has not come', { at: hoursAgo(-3) }, 'time-in-future'],
    ['a call that began now and lasted an hour', { at: hoursAgo(0), durationMin: 60 }, 'time-in-future'],
    ['an end before the beginning', { until: hoursAgo(3), durationMin: null }, 'end-before-start'],
    ['a length below nothing', { durationMin: -1 }, 'end-before-start'],
    ['an end that contradicts the length', { until: hoursAgo(1), durationMin: 5 }, 'times-contradict'],
    ['a time without an offset', { at: '2026-05-12T10:00:00' }, 'time-not-understood'],
    ['a zone that is none', { zone: 'Mars/Base' }, 'zone-unknown'],
    ['an offset that the zone did not have', { zone: 'Asia/Tokyo' }, 'zone-contradicts'],
    ['an unknown client', { parties: [{ id: NOBODY }] }, 'party-unknown'],
    ['nobody', { parties: [] }, 'party-needed'],
    ['somebody without a name', { parties: [{ name: ' ' }] }, 'party-unnamed'],
    ['a file that was never sent', { files: [{ upload: NOBODY }] }, 'upload-gone'],
  ])('%s', async (_what, wish, code) => {
    const before = await countKept();
    expect(await refusalOf(wish)).toBe(code);
    expect(await countKept()).toEqual(before);
  });

  test('an empty file', async () => {
    expect(await refusalOf({ files: [await upload('nothing.png', new Uint8Array())] })).toBe('file-empty');
  });

  test('a program', async () => {
    const file = await upload('run.exe', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'));
    expect(await refusalOf({ files: [file] })).toBe('file-type-unsupported');
  });

  test('a file that is too large', async () => {
    const file = await upload('long.png', Buffer.concat([PHOTO, Buffer.alloc(64 << 20)]));
    expect(await refusalOf({ files: [file] })).toBe('file-too-large');
    expect(await countKept()).toMatchObject({ uploads: 0 });
  });
});

describe('a bundle with a call', () => {
  type Opened = { readonly paths: readonly string[]; readonly chronology: Uint8Array };

  async function bundleOf(id: string): Promise<Opened> {
    const made = await app.call('POST', '/api/bundles', { party, exhibits: [id], zone: 'UTC' });
    const bytes = new Uint8Array(await made.arrayBuffer());
    const source = {
      size: bytes.length,
      read: async (start: number, end: number) => bytes.subarray(start, end),
    };
    const sha256 = (of: Uint8Array) => new Uint8Array(createHash('sha256').update(of).digest());
    const report = await verifyBundle(source, { sha256 });
    expect(report.integrity).toMatchObject({ ok: true, failures: [] });
    expect(report.completeness).toMatchObject({ ok: true });
    expect(await disagreement(bytes)).toBeNull();
    const zip = await openZip(source);
    const chronology = zip.entries.find(({ path }) => path.startsWith('chronology'))!;
    return { paths: zip.entries.map(({ path }) => path), chronology: await zip.read(chronology, 1 << 26) };
  }

  test('holds its files as what they are, verifies, and prints what was stated and how late', async () => {
    const file = await upload('call.wav', WAVE);
    const { paths, chronology } = await bundleOf(
      await record({ at: hoursAgo(99), files: [file], consent: both('DE', true) }),
    );
    const exhibits = paths.filter((path) => path.startsWith('exhibits/'));
    expect(exhibits.map((path) => path.replace(/EVK\d+/g, 'N'))).toEqual([
      'exhibits/N/N.txt',
      'exhibits/N/N-1-call.wav',
    ]);
    if (spawnSync('pdftotext', ['-v']).error)
      return console.info('SKIPPED what the PDF says of a call: poppler-utils is not installed.');
    const printed = spawnSync('pdftotext', ['-', '-'], { input: chronology }).stdout.toString();
    const words = printed.replace(/\s+/g, ' ');
    for (const said of [
      'Entered later, by 4 days',
      'Recorded by hand, not an original',
      'Lasted 12 min',
      'Agreed to the recording: Alex (FI): yes; Viktor Orlov (DE): yes',
      'Happened, as stated by the person who entered it',
    ])
      expect(words).toContain(said);
  });

  test('that corrects another leaves what was not picked closed', async () => {
    const first = await record({ at: hoursAgo(6), text: 'The secret of the first.' });
    const second = await record({ at: hoursAgo(6), text: 'Not so.', corrects: first });
    const { paths } = await bundleOf(second);
    expect(paths.filter((path) => path.startsWith('exhibits/'))).toHaveLength(1);
  });
});
