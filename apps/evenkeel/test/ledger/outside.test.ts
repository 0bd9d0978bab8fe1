import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readPolicy } from '@evenkeel/proof/policy';
import { type VerifyOptions, verifyBundle } from '@evenkeel/proof/verify';
import { openZip } from '@evenkeel/proof/zip';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { disagreement } from '../../../../packages/proof/test/differential.ts';
import { instantOf } from '../../src/kernel/instant.ts';
import { sha256 } from '../../src/kernel/sha256.ts';
import { verifyLog } from '../../src/modules/ledger/verify.actions.ts';
import { replay } from '../../src/replay.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openTestApp, type TestApp, testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { hasOpenssl, startTimeAuthority } from '../support/time-authority.ts';
import { startWitness, type TestWitness } from '../support/witness.ts';

let later = 0;
const chance = {
  now: () => instantOf(Date.now() + later),
  bytes: (size: number) => crypto.getRandomValues(new Uint8Array(size)),
};
const app = await testApp(await testDatabase(), { chance });
const another = await testDatabase();
let one: TestWitness;
let two: TestWitness;
let party = '';

type Attempts = { items: { authority: string; stampedAt: string | null; failure: string | null }[] };
type Head = { note: string; vkey: string; size: number };
type Trust = {
  vkey: string;
  size: number;
  heldOutside: { size: number; by: string } | null;
  silent: { name: string; times: number }[];
  otherHistory: { name: string; size: number | null }[];
  keyChanges: { from: string; because: string }[];
  blocks: { size: number; attestations: unknown[] }[];
};

const anchor = async () => (await app.ask<Attempts>('POST', '/api/log/anchor')).items;
const headOf = (from: TestApp = app) => from.ask<Head>('GET', '/api/log/checkpoint');
const trust = () => app.ask<Trust>('GET', '/api/log/trust');
const say = (text: string, to: TestApp = app, whose = party) =>
  to.ask('POST', '/api/interactions', {
    ...{
      text,
      party: { id: whose },
      at: new Date().toISOString(),
      way: 'mail',
      direction: 'inbound',
      from: 'Orlov',
    },
  });
const newParty = async (to: TestApp) =>
  (await to.ask<{ id: string }>('POST', '/api/parties', { name: 'Orlov', identifiers: [] })).id;

async function bundled(from: TestApp = app, whose = party): Promise<Uint8Array> {
  const made = await from.call('POST', '/api/bundles', { party: whose, disclosure: 'send' });
  expect(made.status).toBe(200);
  const bytes = new Uint8Array(await made.arrayBuffer());
  expect(await disagreement(bytes)).toBeNull();
  return bytes;
}
const accessTo = (bytes: Uint8Array) => ({
  size: bytes.length,
  read: async (start: number, end: number) => bytes.subarray(start, end),
});
const verified = (bytes: Uint8Array, options: Partial<VerifyOptions> = {}) =>
  verifyBundle(accessTo(bytes), { sha256, ...options });

/** An OpenTimestamps proof of a head, as a calendar gives it once it is in a block. */
function otsOf(note: string, height: number): Buffer {
  const head = Buffer.from('004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e89294', 'hex');
  const block = Buffer.from('000588960d73d71901', 'hex');
  const digest = sha256(Buffer.from(note));
  return Buffer.concat([
    head,
    Buffer.of(1, 8),
    digest,
    Buffer.of(0xf0, 1, 7, 8),
    block,
    Buffer.of(1, height),
  ]);
}

beforeAll(async () => {
  [one, two] = await Promise.all([startWitness('one.example'), startWitness('two.example')]);
  party = await newParty(app);
  await say('I will see you in court.');
});
afterAll(async () => {
  await Promise.all([one?.close(), two?.close()]);
});

test('a witness is named by its key and an address; a key that signs as a log is none', async () => {
  const { vkey } = await headOf();
  for (const [items, code] of [
    [[{ vkey, url: one.url }], 'witness-key'],
    [[{ vkey: one.vkey, url: 'ftp://one.example' }], 'witness-url'],
    [[one, one].map(({ vkey: key, url }) => ({ vkey: key, url })), 'witness-key'],
  ] as const) {
    const answer = await app.call('PUT', '/api/log/witnesses', { items });
    expect({ status: answer.status, said: await answer.json() }).toMatchObject({
      status: 422,
      said: { code },
    });
  }
  const items = [one, two].map(({ vkey: key, url }) => ({ vkey: key, url }));
  const set = await app.ask<{ items: { name: string }[] }>('PUT', '/api/log/witnesses', { items });
  expect(set.items.map(({ name }) => name)).toEqual(['one.example', 'two.example']);
});

test('each witness is shown the head, and what it cosigns is a line of the log', async () => {
  expect((await anchor()).map(({ failure }) => failure)).toEqual([
    'witness-knows-us-not',
    'witness-knows-us-not',
  ]);
  const { vkey } = await headOf();
  for (const witness of [one, two]) witness.trust(vkey);
  const { size } = await headOf();
  expect((await anchor()).map(({ failure }) => failure)).toEqual([null, null]);
  expect([one.seen(), two.seen()]).toEqual([size, size]);
  await say('Third time I ask.');
  expect((await anchor()).map(({ failure }) => failure)).toEqual([null, null]);
  expect(one.seen()).toBeGreaterThan(size);
  expect(await trust()).toMatchObject({ heldOutside: { size: one.seen() }, otherHistory: [] });
});

test('one that is silent is asked again after five minutes, and nobody else with it', async () => {
  two.turn('silent');
  await say('And a bad review too.');
  expect((await anchor()).map(({ failure }) => failure)).toEqual([null, 'silent']);
  expect((await trust()).silent).toMatchObject([{ name: 'two.example', times: 1 }]);
  const [before, seen] = [one.seen(), two.seen()];
  later += 3_600_000;
  await app.lookAtTime();
  expect((await trust()).silent).toMatchObject([{ name: 'two.example', times: 2 }]);
  two.turn('answers');
  await app.lookAtTime();
  expect(two.seen()).toBe(seen);
  later += 5 * 60_000;
  await app.lookAtTime();
  // What it missed is in the head that it sees now.
  expect(two.seen()).toBeGreaterThanOrEqual(before);
  expect((await trust()).silent).toEqual([]);
  later = 0;
});

test('a bundle shows the cosignatures, and the reader says how many witnesses are enough', async () => {
  const bytes = await bundled();
  const { time, integrity } = await verified(bytes);
  expect(integrity.failures).toEqual([]);
  expect(time.failures).toEqual([]);
  expect(time.cosignatures.map(({ name, isTrusted }) => [name, isTrusted]).sort()).toEqual([
    ['one.example', null],
    ['two.example', null],
  ]);
  expect(time).toMatchObject({ quorum: null, ok: null, notLaterThan: null });
  const { vkey } = await headOf();
  const stranger = await startWitness('three.example');
  await stranger.close();
  const policy = (quorum: string) =>
    readPolicy(
      `log ${vkey}\nwitness w1 ${one.vkey}\nwitness w2 ${two.vkey}\nwitness w3 ${stranger.vkey}\ngroup both all w1 w2\ngroup all all both w3\nquorum ${quorum}\n`,
    );
  const enough = await verified(bytes, { policy: policy('both') });
  expect(enough.integrity.keyExpected).toBe(true);
  expect(enough.time.quorum).toMatchObject({ isReached: true });
  expect((await verified(bytes, { policy: policy('all') })).time.quorum).toEqual({
    isReached: false,
    size: null,
  });
});

test('a proof that a head is in a block is kept and shown, and bounds nothing by itself', async () => {
  const { note, size } = await headOf();
  const attach = (checkpoint: string, proof: Buffer) =>
    app.call('POST', '/api/log/blocks', { checkpoint, proof: proof.toString('base64') });
  for (const [checkpoint, proof, code] of [
    [note, Buffer.from('no proof'), 'proof-unreadable'],
    [note, otsOf(`${note} `, 5), 'proof-of-other-bytes'],
    ['of another', otsOf('of another', 5), 'head-of-another'],
  ] as const)
    expect(await (await attach(checkpoint, proof)).json()).toMatchObject({ code });
  const kept = await attach(note, otsOf(note, 99));
  expect(await kept.json()).toMatchObject({ size, attestations: [{ kind: 'bitcoin', height: 99 }] });
  expect((await trust()).blocks).toMatchObject([{ size }]);

  const bytes = await bundled();
  const { time } = await verified(bytes);
  expect(time.blocks).toMatchObject([
    { size, height: 99, merkleRoot: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ]);
  expect(time).toMatchObject({ ok: null, notLaterThan: null, failures: [] });
  const { entries } = await openZip(accessTo(bytes));
  expect(entries.map(({ path }) => path)).toContain(`time/${time.blocks[0]!.index}.ots`);
});

test('a changed cosignature or proof is named, file by file', async () => {
  const bytes = await bundled();
  const { entries } = await openZip(accessTo(bytes));
  const { time } = await verified(bytes);
  for (const path of [
    `time/${time.blocks[0]!.index}.ots`,
    `time/${time.cosignatures[0]!.index}.checkpoint`,
  ]) {
    const entry = entries.find((candidate) => candidate.path === path)!;
    const spoiled = Uint8Array.from(bytes);
    const name = Buffer.from(bytes).indexOf(path);
    spoiled[name + path.length + 40]! ^= 1;
    const report = await verified(spoiled);
    expect(entry.sizeBytes).toBeGreaterThan(40);
    expect(report.integrity.failures.map((failure) => failure.path)).toContain(path);
    expect(report.time.failures.map((failure) => failure.path)).toContain(path);
  }
});

test('the key changes; whoever was given the old one follows it, and so do stamps and witnesses', async () => {
  const before = await headOf();
  const changed = await app.ask<{ from: string; to: string }>('POST', '/api/log/rotate-key', {
    because: 'the laptop was stolen',
  });
  expect(changed.from).toBe(before.vkey);
  one.trust(before.vkey, changed.to);
  two.trust(before.vkey, changed.to);
  expect((await anchor()).map(({ failure }) => failure)).toEqual([null, null]);
  await say('A new key now.');
  const bytes = await bundled();
  for (const logKey of [changed.from, changed.to]) {
    const report = await verified(bytes, { logKey, heads: [before.note] });
    expect(report.integrity).toMatchObject({ ok: true, keyExpected: true, failures: [], key: changed.to });
    expect(report.integrity.keyChanges).toMatchObject([{ from: changed.from, to: changed.to }]);
    expect(report.integrity.heads).toEqual([{ size: before.size, agrees: true }]);
    expect(report.time.failures).toEqual([]);
  }
  const stranger = await verified(bytes, { logKey: one.vkey.replace('one', 'another') }).catch(() => null);
  expect(stranger?.integrity.keyExpected ?? false).toBe(false);
  expect((await trust()).keyChanges).toMatchObject([
    { from: changed.from, because: 'the laptop was stolen' },
  ]);
});

test.skipIf(!hasOpenssl)(
  'what the issuer says of the authority is kept once a day, and goes into the bundle',
  async () => {
    const authority = await startTimeAuthority();
    const items = [{ name: 'own', url: authority.url, roots: authority.roots }];
    await app.ask('PUT', '/api/log/authorities', { items });
    expect((await anchor()).find((tried) => tried.authority === 'own')).toMatchObject({ failure: null });
    await say('Stamped twice.');
    await anchor();
    await app.ask('PUT', '/api/log/authorities', { items: [] });
    await authority.close();
    const bytes = await bundled();
    const { entries } = await openZip(accessTo(bytes));
    const forms = entries.flatMap(({ path }) => /^time\/[0-9]+\.(crl|ocsp)$/.exec(path)?.[1] ?? []);
    expect(forms.sort()).toEqual(['crl', 'ocsp']);
    expect((await verified(bytes)).time.failures).toEqual([]);
  },
);

test('made again from the record, what was said outside is what it was', async () => {
  const before = await trust();
  await replay(app.ledger);
  expect(await trust()).toEqual(before);
});

test('a history written anew is caught by a head that somebody kept, and by a witness; nothing else catches it', async () => {
  const honest = await headOf();
  // The insider has the folder: the same keys, a new database, another story.
  const folder = join(temporaryFolder(), 'rewritten');
  await mkdir(folder);
  await cp(join(app.dataDir, 'keys', 'workspace.json'), join(folder, 'keys', 'workspace.json'));
  const rewritten = await openTestApp(another.connection, { dataDir: folder, chance });
  const whose = await newParty(rewritten);
  for (let i = 0; i < honest.size; i++) await say(`Thank you, all is well (${i}).`, rewritten, whose);
  const bytes = await bundled(rewritten, whose);
  const { vkey } = await headOf(rewritten);

  // By itself it is sound, with the key that everybody knows. Nobody claims that it would be caught.
  expect(await verifyLog(rewritten.ledger, rewritten.sealer, folder, true)).toMatchObject({ ok: true });
  expect((await verified(bytes, { logKey: vkey })).integrity).toMatchObject({ ok: true, keyExpected: true });

  const kept = (await app.ask<{ keyChanges: { from: string }[] }>('GET', '/api/log/trust')).keyChanges[0]!
    .from;
  expect(kept).toBe(vkey);
  const old = await oldHead();
  const caught = await verified(bytes, { logKey: vkey, heads: [old] });
  expect(caught.integrity).toMatchObject({ ok: false, heads: [{ agrees: false }] });
  expect(caught.integrity.failures).toMatchObject([{ code: 'other-history' }]);
  expect(await rewritten.ask('POST', '/api/log/compare', { checkpoint: old })).toMatchObject({
    agrees: false,
  });

  await rewritten.ask('PUT', '/api/log/witnesses', { items: [{ vkey: one.vkey, url: one.url }] });
  const [shown] = (await rewritten.ask<Attempts>('POST', '/api/log/anchor')).items;
  expect(shown!.failure).toBe('witness-saw-another');
  expect(await rewritten.ask('GET', '/api/log/trust')).toMatchObject({
    otherHistory: [{ name: 'one.example' }],
  });
  await rewritten.close();
});

/** A head of the honest log that the first key signed, as a lawyer would have it from a bundle. */
async function oldHead(): Promise<string> {
  const bytes = await bundled();
  const zip = await openZip(accessTo(bytes));
  const { time } = await verified(bytes);
  const path = `time/${time.blocks[0]!.index}.checkpoint`;
  return Buffer.from(await zip.read(zip.entries.find((entry) => entry.path === path)!, 1 << 20)).toString(
    'utf8',
  );
}
