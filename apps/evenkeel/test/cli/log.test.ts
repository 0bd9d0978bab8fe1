import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openZip } from '@evenkeel/proof/zip';
import { beforeAll, expect, test } from 'vitest';
import { filesIn, mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { askHolder, evenkeel, jsonOf, serving } from './program.ts';

const root = temporaryFolder();
const data = join(root, 'data');
const at = (name: string) => join(root, name);
const run = (...args: readonly string[]) => evenkeel([...args, '--data', data]);
const asked = <T>(...args: readonly string[]) => jsonOf<T>([...args, '--data', data]);
const letter = (day: number) =>
  mail({
    from: 'Orlov <orlov@client.example>',
    date: `${day} May 2026 09:00:00 +0300`,
    body: `Letter ${day}.`,
  });

beforeAll(async () => {
  const server = await serving(data);
  await asked('import', filesIn(at('mails'), { 'a.eml': letter(12) }), '--me', 'me@firm.example');
  return async () => {
    await server.stop();
  };
});

type Head = { readonly note: string; readonly vkey: string; readonly size: number };
type Verdict = { readonly ok: boolean; readonly heads: readonly object[] };

test('a head that was written out is the signed note exactly, is not written over, and is found again later', async () => {
  const head = await asked<Head>('log', 'checkpoint', '--out', at('kept'));
  expect(readFileSync(at('kept'), 'utf8')).toBe(head.note);
  expect(await run('log', 'checkpoint', '--out', at('kept'))).toMatchObject({
    code: 2,
    said: expect.stringContaining('was not written'),
  });
  const verdict = await asked<Verdict>('log', 'verify', '--deep', '--head', at('kept'));
  expect(verdict).toMatchObject({ ok: true, isDeep: true, heads: [{ size: head.size, agrees: true }] });
  writeFileSync(at('foreign'), head.note.replace(/^\S+/, 'evenkeel/log/another'));
  expect(await run('log', 'verify', '--head', at('foreign'))).toMatchObject({ code: 2 });
});

test('an anchor without an authority is one sentence; a proof of a block is kept for the head that lies beside it', async () => {
  expect(await run('log', 'anchor')).toMatchObject({
    code: 2,
    said: expect.stringContaining('Nobody is named who could stamp the time.'),
  });
  const kept = readFileSync(at('kept'));
  const pending = Buffer.from('0083dfe30d2ef90c8e', 'hex');
  const calendar = Buffer.from('https://calendar.example');
  const said = Buffer.from([calendar.length + 1, calendar.length, ...calendar]);
  const start = Buffer.from('\0OpenTimestamps\0\0Proof\0');
  const end = Buffer.from('bf89e2e884e892940108', 'hex');
  const digest = createHash('sha256').update(kept).digest();
  writeFileSync(at('kept.ots'), Buffer.concat([start, end, digest, pending, said]));
  expect(await asked('log', 'anchor', '--ots', at('kept.ots'))).toMatchObject({
    attestations: [{ kind: 'pending', calendar: 'https://calendar.example' }],
  });
  expect(await run('log', 'anchor', '--ots', at('kept'))).toMatchObject({ code: 2 });
});

test('the key changes for a reason only, and a bundle made after it goes through the head of before', async () => {
  expect(await run('log', 'rotate-key')).toMatchObject({
    code: 2,
    said: expect.stringContaining('--because'),
  });
  const { to } = await asked<{ to: string }>('log', 'rotate-key', '--because', 'every year');
  const bundle = at('bundle.zip');
  await asked('bundle', 'create', '--client', 'orlov@client.example', '--renditions', '--out', bundle);
  writeFileSync(at('policy'), `log ${to}\nquorum none\n`);
  const verified = jsonOf(['bundle', 'verify', bundle, '--head', at('kept'), '--policy', at('policy')]);
  expect(await verified).toMatchObject({
    integrity: { ok: true, keyExpected: true, heads: [{ agrees: true }], keyChanges: [{ to }] },
    completeness: { ok: true },
  });
  const bytes = readFileSync(bundle);
  const zip = await openZip({ size: bytes.length, read: async (start, end) => bytes.subarray(start, end) });
  expect(zip.entries.map(({ path }) => path)).toContain('renditions/EVK0000001.pdf');
});

test('the client’s own copy holds what is kept about them, and verifies', async () => {
  const copy = at('copy.zip');
  await asked('bundle', 'create', '--client', 'orlov@client.example', '--for-subject', '--out', copy);
  expect(await jsonOf(['bundle', 'verify', copy])).toMatchObject({
    integrity: { ok: true },
    completeness: { ok: true, streams: [{ missing: 0 }] },
  });
  const { items } = await askHolder<{ items: { isForSubject: boolean }[] }>(data, '/api/bundles');
  expect(items.map(({ isForSubject }) => isForSubject)).toEqual([true, false]);
});

test('a restore with the last head says how many entries were signed after the backup and are lost', async () => {
  await asked('backup', at('backup'));
  const { size } = await askHolder<Head>(data, '/api/log/checkpoint');
  await asked('import', filesIn(at('more'), { 'b.eml': letter(13) }), '--me', 'me@firm.example');
  const last = await asked<Head>('log', 'checkpoint', '--out', at('last'));
  expect(last.size).toBeGreaterThan(size);
  const restored = ['restore', at('backup'), '--last-head', at('last'), '--data', at('restored')];
  expect(await jsonOf(restored)).toMatchObject({ lost: last.size - size });
  expect(await evenkeel([...restored.slice(0, 3), at('nowhere'), '--data', at('again')])).toMatchObject({
    code: 2,
    said: expect.stringContaining('Nothing was restored.'),
  });
}, 120_000);
