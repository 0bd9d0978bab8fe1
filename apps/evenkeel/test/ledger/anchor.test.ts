import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPem } from '@evenkeel/proof/certificate';
import { verifyBundle } from '@evenkeel/proof/verify';
import { openZip } from '@evenkeel/proof/zip';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disagreement } from '../../../../packages/proof/test/differential.ts';
import { instantOf } from '../../src/kernel/instant.ts';
import { sha256 } from '../../src/kernel/sha256.ts';
import { replay } from '../../src/replay.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { hasOpenssl, startTimeAuthority, type TestAuthority } from '../support/time-authority.ts';

let later = 0;
const chance = {
  now: () => instantOf(Date.now() + later),
  bytes: (size: number) => crypto.getRandomValues(new Uint8Array(size)),
};
const app = await testApp(await testDatabase(), { chance });
let authority: TestAuthority;

type Attempts = {
  items: { authority: string; size: number; stampedAt: string | null; failure: string | null }[];
};
type Anchors = { items: { size: number; stampedAt: string | null; refusedAs: string | null }[] };

const anchors = async () => (await app.ask<Anchors>('GET', '/api/log/anchors')).items;
const anchor = async () => (await app.ask<Attempts>('POST', '/api/log/anchor')).items;
let party = '';
const say = (text: string) =>
  app.ask('POST', '/api/interactions', {
    text,
    party: { id: party },
    at: new Date().toISOString(),
    way: 'mail',
    direction: 'inbound',
    from: 'Orlov',
  });

// Debian's openssl is the authority; where it is not, a line says that this was skipped.
describe.skipIf(!hasOpenssl)('time from outside', () => {
  beforeAll(async () => {
    authority = await startTimeAuthority();
    party = (await app.ask<{ id: string }>('POST', '/api/parties', { name: 'Orlov', identifiers: [] })).id;
  });
  afterAll(() => authority?.close());

  test('without an authority nothing is sent, and it is said', async () => {
    const answer = await app.call('POST', '/api/log/anchor');
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ code: 'no-authority' });
  });

  test('an authority needs a name, an address and a certificate', async () => {
    const good = { name: 'own', url: authority.url, roots: authority.roots };
    for (const [wrong, code] of [
      [{ ...good, name: ' ' }, 'authority-unnamed'],
      [{ ...good, url: 'ftp://time.example/' }, 'authority-url'],
      [{ ...good, roots: 'no certificate' }, 'authority-roots'],
    ] as const) {
      const answer = await app.call('PUT', '/api/log/authorities', { items: [wrong] });
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({ code });
    }
    await app.ask('PUT', '/api/log/authorities', { items: [good] });
    expect(await app.ask('GET', '/api/log/authorities')).toEqual({ items: [good] });
  });

  test('the signed head is stamped, and the receipt is the next line of the log', async () => {
    await say('I will see you in court.');
    const [stamped] = await anchor();
    expect(stamped).toMatchObject({ authority: 'own', failure: null });
    expect(Date.parse(stamped!.stampedAt!)).toBeGreaterThan(Date.now() - 60_000);
    expect(await anchors()).toMatchObject([{ size: stamped!.size, refusedAs: null }]);
    const { size } = await app.ask<{ size: number }>('GET', '/api/log/checkpoint');
    // Behind it two more, once a day: what the issuer says of the authority's certificate.
    expect(size).toBe(stamped!.size + 3);
  });

  test('an hour later it is stamped by itself, once, and only when something was recorded', async () => {
    const before = (await anchors()).length;
    await app.lookAtTime();
    expect(await anchors()).toHaveLength(before);
    later += 3_600_000 - 4 * 60_000;
    await app.lookAtTime();
    expect(await anchors()).toHaveLength(before);
    await say('And a bad review too.');
    later += 5 * 60_000;
    await app.lookAtTime();
    // Our clock is an hour ahead by now: a stamp that is so far from it is kept as one that does not hold.
    expect((await anchors())[0]).toMatchObject({ refusedAs: 'clock-apart' });
    later = 0;
  });

  test('an authority that is silent is asked again; one that stamps something else is recorded as that', async () => {
    const before = (await anchors()).length;
    authority.turn('silent');
    expect(await anchor()).toMatchObject([{ failure: 'silent', stampedAt: null }]);
    expect(await anchors()).toHaveLength(before);
    authority.turn('stamps-something-else');
    expect(await anchor()).toMatchObject([{ failure: 'stamp-of-other-bytes' }]);
    expect((await anchors()).map(({ refusedAs }) => refusedAs)).toContain('stamp-of-other-bytes');
    authority.turn('answers');
  });

  test('a bundle bounds each exhibit from both sides, for whoever trusts the authority, and openssl agrees', async () => {
    await say('Third time I ask.');
    const bytes = await bundled(party);
    const file = {
      size: bytes.length,
      read: async (start: number, end: number) => bytes.subarray(start, end),
    };
    const weighed = await verifyBundle(file, { sha256, timeRoots: readPem(authority.roots) });
    expect(await disagreement(bytes, { tsaRoots: authority.roots })).toBeNull();
    expect(weighed.integrity.failures).toEqual([]);
    expect(weighed.time).toMatchObject({ ok: true, failures: [] });
    expect(weighed.time.notLaterThan).not.toBeNull();
    const bounds = weighed.time.exhibits;
    expect(bounds).toHaveLength(3);
    expect(bounds[0]).toMatchObject({ notEarlierThan: null });
    expect(bounds.at(-1)!.notEarlierThan).not.toBeNull();
    for (const { notLaterThan } of bounds) expect(notLaterThan).not.toBeNull();

    const listed = await verifyBundle(file, { sha256 });
    expect(listed.time).toMatchObject({ ok: null, notLaterThan: null });
    expect(listed.time.anchors.every(({ isTrusted }) => isTrusted === null)).toBe(true);
    const stranger = await startTimeAuthority();
    const distrusted = await verifyBundle(file, { sha256, timeRoots: readPem(stranger.roots) });
    await stranger.close();
    expect(distrusted.time.ok).toBe(false);
    expect(distrusted.time.failures[0]).toMatchObject({ code: 'wrong-stamp' });

    const zip = await openZip(file);
    const files = new Map<string, Uint8Array>();
    for (const entry of zip.entries) files.set(entry.path, await zip.read(entry, 1 << 28));
    const stamps = [...files.keys()].filter((name) => name.endsWith('.tsr'));
    expect(stamps.length).toBeGreaterThan(0);
    const folder = temporaryFolder();
    for (const name of stamps) {
      const of = (kind: string) => join(folder, `${name.slice(5, -4)}.${kind}`);
      for (const kind of ['tsr', 'tsq', 'checkpoint'])
        writeFileSync(of(kind), files.get(name.replace(/tsr$/, kind))!);
      const given = ['-data', of('checkpoint'), '-in', of('tsr'), '-CAfile', authority.rootsPath];
      const said = execFileSync('/usr/bin/openssl', ['ts', '-verify', ...given], { stdio: 'pipe' });
      expect(said.toString()).toContain('Verification: OK');
    }
  });

  test('made again from the record, the list of stamps is what it was', async () => {
    const before = await anchors();
    await replay(app.ledger);
    expect(await anchors()).toEqual(before);
  });
});

async function bundled(party: string): Promise<Uint8Array> {
  const made = await app.call('POST', '/api/bundles', { party, disclosure: 'send' });
  expect(made.status).toBe(200);
  return new Uint8Array(await made.arrayBuffer());
}
