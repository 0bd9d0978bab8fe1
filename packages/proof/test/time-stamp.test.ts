import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPem } from '../src/certificate.ts';
import { inside, readDer, TAG, writeDer } from '../src/der.ts';
import { nonceOf, type StampOptions, timeStampRequest, verifyTimeStamp } from '../src/time-stamp.ts';
import { base64, describeVectors, vectors } from './vectors.ts';

type File = { readonly base64?: string; readonly utf8?: string };
type Files = Readonly<Record<string, File>>;
type Expected = { readonly ok: boolean; readonly openssl?: boolean };

const bytesOf = (files: Files, name: string) =>
  files[name]!.base64 === undefined
    ? new Uint8Array(Buffer.from(files[name]!.utf8!))
    : base64(files[name]!.base64);
const codeOf = (checking: Promise<unknown>) =>
  checking.then(
    () => 'holds',
    (error: { code?: string }) => error.code ?? String(error),
  );

const openssl = ['/usr/bin/openssl'].find((path) => existsSync(path));

/** What `openssl ts -verify` says, judged at the time of the stamp. */
function opensslSays(message: Uint8Array, response: Uint8Array, roots: string, at: number): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'stamp-'));
  const path = (name: string) => join(folder, name);
  writeFileSync(path('message'), message);
  writeFileSync(path('response'), response);
  writeFileSync(path('roots'), roots);
  const given = ['-data', path('message'), '-in', path('response'), '-CAfile', path('roots')];
  try {
    const seconds = String(Math.floor(at / 1000));
    execFileSync(openssl!, ['ts', '-verify', ...given, '-attime', seconds], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describeVectors('time-stamps of a throw-away authority', () => {
  const local = vectors<{ files: Files; expect: Record<string, Expected> }>('rfc3161-local-tsa.json');
  const { files } = local;
  const message = bytesOf(files, 'cp.txt');
  const rootsPem = files['ca.pem']!.utf8!;
  const roots = readPem(rootsPem);
  const good = bytesOf(files, 'tsa_ec.tsr');
  const check = (name: string, more: Partial<StampOptions> = {}) =>
    verifyTimeStamp(bytesOf(files, name), message, { roots, ...more });

  const reasons: Readonly<Record<string, string>> = {
    'tsa_ec-badsig.tsr': 'bad-signature',
    'bad_eku.tsr': 'wrong-signer',
    'twoeku.tsr': 'wrong-signer',
    'catsa.tsr': 'wrong-signer',
    'expired.tsr': 'certificate-not-valid',
    'future.tsr': 'certificate-not-valid',
    'tsa_ed.tsr': 'stamp-refused',
  };

  for (const [name, { ok }] of Object.entries(local.expect)) {
    test(`${name} ${ok ? 'holds' : `is refused: ${reasons[name]}`}`, async () => {
      expect(await codeOf(check(name))).toBe(ok ? 'holds' : reasons[name]);
      if (openssl) {
        const { time } = await check('tsa_ec.tsr');
        expect(opensslSays(message, bytesOf(files, name), rootsPem, time)).toBe(ok);
      }
    });
  }

  test('a good stamp says when, how exactly, by which policy, and who vouches for it', async () => {
    const stamp = await check('tsa_ec.tsr', { nonce: nonceOf(bytesOf(files, 'cp.tsq'))! });
    expect(new Date(stamp.time).toISOString()).toMatch(/^2026-11-/);
    expect(stamp.hash).toBe('SHA-256');
    expect(stamp.chain.map(({ der }) => der.length)).toHaveLength(2);
    expect(stamp.policy).toMatch(/^1\.3\.6\.1\.4\.1\./);
  });

  test('over other bytes, for another request, under another policy, without a trusted root: refused', async () => {
    const other = Uint8Array.from(message);
    other[0]! ^= 1;
    expect(await codeOf(verifyTimeStamp(good, other, { roots }))).toBe('stamp-of-other-bytes');
    expect(await codeOf(check('tsa_ec.tsr', { nonce: Uint8Array.of(1, 2, 3) }))).toBe('wrong-nonce');
    expect(await codeOf(check('tsa_ec.tsr', { policies: ['1.2.3'] }))).toBe('wrong-policy');
    expect(await codeOf(check('tsa_ec.tsr', { roots: [] }))).toBe('untrusted-certificate');
  });

  test('any bit that is flipped in a stamp is refused, or lies where nothing is signed', async () => {
    const unsigned = certificateBytes(good);
    for (let at = 0; at < good.length; at += 7) {
      if (unsigned.some(({ start, end }) => at >= start && at < end)) continue;
      const flipped = Uint8Array.from(good);
      flipped[at]! ^= 1 << (at % 8);
      const said = await codeOf(verifyTimeStamp(flipped, message, { roots }));
      // The status' own words, and the version of the envelope, are covered by no signature.
      if (said === 'holds') expect(changesNothing(good, flipped)).toBe(true);
    }
  });
});

/** Where the embedded certificates lie; one that is not in the chain may say what it likes. */
function certificateBytes(response: Uint8Array): readonly { start: number; end: number }[] {
  const [, token] = inside(readDer(response));
  const signed = inside(readDer(inside(token!)[1]!.body));
  return signed
    .filter(({ tag }) => tag === 0xa0)
    .map(({ bytes }) => {
      const start = bytes.byteOffset - response.byteOffset;
      return { start, end: start + bytes.length };
    });
}

/** Whether the signed content and the signature are the same in both. */
function changesNothing(one: Uint8Array, other: Uint8Array): boolean {
  const [a, b] = [one, other].map((response) => {
    const signed = inside(readDer(inside(inside(readDer(response))[1]!)[1]!.body));
    return Buffer.concat([signed[2]!.bytes, signed.at(-1)!.body.subarray(6)]).toString('hex');
  });
  return a === b;
}

describeVectors('time-stamps of public authorities', () => {
  const { files } = vectors<{ files: Files }>('rfc3161-tokens.json');
  const hello = new Uint8Array(Buffer.from('hello'));
  const chain = (folder: string) => readPem(files[`${folder}/ts_chain.pem`]!.utf8!);
  const sigstage = { roots: chain('sigstage').slice(-1), certificates: chain('sigstage') };

  test('stamps over SHA-256, SHA-384 and SHA-512 hold', async () => {
    for (const hash of ['256', '384', '512']) {
      const stamp = await verifyTimeStamp(
        bytesOf(files, `sigstage/response-sha${hash}.tsr`),
        hello,
        sigstage,
      );
      expect(stamp.hash).toBe(`SHA-${hash}`);
    }
  });

  test('a token without a certificate holds with the certificate beside it, and not without', async () => {
    const bare = bytesOf(files, 'sigstage/response-no-embedded-cert.tsr');
    expect(await codeOf(verifyTimeStamp(bare, hello, sigstage))).toBe('holds');
    expect(await codeOf(verifyTimeStamp(bare, hello, { roots: sigstage.roots }))).toBe('wrong-signer');
  });

  test('a signature that does not hold is refused', async () => {
    const broken = bytesOf(files, 'sigstage/response-invalid-signature.tsr');
    expect(await codeOf(verifyTimeStamp(broken, hello, sigstage))).toBe('bad-signature');
  });

  test('certificates that were slipped in change nothing', async () => {
    const roots = chain('test_tsa').slice(-1);
    const injected = bytesOf(files, 'test_tsa/response-injected-certs.tsr');
    const certificates = chain('test_tsa');
    expect(await codeOf(verifyTimeStamp(injected, hello, { roots, certificates }))).toBe('holds');
    expect(await codeOf(verifyTimeStamp(injected, hello, { roots: sigstage.roots }))).toBe(
      'untrusted-certificate',
    );
  });

  test('a request asks for the hash of the bytes with its nonce, as openssl reads it', async () => {
    const nonce = Uint8Array.of(0x80, 1, 2, 3, 4, 5, 6, 7);
    const request = await timeStampRequest(hello, nonce);
    expect([...nonceOf(request)!].slice(-8)).toEqual([...nonce]);
    if (!openssl) return;
    const folder = mkdtempSync(join(tmpdir(), 'stamp-'));
    writeFileSync(join(folder, 'q'), request);
    const text = execFileSync(openssl, ['ts', '-query', '-in', join(folder, 'q'), '-text'], {
      stdio: 'pipe',
    });
    rmSync(folder, { recursive: true });
    expect(text.toString()).toContain('Hash Algorithm: sha256');
    expect(text.toString()).toContain('0x8001020304050607');
    expect(text.toString()).toContain('Certificate required: yes');
  });
});

test('what is no DER, is cut short, or goes on behind its end is refused', () => {
  for (const bytes of [
    [],
    [0x30],
    [0x30, 0x80, 0, 0],
    [0x30, 0x81, 0x01, 0],
    [0x02, 2, 1],
    [0x02, 1, 1, 9],
    [0x1f, 1],
  ])
    expect(() => readDer(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code: 'malformed-der' }));
  const long = writeDer(TAG.octetString, new Uint8Array(300));
  expect(readDer(long).body).toHaveLength(300);
});
