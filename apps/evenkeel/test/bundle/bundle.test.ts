import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { verifyBundle } from '@evenkeel/proof/verify';
import { openZip } from '@evenkeel/proof/zip';
import { beforeAll, describe, expect, test } from 'vitest';
import { storyMails } from '../../../../fixtures/story/mails.ts';
import { tellMatters } from '../../../../fixtures/story/matters.ts';
import { story } from '../../../../fixtures/story/story.ts';
import { disagreement } from '../../../../packages/proof/test/differential.ts';
import { flipBits } from '../../../../packages/proof/test/flipping.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const app = await testApp(await testDatabase());
const client = story.parties[0]!;
let party = '';

beforeAll(async () => {
  const folder = temporaryFolder();
  for (const { path, bytes } of storyMails()) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  const added = await app.ask<{ id: string }>('POST', '/api/parties', {
    name: client.name,
    identifiers: client.identifiers,
  });
  party = added.id;
  await app.bringIn({ paths: [folder], me: story.workspace.me, only: client.identifiers });
});

async function make(exhibits: readonly string[] | null = null): Promise<Uint8Array> {
  const response = await app.call('POST', '/api/bundles', { party, exhibits, zone: 'Europe/Helsinki' });
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

/** By both verifiers, where the second can run. */
async function verify(bytes: Uint8Array, logKey?: string) {
  expect(await disagreement(bytes, logKey ? { logKey } : {})).toBeNull();
  return verifyBundle(
    { size: bytes.length, read: async (start, end) => bytes.subarray(start, end) },
    { sha256, ...(logKey ? { logKey } : {}) },
  );
}

async function filesOf(bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const zip = await openZip({ size: bytes.length, read: async (start, end) => bytes.subarray(start, end) });
  const files = new Map<string, Uint8Array>();
  for (const entry of zip.entries) files.set(entry.path, await zip.read(entry, 1 << 28));
  return files;
}

type Manifest = { exhibits: { bates: string; path: string }[]; withheld: { index: number }[] };
const manifestOf = (files: ReadonlyMap<string, Uint8Array>) =>
  JSON.parse(Buffer.from(files.get('manifest.json')!).toString('utf8')) as Manifest;

describe('a bundle of everything filed under a client', () => {
  test('verifies without the program that made it: integrity, no time bounds, nothing missing', async () => {
    const { vkey } = await app.ask<{ vkey: string }>('GET', '/api/log/checkpoint');
    const report = await verify(await make(), vkey);
    expect(report.integrity).toMatchObject({ ok: true, keyExpected: true, failures: [] });
    expect(report.time).toMatchObject({ ok: null, anchors: [] });
    expect(report.completeness).toMatchObject({ ok: true, streams: [{ first: 1, missing: 0, withheld: 0 }] });
  });

  test('is a failure under another log key than the one that was expected', async () => {
    const other = 'evenkeel.example/log/7f3a+d33df478+AZ4PS67A0av+1TLsWfakJkHRegsOSoPnMUcp6OYiyy+l';
    expect((await verify(await make(), other)).integrity).toMatchObject({ ok: false, keyExpected: false });
  });

  test('names the file in which one bit was changed', async () => {
    const bytes = await make();
    const at = Buffer.from(bytes).indexOf('see you in court');
    expect(at).toBeGreaterThan(0);
    bytes[at] = bytes[at]! ^ 1;
    const { integrity } = await verify(bytes);
    expect(integrity.ok).toBe(false);
    expect(integrity.failures.some(({ path }) => path.startsWith('exhibits/EVK'))).toBe(true);
  });

  test('names the file in which any bit was flipped, wherever it lies', async () => {
    const { faults, byRegion } = await flipBits(await make(), { seed: 20_261_122, flips: 200 });
    expect(faults).toEqual([]);
    const places = ['exhibits', 'chronology.pdf', 'verify.html', 'headers of openings', 'end of the zip'];
    for (const place of places) expect(byRegion.get(place)).toBeGreaterThan(4);
  }, 240_000);

  test('carries each exhibit byte for byte as it was recorded', async () => {
    const files = await filesOf(await make());
    const { items } = await app.ask<{ items: { id: string }[] }>(
      'GET',
      `/api/parties/${party}/timeline?limit=1`,
    );
    const original = Buffer.from(
      await (await app.call('GET', `/api/interactions/${items[0]!.id}/original`)).arrayBuffer(),
    );
    const exhibits = [...files]
      .filter(([path]) => path.startsWith('exhibits/'))
      .map(([, bytes]) => Buffer.from(bytes));
    expect(exhibits.some((bytes) => bytes.equals(original))).toBe(true);
  });
});

describe('a bundle of picked exhibits', () => {
  test('lists the rest as kept back, and accounts for every number', async () => {
    const { items } = await app.ask<{ items: { id: string }[] }>(
      'GET',
      `/api/parties/${party}/timeline?limit=3`,
    );
    const bytes = await make(items.map(({ id }) => id));
    const manifest = manifestOf(await filesOf(bytes));
    expect(manifest.exhibits).toHaveLength(3);
    expect(manifest.withheld.length).toBeGreaterThan(50);
    const report = await verify(bytes);
    expect(report.integrity).toMatchObject({ ok: true, failures: [] });
    expect(report.completeness).toMatchObject({ ok: true, streams: [{ missing: 0 }] });
  });

  test('keeps Bates numbers for ever: what was EVK0000001 once is that in every later bundle', async () => {
    const first = manifestOf(await filesOf(await make()));
    const again = manifestOf(await filesOf(await make()));
    expect(again.exhibits).toEqual(first.exhibits);
    const numbers = first.exhibits.map(({ bates }) => bates);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('a bundle that cannot be made', () => {
  test.each([
    ['of an unknown client', { party: '00000000-0000-7000-8000-000000000000' }, 'party-unknown'],
    ['in an unknown time zone', { zone: 'Mars/Base' }, 'zone-unknown'],
    [
      'with a message of somebody else',
      { exhibits: ['00000000-0000-7000-8000-000000000000'] },
      'exhibit-unknown',
    ],
  ])('%s is refused by a word', async (_what, wish, code) => {
    const response = await app.call('POST', '/api/bundles', { party, ...wish });
    expect(await response.json()).toMatchObject({ code });
  });
});

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

describe('a bundle of a matter that was worked on', () => {
  const wish = (more: object) => ({ party, exhibits: null, zone: 'Europe/Helsinki', ...more });
  const bundle = async (more: object = {}) =>
    new Uint8Array(await (await app.call('POST', '/api/bundles', wish(more))).arrayBuffer());
  /** What anybody can read in it: every file, and what its base64 says. */
  const everything = async (bytes: Uint8Array) => {
    const files = [...(await filesOf(bytes)).values()].map((file) => Buffer.from(file).toString('latin1'));
    const packed = files.flatMap((file) => file.match(/[A-Za-z0-9+/]{80,}={0,2}/g) ?? []);
    return [...files, ...packed.map((text) => Buffer.from(text, 'base64').toString('latin1'))].join('\n');
  };

  beforeAll(async () => {
    const { refund } = await tellMatters(app.ask);
    await app.ask('POST', `/api/points/${refund}/ground`, {
      ground: 'partly',
      reason: 'groundwords-of-ours',
    });
    const { items } = await app.ask<{ items: { id: string; subject: string }[] }>(
      'GET',
      `/api/parties/${party}/timeline?direction=outbound&limit=100`,
    );
    const { id } = items.find(({ subject }) => subject.startsWith('Our answer on the 400'))!;
    const { text } = await app.ask<{ text: string }>('GET', `/api/interactions/${id}`);
    const start = text.indexOf('C. or you tell us');
    await app.ask('POST', `/api/parties/${party}/offers`, {
      ...{ side: 'ours', options: [{ what: 'secretly-offered' }], decideBy: { date: '2026-06-30' } },
      isWithoutPrejudice: true,
      cites: [{ interactionId: id, start, end: start + 17, quote: 'C. or you tell us' }],
    });
  });

  test('counts our own record of it and tells nothing of it, nor what was offered without prejudice', async () => {
    const bytes = await bundle();
    const report = await verify(bytes);
    expect(report.integrity).toMatchObject({ ok: true, failures: [] });
    expect(report.completeness).toMatchObject({ ok: true, streams: [{ missing: 0 }] });
    expect(report.completeness.streams[0]!.withheld).toBeGreaterThan(10);
    const told = await everything(bytes);
    for (const words of ['groundwords-of-ours', 'secretly-offered', 'C. or you tell us'])
      expect(told.includes(words), words).toBe(false);
    expect(told.includes('offered without prejudice')).toBe(true);
  });

  test('opens it where that is asked for, and still not what was offered without prejudice', async () => {
    const bytes = await bundle({ withMatters: true });
    expect(await verify(bytes)).toMatchObject({ integrity: { ok: true }, completeness: { ok: true } });
    const told = await everything(bytes);
    expect(told.includes('groundwords-of-ours')).toBe(true);
    expect(told.includes('secretly-offered')).toBe(false);
  });
});

describe('a change of the log’s key beside a bundle', () => {
  const begin = () => app.call('POST', '/api/bundles', { party });
  const rotate = () => app.call('POST', '/api/log/rotate-key', { because: 'every year' });

  test('is refused while one is being made, and passes behind its last byte; the bundle holds', async () => {
    const { vkey } = await app.ask<{ vkey: string }>('GET', '/api/log/checkpoint');
    const reader = (await begin()).body!.getReader();
    const pieces = [(await reader.read()).value!];
    const refused = await rotate();
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'bundle-unfinished' }]);
    for (let next = await reader.read(); !next.done; next = await reader.read()) pieces.push(next.value);
    expect((await rotate()).status).toBe(200);
    expect((await verify(Buffer.concat(pieces), vkey)).integrity).toMatchObject({ ok: true, failures: [] });
    const later = await verify(await make(), vkey);
    expect(later.integrity).toMatchObject({ ok: true, keyExpected: true, keyChanges: [{ from: vkey }] });
  });

  test('does not wait for one that nobody takes, begun or not', async () => {
    const [unread, begun] = [(await begin()).body!, (await begin()).body!];
    await unread.cancel();
    expect((await rotate()).status).toBe(409);
    const reader = begun.getReader();
    await reader.read();
    await reader.cancel();
    expect((await rotate()).status).toBe(200);
  });
});
