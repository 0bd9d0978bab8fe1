import { equalBytes, fromBase64 } from './bytes.ts';
import {
  bitsOf,
  booleanOf,
  type Der,
  inside,
  numberOf,
  oidOf,
  present,
  readDer,
  TAG,
  timeOf,
} from './der.ts';
import { ProofError } from './proof-error.ts';
import { isSignedBy } from './signature.ts';

/** What of an X.509 certificate matters for a signature's chain. Names are compared as bytes, never as texts. */
export type Certificate = {
  readonly der: Uint8Array;
  readonly serial: Uint8Array;
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly extensions: ReadonlyMap<string, Extension>;
  readonly signed: Uint8Array;
  readonly algorithm: Der;
  readonly signature: Uint8Array;
};
type Extension = { readonly isCritical: boolean; readonly value: Uint8Array };

const KEY_USAGE = '2.5.29.15';
const BASIC_CONSTRAINTS = '2.5.29.19';
const EXTENDED_KEY_USAGE = '2.5.29.37';
const SUBJECT_KEY_ID = '2.5.29.14';
/** Those that we heed, and those that restrict nothing we rely on. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  KEY_USAGE,
  BASIC_CONSTRAINTS,
  EXTENDED_KEY_USAGE,
  SUBJECT_KEY_ID,
  '2.5.29.17',
  '2.5.29.32',
  '2.5.29.35',
]);

/** @throws ProofError `malformed-der` */
export function readCertificate(der: Uint8Array): Certificate {
  const [tbs, algorithm, signature] = inside(readDer(der));
  const fields = [...inside(tbs)];
  if (fields[0]?.tag === 0xa0) fields.shift();
  const [serial, , issuer, validity, subject, publicKey, ...more] = fields;
  const [notBefore, notAfter] = inside(validity);
  const wrapped = more.find(({ tag }) => tag === 0xa3);
  return {
    der,
    serial: present(serial).body,
    issuer: present(issuer).bytes,
    subject: present(subject).bytes,
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    publicKey: present(publicKey).bytes,
    extensions: new Map(wrapped ? inside(readDer(wrapped.body)).map(readExtension) : []),
    signed: present(tbs).bytes,
    algorithm: present(algorithm),
    signature: bitsOf(signature),
  };
}

function readExtension(value: Der): [string, Extension] {
  const parts = inside(value);
  const isCritical = parts[1]?.tag === TAG.boolean && booleanOf(parts[1]);
  return [oidOf(parts[0]), { isCritical, value: present(parts.at(-1)).body }];
}

/** Every certificate of a PEM file. @throws ProofError `bad-encoding`, `malformed-der` */
export function readPem(pem: string): readonly Certificate[] {
  const blocks = pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g);
  return [...blocks].map(([, body]) => readCertificate(fromBase64(body!.replace(/\s+/g, ''))));
}

/** The purposes of the key, and whether whoever does not know them must refuse. Null when it states none. */
export function extendedUse({ extensions }: Certificate): { isCritical: boolean; oids: string[] } | null {
  const found = extensions.get(EXTENDED_KEY_USAGE);
  return found ? { isCritical: found.isCritical, oids: inside(readDer(found.value)).map(oidOf) } : null;
}

/** Whether it may sign certificates, and how many authorities may stand below it. */
export function authorityOf({ extensions }: Certificate): { isAuthority: boolean; pathLength: number } {
  const found = extensions.get(BASIC_CONSTRAINTS);
  const parts = found ? inside(readDer(found.value)) : [];
  const isAuthority = parts[0]?.tag === TAG.boolean && booleanOf(parts[0]);
  const length = parts.find(({ tag }) => tag === TAG.integer);
  return { isAuthority, pathLength: length ? numberOf(length) : Number.POSITIVE_INFINITY };
}

const DIGITAL_SIGNATURE = 0x80;
const NON_REPUDIATION = 0x40;
const CERTIFICATE_SIGN = 0x04;

/** Whether the key may sign certificates, or data and nothing else; a certificate that states no usage allows all. */
export function mayUse({ extensions }: Certificate, what: 'data' | 'certificates'): boolean {
  const found = extensions.get(KEY_USAGE);
  if (!found) return true;
  const bits = readDer(found.value).body[1] ?? 0;
  if (what === 'certificates') return (bits & CERTIFICATE_SIGN) !== 0;
  const data = DIGITAL_SIGNATURE | NON_REPUDIATION;
  return (bits & data) !== 0 && (bits & ~data) === 0;
}

export function subjectKeyId({ extensions }: Certificate): Uint8Array | null {
  const found = extensions.get(SUBJECT_KEY_ID);
  return found ? readDer(found.value).body : null;
}

const MOST_STEPS = 8;

/**
 * The chain from a certificate to one of the roots, each valid at the time and signed by the next.
 *
 * @param roots The ones that are trusted, byte for byte; a root's own signature says nothing and is not looked at.
 * @param at Milliseconds since 1970.
 * @throws ProofError `untrusted-certificate`, `certificate-not-valid`
 */
export async function chainTo(
  first: Certificate,
  others: readonly Certificate[],
  roots: readonly Certificate[],
  at: number,
): Promise<readonly Certificate[]> {
  const chain: Certificate[] = [];
  for (let current = first; chain.length < MOST_STEPS; ) {
    checkAlone(current, at);
    chain.push(current);
    if (roots.some(({ der }) => equalBytes(der, current.der))) return chain;
    current = await issuerOf(current, [...roots, ...others], chain.length - 1);
  }
  throw untrusted('The chain of certificates is too long.');
}

function checkAlone({ notBefore, notAfter, extensions }: Certificate, at: number): void {
  if (at < notBefore || at > notAfter)
    throw new ProofError('certificate-not-valid', 'A certificate of the chain was not valid at that time.');
  for (const [oid, { isCritical }] of extensions)
    if (isCritical && !UNDERSTOOD.has(oid))
      throw untrusted(`A certificate has the critical extension ${oid}, which is not understood here.`);
}

/** @param below How many authorities stand below it already. */
async function issuerOf(
  child: Certificate,
  known: readonly Certificate[],
  below: number,
): Promise<Certificate> {
  for (const candidate of known) {
    if (!equalBytes(candidate.subject, child.issuer) || equalBytes(candidate.der, child.der)) continue;
    const { isAuthority, pathLength } = authorityOf(candidate);
    if (!isAuthority || below > pathLength || !mayUse(candidate, 'certificates')) continue;
    if (await isSignedBy(child.signed, child.signature, child.algorithm, null, candidate.publicKey))
      return candidate;
  }
  throw untrusted('No chain of certificates leads to a root that is trusted here.');
}

function untrusted(message: string): ProofError {
  return new ProofError('untrusted-certificate', message);
}
