import { constants, createHash, type KeyObject, verify, type X509Certificate } from 'node:crypto';
import { type CmsSigner, readCmsSigners } from '@evenkeel/records/cms-signer';

/**
 * Whether the bytes are those that were signed. `fits`: by a key whose certificate came along. `fits-weakly`: so too, but
 * the hash or the key is one that can be forged today. `does-not-fit`: bytes or signature were changed. `not-checked`:
 * nothing here could tell. None of them says that the certificate belongs to whom it names.
 */
export type SignatureCheck = 'fits' | 'fits-weakly' | 'does-not-fit' | 'not-checked';

export type Checked = {
  readonly check: SignatureCheck;
  /** The certificates whose keys made the signatures. */
  readonly by: readonly X509Certificate[];
};

type Hash = { readonly name: string; readonly isWeak: boolean };

const HASHES: Readonly<Record<string, Hash>> = {
  '2a864886f70d0205': { name: 'md5', isWeak: true },
  '2b0e03021a': { name: 'sha1', isWeak: true },
  '608648016503040204': { name: 'sha224', isWeak: false },
  '608648016503040201': { name: 'sha256', isWeak: false },
  '608648016503040202': { name: 'sha384', isWeak: false },
  '608648016503040203': { name: 'sha512', isWeak: false },
};
const RSA_PSS = '2a864886f70d01010a';
const LEAST_RSA_BITS = 2048;

/**
 * Checks the signatures of a CMS object against what they speak of, with the certificates that came along.
 *
 * @param cms After the transfer encoding was taken off. Attacker-controlled.
 * @param content What was signed, as it lies in the mail; a signature is over lines that end in CRLF, whatever a store made
 *   of them (RFC 8551 3.1.1).
 * @source RFC 5652 5.4, 5.6
 */
export function checkSignature(
  cms: Uint8Array,
  content: Uint8Array,
  certificates: readonly X509Certificate[],
): Checked {
  const checked = readCmsSigners(cms).map((signer) => checkOne(signer, content, certificates));
  const by = checked.flatMap(({ by }) => by);
  const found = new Set(checked.map(({ check }) => check));
  const worst = (['does-not-fit', 'not-checked', 'fits-weakly', 'fits'] as const).find((one) =>
    found.has(one),
  );
  return { check: worst ?? 'not-checked', by };
}

function checkOne(signer: CmsSigner, content: Uint8Array, certificates: readonly X509Certificate[]): Checked {
  const hash = HASHES[signer.digest];
  const meant = certificates.filter((one) => signer.serial === null || isNumbered(one, signer.serial));
  if (!hash || meant.length === 0) return { check: 'not-checked', by: [] };
  const made = meant.find((one) => isMadeBy(signer, hash, content, one));
  if (!made) return { check: 'does-not-fit', by: [] };
  const isWeak = hash.isWeak || (made.publicKey.asymmetricKeyDetails?.modulusLength ?? 4096) < LEAST_RSA_BITS;
  return { check: isWeak ? 'fits-weakly' : 'fits', by: [made] };
}

function isNumbered({ serialNumber }: X509Certificate, serial: string): boolean {
  const plain = (hex: string) => hex.toLowerCase().replace(/^0+/, '');
  return plain(serialNumber) === plain(serial);
}

function isMadeBy(
  signer: CmsSigner,
  hash: Hash,
  content: Uint8Array,
  { publicKey }: X509Certificate,
): boolean {
  return formsOf(content).some((form) => {
    if (signer.attributes === null) return isVerified(signer, hash, form, publicKey);
    const digest = createHash(hash.name).update(form).digest();
    if (!signer.messageDigest?.equals(digest)) return false;
    return isVerified(signer, hash, signer.attributes, publicKey);
  });
}

/** As it lies there, and with the line ends that mail has on its way. */
function formsOf(content: Uint8Array): readonly Buffer[] {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  const sent = Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
  return sent.equals(bytes) ? [bytes] : [bytes, sent];
}

function isVerified(signer: CmsSigner, hash: Hash, signed: Buffer, key: KeyObject): boolean {
  const isPss = signer.algorithm === RSA_PSS;
  const padding = isPss ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  const isEdwards = key.asymmetricKeyType === 'ed25519' || key.asymmetricKeyType === 'ed448';
  const isRsa = key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'rsa-pss';
  try {
    return verify(isEdwards ? null : hash.name, signed, isRsa ? { key, padding } : key, signer.signature);
  } catch {
    return false;
  }
}
