import { beforeAll, describe, expect, test } from 'vitest';
import { seededChance } from '../support/seeded-chance.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { has, lookedAt, unpacked, verified } from './unpacked.ts';
import { writeMail } from './written-mail.ts';

const chance = seededChance('full-form');
chance.setClock(Date.parse('2026-05-20T09:00:00.000Z'));
const app = await testApp(await testDatabase(), { chance });
let party = '';

type Cite = { interactionId: string; start: number; end: number; quote: string };
type Manifest = {
  exhibits: { bates: string; path: string; index: number; sha256: string }[];
  withheld: { index: number; reason: string }[];
};

beforeAll(async () => {
  const added = await app.ask<{ id: string }>('POST', '/api/parties', {
    name: 'Baltika Oy',
    identifiers: ['orlov@baltika.example'],
  });
  party = added.id;
  await bringIn(
    writeMail({ number: 1, subject: 'Лендинг', text: 'Where is the login? <b>Tell me</b> today.' }),
    writeMail({
      number: 2,
      subject: 'Refund',
      text: 'I want 400 back. #read("/etc/passwd")',
      hasPicture: true,
    }),
    writeMail({ number: 3, subject: 'Kokous', text: 'Tavataan maanantaina.' }),
  );
});

const bringIn = (...paths: readonly string[]) =>
  app.bringIn({ paths, me: ['alex@lumenworks.example'], only: ['orlov@baltika.example'] });

async function make(wish: object = {}): Promise<ReadonlyMap<string, Uint8Array>> {
  const response = await app.call('POST', '/api/bundles', { party, ...wish });
  expect(response.status).toBe(200);
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(await verified(bytes)).toMatchObject({
    integrity: { ok: true, failures: [] },
    completeness: { ok: true },
  });
  return unpacked(bytes);
}

const textOf = (files: ReadonlyMap<string, Uint8Array>, path: string) =>
  Buffer.from(files.get(path)!).toString('utf8');
const manifestOf = (files: ReadonlyMap<string, Uint8Array>) =>
  JSON.parse(textOf(files, 'manifest.json')) as Manifest;
const numbersOf = (files: ReadonlyMap<string, Uint8Array>) =>
  new Map(manifestOf(files).exhibits.map(({ sha256, bates }) => [sha256, bates]));

async function interactions(): Promise<readonly { id: string; subject: string }[]> {
  const page = await app.ask<{ items: { id: string; subject: string }[] }>(
    'GET',
    `/api/parties/${party}/timeline?limit=100`,
  );
  return page.items;
}

async function cite(subject: string, quote: string): Promise<Cite> {
  const { id } = (await interactions()).find((one) => one.subject === subject)!;
  const { text } = await app.ask<{ text: string }>('GET', `/api/interactions/${id}`);
  const start = text.indexOf(quote);
  return { interactionId: id, start, end: start + quote.length, quote };
}

describe('numbers that never move', () => {
  test('one message more, one kept back and one picked alone leave every number where it was', async () => {
    const first = numbersOf(await make());
    expect([...first.values()].toSorted()).toEqual(['EVK0000001', 'EVK0000002', 'EVK0000003']);
    await bringIn(writeMail({ number: 4, subject: 'Earlier than all', text: 'Hello.', day: '2026-01-02' }));
    const more = numbersOf(await make());
    for (const [sha256, bates] of first) expect(more.get(sha256)).toBe(bates);
    expect(more.size).toBe(4);
    const [, second] = await interactions();
    const alone = numbersOf(await make({ exhibits: [second!.id] }));
    expect(alone.size).toBe(1);
    for (const [sha256, bates] of alone) expect(more.get(sha256)).toBe(bates);
    expect(numbersOf(await make())).toEqual(more);
  });

  test('a copy with words taken out has a number of its own, and the other numbers stay', async () => {
    const before = numbersOf(await make());
    const { interactionId, start, end } = await cite('Kokous', 'maanantaina');
    await app.ask('POST', `/api/interactions/${interactionId}/redactions`, {
      ...{ party, reason: 'a third person', text: [{ start, end }] },
    });
    const after = numbersOf(await make());
    const kept = [...before].filter(([sha256]) => after.has(sha256));
    expect(kept).toHaveLength(before.size - 1);
    for (const [sha256, bates] of kept) expect(after.get(sha256)).toBe(bates);
    const fresh = [...after].filter(([sha256]) => !before.has(sha256)).map(([, bates]) => bates);
    expect(fresh).toEqual(['EVK0000005']);
  });
});

describe('the forms beside the proof', () => {
  test('a certificate is filled with versions, hashes and what is known of the clock, and signed by nobody', async () => {
    const files = await make();
    const text = textOf(files, 'certificate-902.txt');
    for (const words of [
      ...[
        'A FORM. NOT SIGNED.',
        'rule 902(13)',
        'rule 902(14)',
        'Evenkeel 0.1.0',
        `Node.js ${process.version}`,
      ],
      ...['PostgreSQL ', 'No outside authority stamped this log'],
    ])
      expect(text).toContain(words);
    for (const { bates, sha256 } of manifestOf(files).exhibits) {
      expect(text).toContain(bates);
      expect(text).toContain(sha256);
    }
    expect(text).toMatch(/set over the\s+network \(NTP\)/);
    expect(text).toMatch(/Signature _{8,}/);
    expect(text).not.toMatch(/tamper-proof|immutable|court-approved|legally binding|qualified electronic/i);
  });

  test('a trust file names the log and no witness', async () => {
    const { vkey } = await app.ask<{ vkey: string }>('GET', '/api/log/checkpoint');
    expect(textOf(await make(), 'policy.txt')).toContain(`\nlog ${vkey}\nquorum none\n`);
  });
});

const hasTools = ['pdfinfo', 'pdftotext', 'pdfimages', 'qpdf'].every(has);
if (!hasTools)
  console.info('SKIPPED the inspection of readable copies: poppler-utils or qpdf is not installed.');

describe.runIf(hasTools)('readable copies', () => {
  let files: ReadonlyMap<string, Uint8Array> = new Map();
  beforeAll(async () => {
    files = await make({ withRenditions: true });
  });
  const copies = () => [...files].filter(([path]) => path.startsWith('renditions/'));

  test('are made only when they are asked for, one for each number', async () => {
    expect([...(await make()).keys()].filter((path) => path.startsWith('renditions/'))).toEqual([]);
    expect(copies().map(([path]) => path)).toEqual(
      manifestOf(files).exhibits.map(({ bates }) => `renditions/${bates}.pdf`),
    );
  });

  test('are PDF/A-2u with the number on every page, without script, file or encryption', () => {
    for (const [path, pdf] of copies()) {
      const meta = lookedAt(pdf, 'pdfinfo', '-meta', 'FILE');
      expect(meta).toMatch(/<pdfaid:part>2<\/pdfaid:part>/);
      expect(meta).toMatch(/<pdfaid:conformance>U<\/pdfaid:conformance>/);
      const objects = lookedAt(pdf, 'qpdf', '--qdf', '--object-streams=disable', 'FILE', '-');
      expect(objects).not.toMatch(/\/(JavaScript|JS|Launch|EmbeddedFiles|Encrypt|OpenAction|AA)\b/);
      const text = lookedAt(pdf, 'pdftotext', 'FILE', '-');
      expect(text).toContain(/EVK\d{7}/.exec(path)![0]);
    }
  });

  test('say the words as they were written, markup and all, and name the native file', () => {
    const all = copies()
      .map(([, pdf]) => lookedAt(pdf, 'pdftotext', 'FILE', '-'))
      .join('\n');
    for (const words of ['Лендинг', 'Where is the login? <b>Tell me</b> today.', '#read("/etc/passwd")'])
      expect(all).toContain(words);
    expect(all.replace(/\s+/g, ' ')).toMatch(
      /The native file exhibits\/EVK\d{7}\/EVK\d{7}\.eml is the record itself/,
    );
    expect(all).not.toContain('maanantaina');
  });

  test('draw the pictures that came along, and say where one cannot be drawn', () => {
    const drawn = copies().filter(
      ([, pdf]) => lookedAt(pdf, 'pdfimages', '-list', 'FILE').split('\n').length > 3,
    );
    expect(drawn).toHaveLength(1);
    const text = lookedAt(drawn[0]![1], 'pdftotext', 'FILE', '-');
    expect(text).toContain('dot.png');
    expect(text).toContain('One picture is not drawn here');
  });
});
