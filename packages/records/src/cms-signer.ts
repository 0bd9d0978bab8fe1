import { type Der, derInside, derString, readDer } from './der.ts';
import { asBuffer } from './source.ts';

/**
 * One signature of a CMS object. Nothing is verified here.
 *
 * @property serial Of the certificate that made it, hexadecimal in lower case; null where the key names itself.
 * @property digest Object identifier of the hash, its content octets in hexadecimal, as all of them here.
 * @property attributes What the signature is over when it has attributes: their DER as a SET. Null: it is over the content.
 * @property messageDigest The hash of the content, as the attributes state it.
 */
export type CmsSigner = {
  readonly serial: string | null;
  readonly digest: string;
  readonly attributes: Buffer | null;
  readonly messageDigest: Buffer | null;
  readonly algorithm: string;
  readonly signature: Buffer;
};

const SEQUENCE = 0x10;
const SET = 0x11;
const OBJECT_ID = 0x06;
const OCTETS = 0x04;
const INTEGER = 0x02;
const ATTRIBUTES = 0x80;
const SIGNED = '2a864886f70d010702';
const MESSAGE_DIGEST = '2a864886f70d010904';
const MOST_SIGNERS = 5;

/**
 * The signatures of SignedData. Never throws; one that cannot be read is left out.
 *
 * @param bytes After the transfer encoding was taken off. Attacker-controlled.
 * @source RFC 5652 5.3, 5.4
 */
export function readCmsSigners(bytes: Uint8Array): readonly CmsSigner[] {
  const all = asBuffer(bytes);
  const whole = readDer(all, 0, all.length);
  const [type, wrapped] = whole?.tag === SEQUENCE ? derInside(all, whole) : [];
  if (!type || !wrapped || oidOf(all, type) !== SIGNED) return [];
  const [signed] = derInside(all, wrapped);
  const signers = signed && derInside(all, signed).at(-1);
  if (signers?.tag !== SET) return [];
  return derInside(all, signers)
    .slice(0, MOST_SIGNERS)
    .flatMap((one) => signerOf(all, one) ?? []);
}

function signerOf(bytes: Buffer, element: Der): CmsSigner | null {
  const [, id, digest, ...more] = derInside(bytes, element);
  const attributes = more[0]?.tag === ATTRIBUTES ? more.shift()! : null;
  const [algorithm, signature] = more;
  if (!id || !digest || !algorithm || signature?.tag !== OCTETS) return null;
  const [hash, made] = [digest, algorithm].map((one) => oidOf(bytes, derInside(bytes, one)[0]));
  if (!hash || !made) return null;
  return {
    serial: serialOf(bytes, id),
    digest: hash,
    ...attributesOf(bytes, attributes, digest.stop),
    algorithm: made,
    signature: derString(bytes, signature),
  };
}

function serialOf(bytes: Buffer, id: Der): string | null {
  const serial = id.tag === SEQUENCE ? derInside(bytes, id)[1] : undefined;
  return serial?.tag === INTEGER ? bytes.toString('hex', serial.start, serial.end) : null;
}

/** RFC 5652 5.4: the signature is over the attributes as a SET, not under the tag that they have in the message. */
function attributesOf(
  bytes: Buffer,
  attributes: Der | null,
  at: number,
): Pick<CmsSigner, 'attributes' | 'messageDigest'> {
  if (!attributes) return { attributes: null, messageDigest: null };
  const over = Buffer.from(bytes.subarray(at, attributes.stop));
  over[0] = 0x31;
  const found = derInside(bytes, attributes).find(
    (one) => oidOf(bytes, derInside(bytes, one)[0]) === MESSAGE_DIGEST,
  );
  const values = found && derInside(bytes, found)[1];
  const value = values && derInside(bytes, values)[0];
  return { attributes: over, messageDigest: value?.tag === OCTETS ? derString(bytes, value) : null };
}

function oidOf(bytes: Buffer, element: Der | undefined): string | null {
  return element?.tag === OBJECT_ID ? bytes.toString('hex', element.start, element.end) : null;
}
