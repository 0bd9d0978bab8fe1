import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openZip } from '@evenkeel/proof/zip';
import { describe, expect, test } from 'vitest';
import { replay } from '../../src/replay.ts';
import { rowsOf } from '../support/made-anew.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { everything, mail, manifestOf, textOf } from './apart-parts.ts';
import { apartStory, ME, THEM } from './apart-story.ts';

const { app, party, idOf, order, make, saidOnTimeline, spanOf } = await apartStory();

describe('a record that is privileged', () => {
  test('is kept back without a word of it, and listed with its basis', async () => {
    const files = await make({ withMatters: true });
    const told = everything(files);
    expect(told.includes('counselwords-stay-here')).toBe(false);
    expect(told.includes('plainnote-words')).toBe(true);
    const log = textOf(files, 'privilege-log.csv');
    expect(log.split('\r\n')).toHaveLength(3);
    expect(log).toContain('words with counsel,"Mira Salo, attorney, on the refund",kept back');
    expect(manifestOf(files).withheld.map(({ reason }) => reason)).toContain(
      'privileged: words with counsel',
    );
  });

  test('is refused where it was picked, until it is waived with a reason; the waiver can be ended', async () => {
    const id = idOf('advice');
    const change = (body: object) => app.call('POST', `/api/interactions/${id}/privilege`, body);
    const picked = () => app.call('POST', '/api/bundles', order({ exhibits: [id, idOf('Thanks')] }));
    expect(await (await picked()).json()).toMatchObject({
      code: 'stays-with-us',
      params: { count: 1, ids: [id] },
    });
    expect(await (await change({ change: 'waive', reason: ' ' })).json()).toMatchObject({
      code: 'reason-missing',
    });
    expect(await saidOnTimeline(id)).toBe('counsel');
    expect((await change({ change: 'waive', reason: 'the court asked for it' })).status).toBe(200);
    expect(await saidOnTimeline(id)).toBeNull();
    const files = await make({ exhibits: [id, idOf('Thanks')] });
    expect(everything(files).includes('counselwords-stay-here')).toBe(true);
    expect(everything(files).includes('the court asked for it')).toBe(false);
    expect(textOf(files, 'privilege-log.csv')).toMatch(/waived on \d{4}-\d\d-\d\d, exhibited/);
    expect((await change({ change: 'end-waiver', reason: 'the court has it now' })).status).toBe(200);
    expect(await (await picked()).json()).toMatchObject({ code: 'stays-with-us' });
  });

  test('can be marked and the mark lifted again, each as a fact', async () => {
    const id = idOf('Thanks');
    const privilege = { kind: 'without-prejudice', basis: 'talks of May' };
    expect(await app.ask('POST', '/api/privileges', { interactions: [id], privilege })).toEqual({
      marked: 1,
    });
    expect(await app.ask('POST', '/api/privileges', { interactions: [id], privilege })).toEqual({
      marked: 0,
    });
    expect(everything(await make()).includes('Found it, thank you')).toBe(false);
    await app.ask('POST', `/api/interactions/${id}/privilege`, {
      change: 'lift',
      reason: 'marked by mistake',
    });
    expect(await app.ask('GET', `/api/interactions/${id}/privilege`)).toEqual({ privilege: null });
    expect(everything(await make()).includes('Found it, thank you')).toBe(true);
  });
});

describe("the client's own copy of what is kept about them", () => {
  type AsClient = {
    counts: Record<string, number>;
    items: {
      id: string;
      subject: string | null;
      treatment: string;
      reason: string | null;
      others: string[];
    }[];
  };
  const asClient = () => app.ask<AsClient>('GET', `/api/parties/${party}/as-client`);
  const treated = async () =>
    new Map((await asClient()).items.map(({ id, treatment, reason }) => [id, [treatment, reason]]));

  test('is read before it is made: their letters whole, notes about them, and nothing about others', async () => {
    const items = await treated();
    expect(items.get(idOf('Login'))).toEqual(['whole', null]);
    expect(items.get(idOf('plain note'))).toEqual(['whole', null]);
    expect(items.get(idOf('naming note'))).toEqual(['withheld', 'names-others']);
    expect(items.get(idOf('shared'))).toEqual(['withheld', 'shared']);
    expect(items.get(idOf('advice'))).toEqual(['withheld', 'stays-with-us']);
  });

  test('holds what they may ask for, lists what is privileged, and says nothing of others', async () => {
    const files = await make({ forSubject: true });
    const told = everything(files);
    for (const words of ['plainnote-words', 'Found it, thank you'])
      expect(told.includes(words), words).toBe(true);
    for (const words of ['namingnote-words', 'sharednote-words', 'Virtanen', 'counselwords-stay-here'])
      expect(told.includes(words), words).toBe(false);
    expect(manifestOf(files).withheld.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['names others', 'privileged: words with counsel']),
    );
    expect(textOf(files, 'privilege-log.csv')).toContain('words with counsel');
    const { items } = await app.ask<{ items: { isForSubject: boolean }[] }>(
      'GET',
      `/api/bundles?party=${party}`,
    );
    expect(items[0]).toMatchObject({ isForSubject: true });
  });

  test('holds a note that names others once their names are taken out, or once somebody lets it through', async () => {
    await app.ask('POST', `/api/interactions/${idOf('naming note')}/redactions`, {
      ...{ party, use: 'subject', reason: 'another client' },
      text: [await spanOf(idOf('naming note'), 'Virtanen Rakennus')],
    });
    const files = await make({ forSubject: true, letThrough: [idOf('shared')] });
    const told = everything(files);
    expect(told).toContain('Orlov says ████ pays more. namingnote-words');
    expect(told).toContain('sharednote-words');
    expect(told.includes('Virtanen')).toBe(false);
    // For everybody else the note is whole.
    expect(everything(await make())).toContain('Virtanen Rakennus pays more');
  });

  test('shows us whom their own letter names, also where only a letter inside it does', async () => {
    const holding = (subject: string, words: string) =>
      [
        `From: ${THEM}\nTo: ${ME}\nSubject: ${subject}\nDate: Fri, 8 May 2026 10:00:00 +0300`,
        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee below.',
        `--b\nContent-Type: message/rfc822\n\nFrom: kai@fourth.example\nSubject: Prices\n\n${words}\n--b--\n`,
      ].join('\n');
    const folder = temporaryFolder();
    await writeFile(join(folder, '1.eml'), holding('Passed on', 'The Virtanen Rakennus price is higher.'));
    await writeFile(join(folder, '2.eml'), holding('Passed on too', 'The other price is higher.'));
    await app.bringIn({ paths: [folder], me: [ME], only: [THEM] });
    const { items } = await asClient();
    const of = (subject: string) => items.find((item) => item.subject === subject);
    expect(of('Passed on')).toMatchObject({ treatment: 'whole', others: ['Virtanen Rakennus'] });
    expect(of('Passed on too')).toMatchObject({ treatment: 'whole', others: [] });
  });
});

test('a correction names the record it corrects, and the corrected one names it, in print too', async () => {
  const { id } = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
    ...{ kind: 'note', direction: 'internal', parties: [{ id: party }], at: '2026-05-08T10:00:00+03:00' },
    ...{ text: 'Orlov rang about the roof, not the hall.', corrects: idOf('plain note') },
  });
  const files = await make();
  const told = everything(files);
  const { exhibits } = manifestOf(files);
  const numberOf = (words: string) => exhibits.find(({ path }) => textOf(files, path).includes(words))!.bates;
  expect(told).toContain(`Corrects ${numberOf('plainnote-words')}; both stay`);
  expect(told).toContain(`Corrected by ${numberOf('about the roof')}`);
  // Where only one of the two is shown, the other is named by its place in the log.
  expect(everything(await make({ exhibits: [id] }))).toMatch(
    /Corrects the record at log entry \d+; both stay/,
  );
});

test('what is marked when it is pasted or brought in stays with us from the first moment', async () => {
  const privilege = { kind: 'preparation', basis: 'the claim of May' };
  const pasted = await app.ask<{ id: string }>('POST', '/api/interactions', {
    ...{ text: 'pasted-for-the-claim', party: { id: party }, at: '2026-05-08T11:00:00+03:00' },
    ...{ way: 'mail', direction: 'outbound', privilege },
  });
  const folder = temporaryFolder();
  await writeFile(join(folder, 'a.eml'), mail(9, ME, THEM, 'Draft', 'imported-for-the-claim'));
  const { run } = await app.ask<{ run: string }>('POST', '/api/imports', {
    ...{ paths: [folder], me: [ME], only: [THEM], privilege },
  });
  await (await app.call('GET', `/api/runs/${run}/events`)).text();
  await app.runner.caughtUp();
  expect(await app.ask('GET', `/api/interactions/${pasted.id}/privilege`)).toMatchObject({ privilege });
  const files = await make();
  const told = everything(files);
  for (const words of ['pasted-for-the-claim', 'imported-for-the-claim'])
    expect(told.includes(words), words).toBe(false);
  expect(textOf(files, 'privilege-log.csv').match(/made ready for a dispute,the claim of May/g)).toHaveLength(
    2,
  );
});

test('everything of a client comes as plain files in order, and the table names what stays with us', async () => {
  const response = await app.call('GET', `/api/parties/${party}/folder.zip`);
  expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''Dmitri%20Orlov%20");
  const bytes = new Uint8Array(await response.arrayBuffer());
  const zip = await openZip({ size: bytes.length, read: async (start, end) => bytes.subarray(start, end) });
  const files = new Map<string, Uint8Array>();
  for (const entry of zip.entries) files.set(entry.path, await zip.read(entry, 1 << 28));
  const paths = [...files.keys()].map((path) => path.replace('Dmitri Orlov/', ''));
  expect(paths).toEqual(
    expect.arrayContaining([
      '0001 2026-05-04 in Login.eml',
      '0001 2026-05-04 in Login/1 permit.txt',
      '0001 2026-05-04 in Login/2 plan.txt',
      '0002 2026-05-05 out Re_ Login.eml',
    ]),
  );
  const original = await app.call('GET', `/api/interactions/${idOf('Login')}/original`);
  const login = files.get('Dmitri Orlov/0001 2026-05-04 in Login.eml')!;
  expect(Buffer.from(login).equals(Buffer.from(await original.arrayBuffer()))).toBe(true);
  const table = textOf(files, 'Dmitri Orlov/index.csv').split('\r\n').slice(1, -1);
  const total = (await app.ask<{ total: number }>('GET', `/api/parties/${party}/timeline`)).total;
  expect(table).toHaveLength(total);
  expect(table.filter((line) => line.endsWith(',yes')).length).toBeGreaterThan(0);
  const counsel = [...files].find(([, file]) => Buffer.from(file).includes('counselwords-stay-here'))!;
  expect(
    table.find((line) => line.endsWith(',yes') && line.includes(counsel[0].split('/')[1]!)),
  ).toBeDefined();
  const custody = await app.ask<{ items: { act: string; operation: string }[] }>(
    'GET',
    '/api/custody?act=export',
  );
  expect(custody.items[0]).toMatchObject({ operation: 'GET /api/parties/{id}/folder.zip' });
  const nobody = '018f0000-0000-7000-8000-000000000000';
  expect((await app.call('GET', `/api/parties/${nobody}/folder.zip`)).status).toBe(404);
});

test('marks and copies made again from the ledger are, row by row, what they were', async () => {
  const tables = ['privileges', 'redactions', 'bundles', 'bates_numbers'];
  const rows = () => rowsOf(app.pool, tables);
  const before = await rows();
  for (const table of tables) expect(before[table], table).not.toEqual([]);
  await replay(app.ledger);
  expect(await rows()).toEqual(before);
});
