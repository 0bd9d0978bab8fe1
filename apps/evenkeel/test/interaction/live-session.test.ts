import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { sql } from '../../src/kernel/db.ts';
import { readSuggestions } from '../../src/modules/agreement/suggestions.store.ts';
import { decideShot } from '../../src/modules/interaction/live-session.ts';
import { replay } from '../../src/replay.ts';
import { rowsOf } from '../support/made-anew.ts';
import { type Json, testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const app = await testApp(database);
const now = Date.parse(app.ledger.chance.now());
const session = randomUUID();

const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const noteOf = (more: Json = {}): Json => ({
  id: randomUUID(),
  session,
  at: ago(20),
  kind: 'note',
  handle: 'Rex_77',
  text: 'My data.',
  quotes: ['tell me your real name'],
  ...more,
});

type Kept = { readonly id: string; readonly isNew: boolean };
const send = (note: Json) => app.ask<Kept>('POST', '/api/live/notes', note);
async function refusalOf(note: Json): Promise<string> {
  const response = await app.call('POST', '/api/live/notes', note);
  const { code } = (await response.json()) as { code: string };
  return `${response.status} ${code}`;
}

type Detail = {
  readonly text: string;
  readonly lateByMin: number | null;
  readonly times: {
    readonly sent: { at: string; offsetMin: number; source: string };
    readonly recorded: { at: string };
  };
  readonly noted: {
    readonly zone: string | null;
    readonly durationMin: number | null;
    readonly people: string[];
  };
  readonly attachments: readonly { readonly name: string; readonly mediaType: string }[];
};
async function seen(id: string): Promise<Detail> {
  await app.runner.caughtUp();
  return app.ask<Detail>('GET', `/api/interactions/${id}`);
}

async function partiesNamed(name: string): Promise<number> {
  const { rows } = await sql`SELECT id FROM parties WHERE lower(trim(name)) = ${name}`.execute(app.db);
  return rows.length;
}

/** A picture of one grey pixel, with chunks of one's own before its end. */
function png(...more: readonly (readonly [type: string, content: string])[]): Buffer {
  const chunk = (type: string, content: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(content.length);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, content, Buffer.alloc(4)]);
  };
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
    ...more.map(([type, content]) => chunk(type, Buffer.from(content, 'latin1'))),
    chunk('IDAT', deflateSync(Buffer.from([0, 128]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('a note of a live session', () => {
  test('is kept at the time it was noted, in UTC, with the words that were said as theirs', async () => {
    const note = noteOf();
    expect(await send(note)).toEqual({ id: note.id, isNew: true });
    const { text, times, noted, lateByMin } = await seen(String(note.id));
    expect(text).toBe('My data.\n\n“tell me your real name”');
    expect(times.sent).toMatchObject({ at: note.at, offsetMin: 0, source: 'stated-by-person' });
    expect(times.recorded.at > String(note.at)).toBe(true);
    expect(noted).toMatchObject({ zone: null, people: [] });
    expect(lateByMin).toBeNull();
  });

  test('that a phone sends a day and more later says by how much', async () => {
    const note = noteOf({ at: ago(3 * 24 * 60) });
    await send(note);
    expect((await seen(String(note.id))).lateByMin).toBeGreaterThanOrEqual(3 * 24 * 60);
  });

  test('sent again is the same note, also when both come at once', async () => {
    const note = noteOf({ handle: 'Twice_5' });
    const kept = await Promise.all([send(note), send(note), send(note)]);
    expect(kept.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await send(note)).toEqual({ id: note.id, isNew: false });
    const { rows } = await sql`SELECT id FROM interactions WHERE id = ${String(note.id)}`.execute(app.db);
    expect(rows).toHaveLength(1);
  });

  test('makes a viewer who is new once, whatever the case of their handle', async () => {
    await Promise.all([send(noteOf({ handle: 'New_One' })), send(noteOf({ handle: 'new_one ' }))]);
    expect(await partiesNamed('new_one')).toBe(1);
  });

  test('the end is the session itself, with its length', async () => {
    const end = noteOf({
      kind: 'end',
      at: ago(40),
      durationMin: 23,
      quotes: [],
      text: 'Session ended. Noted: 2.',
    });
    await send(end);
    const { noted } = await seen(String(end.id));
    expect(noted.durationMin).toBe(23);
    const { rows } = await sql`SELECT kind FROM interactions WHERE id = ${String(end.id)}`.execute(app.db);
    expect(rows).toEqual([{ kind: 'session' }]);
  });

  test('with a shot keeps the picture under a name that says nothing', async () => {
    const note = noteOf({ text: 'Shot of the chat.', quotes: [], shot: png().toString('base64') });
    await send(note);
    expect((await seen(String(note.id))).attachments).toMatchObject([
      { name: 'shot.png', mediaType: 'image/png' },
    ]);
  });

  test.each([
    ['in a zone of ours', { at: '2026-01-02T03:04:05+03:00' }, '422 time-not-understood'],
    ['at no time', { at: 'yesterday Z' }, '422 time-not-understood'],
    ['at a time that has not come', { at: new Date(now + 3_600_000).toISOString() }, '422 time-in-future'],
    ['about nobody', { handle: '  ' }, '422 handle-needed'],
    ['without words', { text: ' ', quotes: [] }, '422 nothing-noted'],
    ['under no id', { id: 'mine' }, '422 not-understood'],
    ['that says more than it may', { member: 'Alex' }, '422 not-understood'],
    [
      'with a shot that says where it was taken',
      { shot: png(['eXIf', 'GPS']).toString('base64') },
      '422 shot-not-bare',
    ],
    [
      'with a shot that is no PNG',
      { shot: Buffer.from('\xff\xd8\xff\xe1', 'latin1').toString('base64') },
      '422 shot-not-bare',
    ],
    ['with a shot that is no base64', { shot: '%%%' }, '422 not-understood'],
  ])('%s is refused', async (_what, more, expected) => {
    expect(await refusalOf(noteOf(more))).toBe(expected);
  });

  test('under the id of something else is refused', async () => {
    const other = {
      kind: 'call',
      parties: [{ name: 'Max', identifier: null }],
      at: ago(5),
      text: 'He called.',
    };
    const { id } = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', other);
    expect(await refusalOf(noteOf({ id }))).toBe('409 note-id-taken');
  });
});

describe('a shot', () => {
  test('is its picture and nothing else', () => {
    expect(decideShot(png()).ok).toBe(true);
    for (const type of ['tEXt', 'iTXt', 'zTXt', 'tIME', 'eXIf', 'iCCP', 'pHYs', 'abCd'])
      expect(decideShot(png([type, 'x']))).toMatchObject({ reason: 'shot-not-bare' });
    expect(decideShot(Buffer.concat([png(), Buffer.from('hidden')]))).toMatchObject({
      reason: 'shot-not-bare',
    });
    expect(decideShot(png().subarray(0, -1))).toMatchObject({ reason: 'shot-not-bare' });
  });
});

describe('what a live page is told', () => {
  test('are handles, whoever was met last first, and no names or numbers', async () => {
    await app.ask('POST', '/api/parties', {
      name: 'Viktor Orlov',
      identifiers: ['+358401234567', 'Viktor Orlov'],
    });
    const { as, handles } = await app.ask<{ as: string; handles: string[] }>('GET', '/api/live');
    expect(as).toBe('member');
    expect(handles).toContain('rex_77');
    expect(handles.join()).not.toMatch(/358|orlov/i);
  });

  test('are texts for each of four topics, in three languages, that name nobody on our side', async () => {
    type Rules = {
      rules: { topic: string; basis: string; steps: { action: string; texts: Record<string, string> }[] }[];
    };
    const { rules } = await app.ask<Rules>('GET', '/api/live/rules?handle=rex_77');
    expect(rules.map(({ topic, basis }) => [topic, basis])).toEqual(
      ['threat', 'money', 'data', 'limits'].map((topic) => [topic, 'suggested']),
    );
    for (const { steps } of rules) {
      expect(steps.map(({ action }) => action)).toEqual(['reminder', 'warning', 'restriction', 'end']);
      for (const { texts } of steps) expect(Object.keys(texts)).toEqual(['en', 'ru', 'fi']);
    }
    const said = JSON.stringify(rules);
    expect(said).toContain('No questions about my name');
    expect(said).not.toMatch(/\{\{(?!count)/);
  });

  test('are the words of the boundary that holds with this viewer', async () => {
    const { id: party } = await app.ask<{ id: string }>('POST', '/api/parties', {
      name: 'Max',
      identifiers: ['max_9'],
    });
    await boundaryWith(party, 'Never ask where I live.');
    type Rules = { rules: { topic: string; basis: string; steps: { texts: Record<string, string> }[] }[] };
    const { rules } = await app.ask<Rules>('GET', '/api/live/rules?handle=MAX_9');
    const data = rules.find(({ topic }) => topic === 'data')!;
    expect(data.basis).toBe('boundary');
    expect(data.steps[0]!.texts.en).toContain('“Never ask where I live”');
  });
});

async function boundaryWith(party: string, says: string): Promise<void> {
  const { ladders } = await readSuggestions(app.dataDir);
  const { says: called, rungs, appeal } = ladders.find(({ profile }) => profile === 'performer')!;
  const opened = await app.ask<{ id: string }>('POST', `/api/parties/${party}/agreements`, {
    title: 'Rules of the chat',
    clauses: [{ kind: 'data', says }],
  });
  type Terms = { agreements: { id: string; clauses: { id: string }[] }[] };
  const { agreements } = await app.ask<Terms>('GET', `/api/parties/${party}/agreements`);
  const clause = agreements.find(({ id }) => id === opened.id)!.clauses[0]!;
  const ladder = { says: called, rungs, appeal };
  await app.ask('POST', `/api/parties/${party}/boundaries`, { clauseId: clause.id, says, ladder });
}

test('nothing that was recorded holds the name of this machine or its zone', async () => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { rows } = await sql<{ row: string }>`
    SELECT (to_jsonb(i) || to_jsonb(n))::text AS row FROM interactions i JOIN noted n ON n.interaction_id = i.id`.execute(
    app.db,
  );
  expect(rows.length).toBeGreaterThan(5);
  for (const { row } of rows) for (const ours of [hostname(), zone]) expect(row).not.toContain(ours);
});

test('the notes are the same, row by row, when they are made again', async () => {
  await app.runner.caughtUp();
  const tables = ['interactions', 'originals', 'filings', 'noted', 'attached', 'parties', 'identifiers'];
  const rows = () => rowsOf(database.pool, tables);
  const before = await rows();
  await replay(app.ledger);
  expect(await rows()).toEqual(before);
});
