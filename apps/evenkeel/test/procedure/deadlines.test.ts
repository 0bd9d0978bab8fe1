import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Instant } from '../../src/kernel/instant.ts';
import { sourceWords } from '../../src/modules/procedure/dues.actions.ts';
import { LANGS, type Pack, type PackStep, validUntil } from '../../src/modules/procedure/pack.ts';
import { type LoadedPack, openPacks } from '../../src/modules/procedure/packs.store.ts';
import type { ProcedureState } from '../../src/modules/procedure/state.ts';
import { stepDue } from '../../src/modules/procedure/step-due.ts';
import { calendars } from '../kernel/calendars.ts';

/** What stands in fixtures/deadlines, each line worked out by hand. */
type Row = {
  id: string;
  step: string;
  calendar: string;
  begins: string;
  from: string;
  stops?: [string, string | null][];
  ends: string | null;
  moved?: 'holiday' | 'no-working-day';
  rule: string;
  why: string;
};

const folder = new URL('../../../../fixtures/deadlines/', import.meta.url);
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const tables = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
const rowsOf = (name: string) =>
  textOf(name)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
const rules = JSON.parse(textOf('rules.json')) as Record<string, { source: string; verified: boolean }>;
const known = calendars();
const instant = (text: string) => new Date(text).toISOString() as Instant;
/** Long before anything of a line: what a clock must not begin with. */
const NEVER_THEN = instant('2001-01-01T00:00:00Z');

let packs: readonly LoadedPack[];
beforeAll(async () => {
  packs = (await openPacks('nowhere').load()).packs;
});

/** A state in which only what the line names has happened, when the line says. */
function stateOf(pack: Pack, step: PackStep, { begins, from, stops = [] }: Row): ProcedureState {
  const [kind, of = ''] = begins.split(':');
  const at = instant(from);
  const visit = { visit: 1, enteredAt: NEVER_THEN, because: null, due: null, done: null };
  const done = { at, actor: 'member:1', isSkipped: false, choice: null, reason: null, second: null };
  return {
    now: at,
    pack,
    startedAt: kind === 'started' ? at : NEVER_THEN,
    subject: { kind: 'complaint', id: '1', at: kind === 'subject' ? at : NEVER_THEN, points: [] },
    visits: [
      ...(kind === 'step' ? [{ ...visit, step: of, done }] : []),
      ...(kind === 'reply' ? [{ ...visit, step: step.id, because: 'r' }] : []),
    ],
    letters: kind === 'letter' ? [{ letter: of, finishedAt: at, handedOverAt: at }] : [],
    replies: kind === 'reply' ? [{ interactionId: 'r', at }] : [],
    stops: stops.map(([begun, ended]) => ({
      stop: step.due?.clockStops[0] ?? 'none-of-its-own',
      ...{ from: instant(begun), until: ended && instant(ended), reason: '', actor: '' },
    })),
    ...{ asked: [], isEnded: false, noteFindings: null },
  } as unknown as ProcedureState;
}

describe.each(tables)('due dates by hand: %s', (name) => {
  test.each(rowsOf(name))('$id: $step from $from: $why', (row) => {
    const { pack } = packs.find((one) => one.pack.id === basename(name, '.jsonl'))!;
    const step = pack.steps.find(({ id }) => id === row.step)!;
    const entered = row.begins === 'entered' ? instant(row.from) : NEVER_THEN;
    const due = stepDue(stateOf(pack, step, row), step, entered, known[row.calendar]!);
    const lastMoment = row.ends && instant(`${row.ends.slice(0, 10)}T23:59:59.999${row.ends.slice(10)}`);
    expect(due).toEqual(
      row.ends === null
        ? null
        : { at: lastMoment, date: row.ends.slice(0, 10), isWholeDay: true, why: row.moved ?? null },
    );
    expect(rules[row.rule]?.source).toBeTruthy();
  });

  test('has 25 lines or more, and every date of law in it has its line', () => {
    const { pack } = packs.find((one) => one.pack.id === basename(name, '.jsonl'))!;
    const rows = rowsOf(name);
    expect(rows.length).toBeGreaterThanOrEqual(25);
    const lawful = new Set(pack.sources.filter(({ kind }) => kind === 'law').map(({ id }) => id));
    const dated = pack.steps.filter(({ due }) => due && lawful.has(due.source) && due.count > 0);
    const terms = new Set(dated.map(({ due }) => `${due!.count} ${due!.unit} ${JSON.stringify(due!.from)}`));
    const told = new Set(
      rows.map(({ step }) => {
        const { due } = pack.steps.find(({ id }) => id === step)!;
        return `${due!.count} ${due!.unit} ${JSON.stringify(due!.from)}`;
      }),
    );
    expect([...terms].filter((term) => !told.has(term))).toEqual([]);
  });
});

test('a pack is called verified only when each of its sources was compared with its own text', () => {
  for (const { pack } of packs)
    if (pack.verified) expect(pack.sources.filter(({ verified }) => !verified)).toEqual([]);
});

test('a pack with dates of law says from when its text is, and until when it is relied on', () => {
  for (const { pack } of packs.filter((one) => one.pack.steps.some((step) => isLawful(one.pack, step))))
    expect([pack.id, pack.validUntil ?? pack.sources.map(({ validUntil }) => validUntil)]).toEqual([
      pack.id,
      expect.anything(),
    ]);
});

test('every date of a pack of law carries the last day on which it is relied on, our own dates in it too', () => {
  for (const { pack } of packs.filter((one) => one.pack.steps.some((step) => isLawful(one.pack, step))))
    for (const { id, due } of pack.steps)
      if (due) expect([id, validUntil(pack, sourceOf(pack, due.source))]).toEqual([id, expect.any(String)]);
});

test('a date whose paragraph was not compared with its text says so in each language', () => {
  const doubt = { en: /not compared with/, ru: /не сверено/, fi: /ei verrattu/ };
  const doubtful = packs.flatMap(({ pack }) => pack.sources.filter(({ verified }) => !verified));
  expect(doubtful.length).toBeGreaterThan(5);
  for (const source of doubtful)
    for (const lang of LANGS) expect(sourceWords(source)[lang]).toMatch(doubt[lang]);
});

function sourceOf({ sources }: Pack, id: string) {
  return sources.find((source) => source.id === id);
}

function isLawful({ sources }: Pack, { due }: PackStep): boolean {
  return sources.some(({ id, kind }) => kind === 'law' && id === due?.source);
}
