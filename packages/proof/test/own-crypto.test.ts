import { createSign, generateKeyPairSync, webcrypto } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { ownCrypto, type Verifying } from '../page/own-crypto.ts';
import { readPem } from '../src/certificate.ts';
import { verifyTimeStamp } from '../src/time-stamp.ts';
import { base64, describeVectors, hex, vectors } from './vectors.ts';

const own = ownCrypto();
const native = webcrypto.subtle as unknown as Verifying;

function use(subtle: Verifying): void {
  Object.defineProperty(globalThis.crypto, 'subtle', { value: subtle, configurable: true });
}
afterEach(() => use(native));

type Groups = {
  readonly testGroups: readonly {
    readonly publicKey: { readonly pk: string };
    readonly tests: readonly { readonly msg: string; readonly sig: string; readonly result: string }[];
  }[];
};

async function holds(
  subtle: Verifying,
  how: Parameters<Verifying['verify']>[0],
  {
    format,
    key,
    signature,
    message,
  }: { format: 'raw' | 'spki'; key: Uint8Array; signature: Uint8Array; message: Uint8Array },
): Promise<boolean> {
  const [k, s, m] = [key, signature, message].map((bytes) => new Uint8Array(bytes));
  try {
    const imported = await subtle.importKey(format, k!, how, false, ['verify']);
    return await subtle.verify(how, imported, s!, m!);
  } catch {
    return false;
  }
}

describeVectors('Ed25519 of our own', () => {
  test('takes and refuses the signatures that Wycheproof says, as the platform does', async () => {
    for (const { publicKey, tests } of vectors<Groups>('wycheproof-ed25519_test.json').testGroups)
      for (const { msg, sig, result } of tests) {
        const given = {
          format: 'raw',
          key: hex(publicKey.pk),
          signature: hex(sig),
          message: hex(msg),
        } as const;
        expect(await holds(own, 'Ed25519', given)).toBe(result === 'valid');
        expect(await holds(native, 'Ed25519', given)).toBe(result === 'valid');
      }
  });
});

test.each(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'])(
  '%s of our own is that of the platform',
  async (name) => {
    for (const length of [0, 1, 63, 64, 65, 127, 128, 1000]) {
      const bytes = new Uint8Array(length).fill(length);
      expect(new Uint8Array(await own.digest(name, bytes))).toEqual(
        new Uint8Array(await native.digest(name, bytes)),
      );
    }
  },
);

const MESSAGE = new TextEncoder().encode('what was stamped');

test.each([
  ['P-256', 'SHA-256'],
  ['P-384', 'SHA-384'],
  ['P-521', 'SHA-512'],
  ['P-256', 'SHA-512'],
] as const)('ECDSA on %s with %s holds, and does not once a bit is another', async (namedCurve, hash) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  const signature = createSign(hash).update(MESSAGE).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' });
  const key = publicKey.export({ format: 'der', type: 'spki' });
  const how = { name: 'ECDSA', namedCurve, hash };
  const given = { format: 'spki', key, signature, message: MESSAGE } as const;
  const bent = signature.with(9, signature[9]! ^ 1);
  for (const subtle of [own, native]) {
    expect(await holds(subtle, how, given)).toBe(true);
    expect(await holds(subtle, how, { ...given, signature: bent })).toBe(false);
    expect(await holds(subtle, how, { ...given, message: MESSAGE.subarray(1) })).toBe(false);
  }
});

test.each([
  [2048, 'SHA-256'],
  [3072, 'SHA-384'],
  [4096, 'SHA-512'],
] as const)(
  'RSA of %d bits with %s holds, and does not once a bit is another',
  async (modulusLength, hash) => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
    const signature = createSign(hash).update(MESSAGE).sign(privateKey);
    const key = publicKey.export({ format: 'der', type: 'spki' });
    const how = { name: 'RSASSA-PKCS1-v1_5', hash };
    const given = { format: 'spki', key, signature, message: MESSAGE } as const;
    const bent = signature.with(9, signature[9]! ^ 1);
    for (const subtle of [own, native]) {
      expect(await holds(subtle, how, given)).toBe(true);
      expect(await holds(subtle, how, { ...given, signature: bent })).toBe(false);
      expect(await holds(subtle, how, { ...given, signature: signature.subarray(1) })).toBe(false);
      expect(await holds(subtle, how, { ...given, message: MESSAGE.subarray(1) })).toBe(false);
    }
  },
);

describeVectors('time-stamps by our own means', () => {
  test('hold and are refused as by the platform, also those of public authorities', async () => {
    type File = { readonly base64?: string; readonly utf8?: string };
    const { files } = vectors<{ files: Readonly<Record<string, File>> }>('rfc3161-tokens.json');
    const chain = readPem(files['sigstage/ts_chain.pem']!.utf8!);
    const options = { roots: chain.slice(-1), certificates: chain };
    const said = async (name: string) =>
      verifyTimeStamp(base64(files[name]!.base64), new TextEncoder().encode('hello'), options).then(
        ({ hash }) => hash,
        (error: { code: string }) => error.code,
      );
    for (const subtle of [own, native]) {
      use(subtle);
      expect(await said('sigstage/response-sha256.tsr')).toBe('SHA-256');
      expect(await said('sigstage/response-sha384.tsr')).toBe('SHA-384');
      expect(await said('sigstage/response-sha512.tsr')).toBe('SHA-512');
      expect(await said('sigstage/response-invalid-signature.tsr')).toBe('bad-signature');
    }
  });
});
