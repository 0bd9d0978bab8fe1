import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { madeAnew, rowsOf } from '../support/made-anew.ts';
import { filesIn, mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { koi8 } from './koi8.ts';

const database = await testDatabase();
const app = await testApp(database);

type Row = Readonly<Record<string, unknown>>;
type Facts = Row & {
  readonly protection: readonly (Row & { signers: readonly Row[] })[];
  readonly report: (Row & { original: Row | null }) | null;
  readonly calendar: readonly Row[];
  readonly otherReadings: readonly { charset: string; subject: string; text: string }[];
};

const fixture = (name: string) =>
  readFileSync(new URL(`../../../../packages/records/test/fixtures/${name}.eml`, import.meta.url));

/** Brings one file in for a client; gives the ids of what is on its page, the newest first. */
async function bringIn(client: string, bytes: Uint8Array | string): Promise<string> {
  const known = new Set(await idsOf(client));
  const folder = filesIn(temporaryFolder(), { 'a.eml': bytes });
  await app.bringIn({ paths: [folder], me: ['me@firm.example'], client });
  return (await idsOf(client)).find((id) => !known.has(id))!;
}

async function idsOf(client: string): Promise<readonly string[]> {
  const met = await app.call('GET', `/api/parties/meant?word=${encodeURIComponent(client)}`);
  if (!met.ok) return [];
  const { id } = (await met.json()) as { id: string };
  const { items } = await app.ask<{ items: readonly { id: string }[] }>('GET', `/api/parties/${id}/timeline`);
  return items.map((one) => one.id);
}

async function clientNamed(name: string): Promise<string> {
  await app.ask('POST', '/api/parties', { name, state: 'client', identifiers: [] });
  return name;
}

const factsOf = (id: string) => app.ask<Facts>('GET', `/api/interactions/${id}/mail`);
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code;
const readAs = (id: string, charset: string | null) =>
  app.call('POST', `/api/interactions/${id}/charset`, { charset });

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe('signed and sealed mail', async () => {
  const client = await clientNamed('Signer');

  test('says which bytes are signed, by whose key, and that they are still those', async () => {
    const id = await bringIn(client, fixture('smime-beside'));
    const { protection } = await factsOf(id);
    expect(protection).toMatchObject([
      {
        ...{ by: 'smime', form: 'signed', checked: 'fits' },
        signers: [{ name: 'Ivan Orlov', address: 'orlov@baltika.example', issuer: 'Ivan Orlov' }],
      },
    ]);
    const answer = await app.call('GET', `/api/interactions/${id}/signed/0`);
    const signed = Buffer.from(await answer.arrayBuffer());
    const { start, end } = protection[0]!.signed as { start: number; end: number };
    expect(signed.equals(fixture('smime-beside').subarray(start, end))).toBe(true);
    expect((await app.call('GET', `/api/interactions/${id}/signed/1`)).status).toBe(404);
  });

  test('of changed words the signature does not fit, of line ends that a store changed it does', async () => {
    const changed = fixture('smime-beside').toString('latin1').replace('Friday', 'Monday');
    const id = await bringIn(client, Buffer.from(changed, 'latin1'));
    expect((await factsOf(id)).protection).toMatchObject([{ checked: 'does-not-fit' }]);
    const bare = `Message-ID: <kept-by-a-store@baltika.example>\n${fixture('smime-beside').toString('latin1').replaceAll('\r\n', '\n')}`;
    const other = await bringIn(client, Buffer.from(bare, 'latin1'));
    expect((await factsOf(other)).protection).toMatchObject([{ checked: 'fits' }]);
  });

  test('for an OpenPGP key nobody is asked', async () => {
    const pgp = await bringIn(client, fixture('pgp-mime'));
    expect((await factsOf(pgp)).protection).toMatchObject([{ by: 'pgp', checked: 'not-checked' }]);
  });

  test.skipIf(!hasOpenssl)('the bytes that are handed out are those that openssl finds signed', async () => {
    const id = await bringIn(client, fixture('smime-inside'));
    expect((await factsOf(id)).protection).toMatchObject([{ form: 'opaque', checked: 'fits' }]);
    const answer = await app.call('GET', `/api/interactions/${id}/signed/0`);
    const file = join(temporaryFolder(), 'a.eml');
    writeFileSync(file, fixture('smime-inside'));
    const said = execFileSync('openssl', ['smime', '-verify', '-noverify', '-in', file], { stdio: 'pipe' });
    expect(Buffer.from(await answer.arrayBuffer()).equals(said)).toBe(true);
  });

  test('what only a key opens is called so, and hands nothing out', async () => {
    const id = await bringIn(client, fixture('smime-encrypted'));
    expect((await factsOf(id)).protection).toMatchObject([{ form: 'encrypted', signed: null, signers: [] }]);
    expect(await codeOf(await app.call('GET', `/api/interactions/${id}/signed/0`))).toBe('nothing-signed');
  });

  test('a subject that was changed on the way is shown beside the signed one', async () => {
    const id = await bringIn(client, fixture('protected-subject'));
    const { outer } = (await factsOf(id)) as Facts & { outer: Row };
    const { row } = await app.ask<{ row: Row }>('GET', `/api/interactions/${id}/context`);
    expect(outer.subject).not.toBe(row.subject);
  });
});

test('an invitation says what, when, where and who answered', async () => {
  const id = await bringIn(await clientNamed('Inviter'), fixture('calendar-reply'));
  expect((await factsOf(id)).calendar).toMatchObject([{ method: 'reply' }]);
  const [entry] = (await factsOf(id)).calendar as [{ attendees: readonly Row[] }];
  expect(entry.attendees[0]).toMatchObject({ answer: expect.any(String) });
});

test('one piece of a message says which, and a file that lies elsewhere says where; nothing is fetched', async () => {
  const client = await clientNamed('Pieces');
  expect(await factsOf(await bringIn(client, fixture('piece-of-a-message')))).toMatchObject({
    piece: { number: expect.any(Number) },
  });
  expect(await factsOf(await bringIn(client, fixture('file-elsewhere')))).toMatchObject({
    elsewhere: [{ accessType: expect.any(String) }],
  });
});

test('what Apple Mail noted behind a message is kept and shown, and its file comes back byte for byte', async () => {
  const name = await clientNamed('Apple');
  const letter = mail({ from: 'apple@client.example', subject: 'From Apple Mail' });
  const list =
    '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>date-received</key><integer>1778566440</integer><key>flags</key><integer>21</integer></dict></plist>\n';
  const file = Buffer.from(`${Buffer.byteLength(letter)}      \n${letter}${list}`);
  const folder = filesIn(temporaryFolder(), { '1.emlx': file });
  const { report } = await app.bringIn({ paths: [folder], me: ['me@firm.example'], client: name });
  expect(report.totals).toMatchObject({ items: 1, imported: 1 });
  const [id] = await idsOf(name);
  expect(await factsOf(id!)).toMatchObject({
    appleMail: { receivedAt: '2026-05-12T06:14:00Z', flags: ['read', 'answered', 'flagged'] },
  });
  const whole = await app.call('GET', `/api/runs/${report.id}/containers/0`);
  expect(Buffer.from(await whole.arrayBuffer()).equals(file)).toBe(true);
});

test('a bounce is tied to the letter it speaks of, also when that is brought in after it', async () => {
  const client = await clientNamed('Bouncer');
  const bounce = await bringIn(client, fixture('bounce-two-recipients'));
  const { report } = await factsOf(bounce);
  expect(report).toMatchObject({ kind: 'delivery', action: 'failed', original: null });
  const letter = mail({
    ...{ from: 'me@firm.example', to: 'gone@client.example', subject: 'It bounced' },
    id: report!.originalMessageId as string,
  });
  const id = await bringIn(client, letter);
  expect((await factsOf(bounce)).report).toMatchObject({ original: { id, subject: 'It bounced' } });
  expect(await factsOf(id)).toMatchObject({ cameBack: [{ id: bounce, report: { kind: 'delivery' } }] });
});

const WORDS = 'Верните деньги до пятницы. Я подам на вас в суд.';

test('a letter that came inside another is a file of it, byte for byte, and found by its subject', async () => {
  const client = await clientNamed('Forwarder');
  const inner = mail({ from: 'old@client.example', subject: 'Avocet terms', body: 'Net thirty.' });
  const parts = [
    ...['From: fwd@client.example', 'To: me@firm.example', 'Subject: As I said', 'MIME-Version: 1.0'],
    ...['Content-Type: multipart/mixed; boundary=B', '', '--B', '', 'See the letter below.', '--B'],
    ...['Content-Type: message/rfc822', '', inner.trimEnd(), '--B--', ''],
  ];
  const id = await bringIn(client, parts.join('\n'));
  const { attachments } = await app.ask<{ attachments: readonly Row[] }>('GET', `/api/interactions/${id}`);
  expect(attachments).toMatchObject([
    {
      name: 'Avocet terms.eml',
      mediaType: 'message/rfc822',
      nested: true,
      sizeBytes: inner.trimEnd().length,
    },
  ]);
  const file = await app.call('GET', `/api/interactions/${id}/attachments/${attachments[0]!.sha256}`);
  expect(await file.text()).toBe(inner.trimEnd());
  const { items } = await app.ask<{ items: readonly { id: string }[] }>('GET', '/api/search?q=avocet');
  expect(items.map((one) => one.id)).toEqual([id]);
});

/** A letter in KOI8-R that says it is in another charset; its subject is unencoded. */
function mislabelled(subject: string, stated: string): Buffer {
  return Buffer.concat([
    Buffer.from('From: Ivan Orlov <orlov@koi.example>\nTo: me@firm.example\nSubject: '),
    koi8(subject),
    Buffer.from(
      `\nDate: Tue, 12 May 2026 09:14:00 +0300\nMessage-ID: <${stated}@koi.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=${stated}\nContent-Transfer-Encoding: 8bit\n\n`,
    ),
    koi8(`${WORDS}\n`),
  ]);
}

type Detail = { readonly text: string; readonly originals: readonly Row[] };
const detailOf = (id: string) => app.ask<Detail>('GET', `/api/interactions/${id}`);
const marksOf = async (party: string) =>
  (await app.ask<{ items: readonly Row[] }>('GET', `/api/parties/${party}/signals?limit=50`)).items;
const hitsOf = async (word: string) =>
  (await app.ask<{ items: readonly Row[] }>('GET', `/api/search?q=${encodeURIComponent(word)}`)).items;

test('a letter whose charset is stated wrongly is read as a person says: its words, its marks, in search', async () => {
  const client = await clientNamed('Koi');
  const { id: party } = await app.ask<{ id: string }>('GET', '/api/parties/meant?word=Koi');
  const id = await bringIn(client, mislabelled('деньги', 'windows-1251'));
  expect((await detailOf(id)).text).not.toContain('деньги');
  expect(await marksOf(party)).toEqual([]);
  const { otherReadings, readAs: before } = (await factsOf(id)) as Facts & { readAs: unknown };
  expect(before).toBeNull();
  expect(otherReadings).toContainEqual({
    charset: 'koi8-r',
    subject: 'деньги',
    text: expect.stringContaining(WORDS),
  });
  expect(await codeOf(await readAs(id, 'KOI8-R'))).toBeUndefined();
  await app.runner.caughtUp();
  const { text, originals } = await detailOf(id);
  expect(text).toContain(WORDS);
  expect(originals).toHaveLength(1);
  expect(await hitsOf('пятницы')).toMatchObject([{ id, subject: 'деньги' }]);
  expect((await marksOf(party)).map(({ kind }) => kind)).toContain('legal_threat');
  expect(await factsOf(id)).toMatchObject({ readAs: 'koi8-r', isDoubtful: true });

  expect(await codeOf(await readAs(id, 'koi8-r'))).toBe('reads-the-same');
  expect(await codeOf(await readAs(id, 'no such thing'))).toBe('no-such-charset');
  expect((await readAs(id, null)).status).toBe(200);
  await app.runner.caughtUp();
  expect((await detailOf(id)).text).not.toContain('деньги');
  expect(await hitsOf('пятницы')).toEqual([]);
  expect(await marksOf(party)).toEqual([]);
});

test('with a letter that is read otherwise, the copy of it that came another way is too; one that differs is not', async () => {
  const client = await clientNamed('Copies');
  const sentAt = (time: string) =>
    Buffer.from(mislabelled('копия', 'windows-1251').toString('latin1').replace('09:14', time), 'latin1');
  const first = sentAt('08:14');
  const id = await bringIn(client, first);
  // A copy stands on the same line of its client's page.
  await bringIn(client, Buffer.concat([Buffer.from('Received: by relay.example\n'), first]));
  const newest = await database.pool.query<{ id: string }>('SELECT max(id::text) AS id FROM interactions');
  const copy = newest.rows[0]!.id;
  const other = await bringIn(client, sentAt('10:14'));
  expect(await (await readAs(id, 'koi8-r')).json()).toEqual({ charset: 'koi8-r', copies: 1 });
  expect((await detailOf(copy)).text).toContain(WORDS);
  expect((await detailOf(other)).text).not.toContain(WORDS);
});

test('what the bytes prove stays as it is, whatever a person says', async () => {
  const id = await bringIn(await clientNamed('Proven'), mail({ subject: 'proven', body: WORDS }));
  expect(await codeOf(await readAs(id, 'koi8-r'))).toBe('reads-the-same');
  expect((await detailOf(id)).text).toContain(WORDS);
});

test('only mail is read otherwise', async () => {
  await clientNamed('Noted');
  const { id: party } = await app.ask<{ id: string }>('GET', '/api/parties/meant?word=Noted');
  const kept = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
    ...{
      kind: 'note',
      direction: null,
      parties: [{ id: party }],
      at: app.ledger.chance.now(),
      durationMin: null,
    },
    ...{ channel: null, people: [], subject: null, quotes: [], outcome: null, text: 'A note.' },
  });
  expect(await codeOf(await readAs(kept.id, 'koi8-r'))).toBe('not-read-as-mail');
});

test('the corrected reading, what is found and what is marked in it are the same when all is made anew from the record', async () => {
  const id = await bringIn(await clientNamed('Again'), mislabelled('снова', 'windows-1251'));
  await readAs(id, 'koi8-r');
  await app.runner.caughtUp();
  const tables = ['interactions', 'search_rows', 'signal_readings', 'signals'];
  const rows = () => rowsOf(database.pool, tables);
  const before = await rows();
  for (const table of tables) expect(before[table], table).not.toEqual([]);
  await madeAnew(app);
  expect(await rows()).toEqual(before);
});
