import { beforeAll, describe, expect, test } from 'vitest';
import { replay } from '../../src/replay.ts';
import { promiseGround } from '../point/promise-ground.ts';
import { rowsOf } from '../support/made-anew.ts';
import { has, lookedAt, unpacked, verified } from './unpacked.ts';

const { app, database, party, said, post, refused } = await promiseGround();

type Source = { cites: { interactionId: string; quote: string }[]; records: string[]; entry: string | null };
type Proposal = Source & {
  key: string;
  kind: string;
  at: string;
  side: string | null;
  number: number | null;
  says: string;
};
type Statement = Source & {
  id: string;
  date: string;
  time: string | null;
  says: string;
  isDisputed: boolean;
  proposal: string | null;
};
type Facts = { statements: Statement[]; proposals: Proposal[]; dismissed: number };

const path = `/api/parties/${party}/chronology`;
const facts = () => app.ask<Facts>('GET', path);
const state = (fact: object) => post(path, { date: '2026-05-12', says: 'They asked.', ...fact });

let asked: Awaited<ReturnType<typeof said>>;
let answered: typeof asked;
let secret: typeof asked;

beforeAll(async () => {
  asked = await said('inbound', 'Give me 400 back.', '400 back', '2026-05-12T10:00:00+03:00');
  answered = await said('outbound', 'We will look at it.', 'look at it', '2026-05-12T11:00:00+03:00');
  secret = await said('outbound', 'Between us: 200.', 'Between us', '2026-05-13T11:00:00+03:00');
  await app.ask('POST', `/api/parties/${party}/offers`, {
    ...{ side: 'ours', decideBy: { date: '2026-06-30' }, isWithoutPrejudice: true, cites: [secret] },
    options: [{ what: 'quiet-sum' }],
  });
  await app.ask('POST', `/api/parties/${party}/points`, {
    ...{ kind: 'demand', title: 'Refund of 400', cite: asked },
  });
});

describe('what is proposed', () => {
  test('is dated and shown by the record: who wrote first, and what was asked; nothing without prejudice', async () => {
    const { proposals } = await facts();
    expect(proposals.map(({ kind, side, says }) => [kind, side, says])).toEqual([
      ['first-message', 'theirs', ''],
      ['point-opened', 'theirs', 'Refund of 400'],
      ['first-message', 'ours', ''],
    ]);
    expect(proposals[1]).toMatchObject({ number: 1, cites: [asked], records: [], entry: null });
    expect(JSON.stringify(proposals)).not.toContain('quiet-sum');
  });

  test('are sums that were written down, what was disputed of them in their words, and the day they were paid', async () => {
    const sum = { side: 'theirs', amount: '400.00', currency: 'EUR', what: 'Invoice 17' };
    const { body } = await post(`/api/parties/${party}/sums`, { ...sum, cite: answered });
    await app.ask('POST', `/api/sums/${body.id}/dispute`, { amount: '100.00', cite: asked });
    await app.ask('POST', `/api/sums/${body.id}/settlement`, {
      on: '2026-05-20',
      reason: 'Seen at the bank.',
    });
    const found = (await facts()).proposals.filter(({ kind }) => kind.startsWith('sum-'));
    expect(found).toMatchObject([
      { kind: 'sum-disputed', says: 'Invoice 17, 100.00 EUR', cites: [asked], isDayOnly: false },
      { kind: 'sum-owed', side: 'theirs', number: 1, says: 'Invoice 17, 400.00 EUR', cites: [answered] },
      { kind: 'sum-settled', at: '2026-05-20T00:00:00.000Z', isDayOnly: true, cites: [] },
    ]);
    expect(found[2]!.entry).toEqual(expect.any(String));
  });

  test('is no fact until a person states it, and is proposed no longer then; taken back it is proposed again', async () => {
    const [first] = (await facts()).proposals;
    const { body } = await state({ records: first!.records, proposal: first!.key, says: 'First mail.' });
    expect((await facts()).proposals.map(({ key }) => key)).not.toContain(first!.key);
    await post(`/api/chronology-facts/${body.id}/withdraw`, { reason: 'another one came first' });
    const after = await facts();
    expect(after.statements).toEqual([]);
    expect(after.proposals.map(({ key }) => key)).toContain(first!.key);
  });

  test('is left out when somebody says that it is no fact for the chronology, and can be brought back', async () => {
    const [first] = (await facts()).proposals;
    expect((await post(`${path}/dismissed`, { proposal: first!.key })).status).toBe(204);
    expect(await facts()).toMatchObject({ dismissed: 1 });
    expect((await facts()).proposals.map(({ key }) => key)).not.toContain(first!.key);
    await app.call('DELETE', `${path}/dismissed`);
    expect((await facts()).proposals.map(({ key }) => key)).toContain(first!.key);
  });
});

describe('a fact', () => {
  test.each([
    ['without words', { says: '  ', records: [] }, 'statement-empty'],
    ['without anything that shows it', {}, 'source-missing'],
    ['on a day that there is not', { date: '2026-02-30' }, 'date-not-understood'],
    ['at an hour that there is not', { time: '25:00' }, 'date-not-understood'],
    ['that corrects none', { replaces: '00000000-0000-7000-8000-000000000000' }, 'statement-unknown'],
  ])('%s is refused, and the same with it is stated', async (_what, wrong, code) => {
    const records = code === 'source-missing' ? [] : [asked.interactionId];
    expect((await state({ records, ...wrong })).body.code).toBe(code);
    const right = await state({ records: [asked.interactionId] });
    expect(right.status).toBe(201);
    await post(`/api/chronology-facts/${right.body.id}/withdraw`, { reason: 'a test' });
  });

  test('cannot rest on words that are not in the record, nor on a record of somebody else', async () => {
    expect(refused(await state({ cites: [{ ...asked, quote: '500 back' }] }))).toEqual({
      status: 422,
      code: 'quote-not-found',
    });
    const { id: other } = await app.ask<{ id: string }>('POST', '/api/parties', { name: 'Neva' });
    const answer = await post(`/api/parties/${other}/chronology`, {
      ...{ date: '2026-05-12', says: 'Theirs.', records: [asked.interactionId] },
    });
    expect(refused(answer)).toEqual({ status: 422, code: 'source-not-theirs' });
  });

  test('can be said in other words: the new one stands in place of the old one, and both stay in the ledger', async () => {
    const { body } = await state({ cites: [asked], says: 'They asked for 400.' });
    await state({ cites: [asked], says: 'They asked for 400 EUR.', isDisputed: true, replaces: body.id });
    const { statements } = await facts();
    expect(statements.map(({ says, isDisputed }) => [says, isDisputed])).toEqual([
      ['They asked for 400 EUR.', true],
    ]);
  });
});

const hasTools = ['pdftotext'].every(has);
if (!hasTools) console.info('SKIPPED the facts in the PDF: poppler-utils is not installed.');

describe('in a bundle', () => {
  const bundle = async (more: object = {}) => {
    const response = await app.call('POST', '/api/bundles', { party, ...more });
    expect(response.status).toBe(200);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(await verified(bytes)).toMatchObject({ integrity: { ok: true }, completeness: { ok: true } });
    return unpacked(bytes);
  };
  const told = (files: ReadonlyMap<string, Uint8Array>) =>
    [...files]
      .filter(([path]) => path.startsWith('openings/'))
      .map(([, bytes]) => JSON.parse(Buffer.from(bytes).toString('utf8')) as { kind: string })
      .filter(({ kind }) => kind === 'chronology.stated');

  beforeAll(async () => {
    await state({ cites: [answered], says: 'We answered the same day.', time: '08:00' });
    await state({ records: [secret.interactionId], says: 'quiet-fact', date: '2026-05-13' });
  });

  test.runIf(hasTools)(
    'they are a table behind page 1, by day, each with the number that shows it',
    async () => {
      const pdf = (await bundle()).get('chronology.pdf')!;
      const page = lookedAt(pdf, 'pdftotext', '-f', '2', '-l', '2', '-layout', 'FILE', '-');
      expect(page).toMatch(/Facts/);
      const flat = page.replace(/\s+/g, ' ');
      expect(flat.indexOf('They asked for 400 EUR.')).toBeLessThan(flat.indexOf('We answered the same day.'));
      expect(flat).toMatch(/EVK\d{7}/);
      expect(flat).toContain('“400 back”');
      expect(flat).toContain('Disputed by the other side');
      for (const words of ['12 May 2026', '08:00 UTC']) expect(flat).toContain(words);
      expect(lookedAt(pdf, 'pdftotext', '-f', '1', '-l', '1', 'FILE', '-').replace(/\s+/g, ' ')).toContain(
        'facts that were stated',
      );
    },
  );

  test('one that rests on what is kept back is told nowhere, and counted', async () => {
    const files = await bundle();
    expect(told(files)).toHaveLength(2);
    const everything = [...files.values()].map((bytes) => Buffer.from(bytes).toString('latin1')).join('\n');
    const packed = (everything.match(/[A-Za-z0-9+/]{80,}={0,2}/g) ?? []).map((text) =>
      Buffer.from(text, 'base64').toString('latin1'),
    );
    expect([everything, ...packed].join('\n')).not.toContain('quiet-fact');
    if (!hasTools) return;
    const first = lookedAt(files.get('chronology.pdf')!, 'pdftotext', '-f', '1', '-l', '1', 'FILE', '-');
    expect(first.replace(/\s+/g, ' ')).toContain(
      'One fact that was stated rests on a record that is kept back',
    );
  });

  test('they stay out where they are not asked for', async () => {
    const files = await bundle({ withFacts: false });
    expect(told(files)).toEqual([]);
  });
});

test('facts made again from the ledger are what they were', async () => {
  const rows = () => rowsOf(database.pool, ['statements']);
  const before = await rows();
  expect(before.statements?.length).toBeGreaterThan(3);
  await replay(app.ledger);
  expect(await rows()).toEqual(before);
});
