import { equalBytes } from './bytes.ts';
import {
  authorityOf,
  type Certificate,
  chainTo,
  extendedUse,
  mayUse,
  readCertificate,
  subjectKeyId,
} from './certificate.ts';
import {
  booleanOf,
  type Der,
  expectTag,
  inside,
  numberOf,
  oidOf,
  present,
  readDer,
  TAG,
  timeOf,
  writeDer,
  writeInteger,
  writeOid,
} from './der.ts';
import { ProofError } from './proof-error.ts';
import { digest, type HashName, hashNamed, isSignedBy, SHA256_OID } from './signature.ts';

/** What a time-stamp authority signed: these bytes existed not later than `time`. */
export type TimeStamp = {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** How far off that may be, in milliseconds; null when the authority does not say. */
  readonly accuracyMs: number | null;
  readonly policy: string;
  /** Hexadecimal is for the caller; big-endian here. */
  readonly serial: Uint8Array;
  readonly hash: HashName;
  /** From the signer to the root that is trusted. */
  readonly chain: readonly Certificate[];
};

/**
 * @property roots The certificates that are trusted; without one nothing is. `its-own`: the signer's certificate is taken
 *   at its word, which says that the stamp agrees with itself and no more.
 * @property nonce The one that was asked with, big-endian; checked when it is given.
 * @property policies The policies that are accepted; any, when left out.
 * @property certificates More certificates, for a token that brings none.
 */
export type StampOptions = {
  readonly roots: readonly Certificate[] | 'its-own';
  readonly nonce?: Uint8Array;
  readonly policies?: readonly string[];
  readonly certificates?: readonly Certificate[];
};

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
const SIGNING_CERTIFICATE_2 = '1.2.840.113549.1.9.16.2.47';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

/**
 * Asks for a time-stamp over the SHA-256 of some bytes, with the authority's certificates.
 *
 * @param nonce At least 8 random bytes.
 * @source RFC 3161 §2.4.1
 */
export async function timeStampRequest(bytes: Uint8Array, nonce: Uint8Array): Promise<Uint8Array> {
  const algorithm = writeDer(TAG.sequence, writeOid(SHA256_OID), writeDer(TAG.null));
  const imprint = writeDer(
    TAG.sequence,
    algorithm,
    writeDer(TAG.octetString, await digest('SHA-256', bytes)),
  );
  const withCertificates = writeDer(TAG.boolean, Uint8Array.of(0xff));
  const version = writeInteger(Uint8Array.of(1));
  return writeDer(TAG.sequence, version, imprint, writeInteger(nonce), withCertificates);
}

/** The nonce of a request, big-endian; null when it has none. @throws ProofError `malformed-der` */
export function nonceOf(request: Uint8Array): Uint8Array | null {
  return inside(readDer(request)).slice(2).find(isInteger)?.body ?? null;
}

function isInteger({ tag }: Der): boolean {
  return tag === TAG.integer;
}

/**
 * Checks a time-stamp authority's answer against the bytes it was asked for.
 *
 * The usual libraries look at the signature and the chain only, and so take tokens signed with an e-mail certificate, with
 * a certificate for two purposes, or by a certification authority itself. Here the certificate must be the one that the
 * signature names, made for time-stamping and nothing else.
 *
 * @param response A TimeStampResp, DER.
 * @param bytes What was stamped; for us a signed head with exactly the log's own signature line.
 * @throws ProofError `stamp-refused`, `malformed-stamp`, `malformed-der`, `stamp-of-other-bytes`, `bad-signature`,
 *   `wrong-signer`, `untrusted-certificate`, `certificate-not-valid`, `weak-algorithm`, `wrong-nonce`, `wrong-policy`
 * @source RFC 3161 §2.3, §2.4.2; RFC 5652 §5.4; RFC 5816
 */
export async function verifyTimeStamp(
  response: Uint8Array,
  bytes: Uint8Array,
  options: StampOptions,
): Promise<TimeStamp> {
  const { content, signer, certificates } = readToken(tokenOf(response));
  const info = readInfo(content);
  await compareImprint(info, bytes);
  const trusted = options.roots === 'its-own' ? [] : options.roots;
  const known = [...certificates, ...(options.certificates ?? []), ...trusted];
  const certificate = known.find((one) => isNamed(one, signer.id));
  if (!certificate) throw wrongSigner('The certificate that the signature names is not here.');
  await checkSignature(signer, content, certificate);
  await checkNamed(signer, certificate);
  checkPurpose(certificate);
  const roots = options.roots === 'its-own' ? [certificate] : trusted;
  const chain = await chainTo(certificate, known, roots, info.time);
  if (options.nonce && !equalBytes(trimmed(info.nonce), trimmed(options.nonce)))
    throw new ProofError('wrong-nonce', 'The stamp answers another request.');
  if (options.policies && !options.policies.includes(info.policy))
    throw new ProofError('wrong-policy', `The policy ${info.policy} is not among the accepted ones.`);
  const { time, accuracyMs, policy, serial, hash } = info;
  return { time, accuracyMs, policy, serial, hash, chain };
}

function trimmed(number: Uint8Array | null): Uint8Array {
  const start = number?.findIndex((byte) => byte !== 0) ?? -1;
  return start < 0 ? new Uint8Array() : number!.subarray(start);
}

const GRANTED = 0;
const GRANTED_WITH_CHANGES = 1;

function tokenOf(response: Uint8Array): Der {
  const [status, token] = inside(expectTag(readDer(response), TAG.sequence));
  const said = numberOf(inside(expectTag(status, TAG.sequence))[0]);
  if (said !== GRANTED && said !== GRANTED_WITH_CHANGES)
    throw new ProofError('stamp-refused', `The authority refused (status ${said}).`);
  if (!token) throw malformed('The answer holds no token.');
  return token;
}

type SignerInfo = {
  readonly id: Der;
  readonly hash: HashName;
  readonly attributes: Der;
  readonly values: ReadonlyMap<string, Der>;
  readonly algorithm: Der;
  readonly signature: Uint8Array;
};
type Token = {
  /** The TSTInfo, DER. */
  readonly content: Uint8Array;
  readonly signer: SignerInfo;
  readonly certificates: readonly Certificate[];
};

function readToken(token: Der): Token {
  const [type, wrapped] = inside(expectTag(token, TAG.sequence));
  if (oidOf(type) !== SIGNED_DATA || wrapped?.tag !== 0xa0) throw malformed('The token is no signed data.');
  const [, , encapsulated, ...more] = inside(readDer(wrapped.body));
  const [contentType, content] = inside(expectTag(encapsulated, TAG.sequence));
  if (oidOf(contentType) !== TST_INFO || content?.tag !== 0xa0)
    throw malformed('The token holds something else than a time-stamp.');
  const signers = inside(expectTag(more.at(-1), TAG.set));
  if (signers.length !== 1) throw malformed('A token has exactly one signer.');
  const given = more.find(({ tag }) => tag === 0xa0);
  return {
    content: expectTag(readDer(content.body), TAG.octetString).body,
    signer: readSigner(signers[0]!),
    certificates: given ? inside(given).filter(isCertificate).flatMap(readable) : [],
  };
}

/** One that cannot be read is as if it were not there: no signature covers what a token brings along. */
function readable({ bytes }: Der): readonly Certificate[] {
  try {
    return [readCertificate(bytes)];
  } catch (error) {
    if (error instanceof ProofError) return [];
    throw error;
  }
}

/** Other choices are attribute certificates and old formats. */
function isCertificate({ tag }: Der): boolean {
  return tag === TAG.sequence;
}

function readSigner(value: Der): SignerInfo {
  const [, id, hashAlgorithm, attributes, algorithm, signature] = inside(value);
  if (attributes?.tag !== 0xa0) throw malformed('The signature covers no attributes.');
  const hash = hashNamed(expectTag(hashAlgorithm, TAG.sequence));
  if (hash === null)
    throw new ProofError('weak-algorithm', 'The signature uses a hash that is not accepted.');
  const values = new Map<string, Der>();
  for (const attribute of inside(attributes)) {
    const [type, set] = inside(attribute);
    const oid = oidOf(type);
    if (values.has(oid)) throw malformed('An attribute stands twice.');
    values.set(oid, expectTag(set, TAG.set));
  }
  return {
    id: id!,
    hash,
    attributes,
    values,
    algorithm: expectTag(algorithm, TAG.sequence),
    signature: expectTag(signature, TAG.octetString).body,
  };
}

type Info = Omit<TimeStamp, 'chain'> & { readonly imprint: Uint8Array; readonly nonce: Uint8Array | null };

function readInfo(content: Uint8Array): Info {
  const [version, policy, imprint, serial, time, ...more] = inside(readDer(content));
  if (numberOf(version) !== 1) throw malformed('Only version 1 of time-stamps is known.');
  const [algorithm, hashed] = inside(expectTag(imprint, TAG.sequence));
  const hash = hashNamed(expectTag(algorithm, TAG.sequence));
  if (hash === null) throw new ProofError('weak-algorithm', 'The stamp is over a hash that is not accepted.');
  checkExtensions(more.find(({ tag }) => tag === 0xa1));
  return {
    policy: oidOf(policy),
    hash,
    imprint: expectTag(hashed, TAG.octetString).body,
    serial: expectTag(serial, TAG.integer).body,
    time: timeOf(expectTag(time, TAG.generalizedTime)),
    accuracyMs: accuracyOf(more.find(({ tag }) => tag === TAG.sequence)),
    nonce: more.find(isInteger)?.body ?? null,
  };
}

const SECONDS = TAG.integer;
const MILLIS = 0x80;
const MICROS = 0x81;

function accuracyOf(value: Der | undefined): number | null {
  if (!value) return null;
  const parts = inside(value);
  const part = (tag: number) => {
    const found = parts.find((one) => one.tag === tag);
    return found ? numberOf({ ...found, tag: TAG.integer }) : 0;
  };
  return part(SECONDS) * 1000 + part(MILLIS) + part(MICROS) / 1000;
}

function checkExtensions(value: Der | undefined): void {
  for (const extension of value ? inside(value) : []) {
    const [, critical] = inside(extension);
    if (critical?.tag === TAG.boolean && booleanOf(critical))
      throw malformed('The stamp has a critical extension that is not understood here.');
  }
}

async function compareImprint({ hash, imprint }: Info, bytes: Uint8Array): Promise<void> {
  if (!equalBytes(await digest(hash, bytes), imprint))
    throw new ProofError('stamp-of-other-bytes', 'The stamp is over other bytes.');
}

/** By issuer and number, or by the key's own identifier. */
function isNamed(certificate: Certificate, id: Der): boolean {
  if (id.tag === 0x80) {
    const keyId = subjectKeyId(certificate);
    return keyId !== null && equalBytes(keyId, id.body);
  }
  const [issuer, serial] = inside(id);
  return (
    equalBytes(certificate.issuer, present(issuer).bytes) &&
    equalBytes(certificate.serial, present(serial).body)
  );
}

async function checkSignature(
  signer: SignerInfo,
  content: Uint8Array,
  certificate: Certificate,
): Promise<void> {
  const { values, attributes, signature, algorithm, hash } = signer;
  const [type] = inside(attribute(values, CONTENT_TYPE));
  if (oidOf(type) !== TST_INFO) throw malformed('The signature is for another kind of content.');
  const [digested] = inside(attribute(values, MESSAGE_DIGEST));
  if (!equalBytes(expectTag(digested, TAG.octetString).body, await digest(hash, content)))
    throw new ProofError('bad-signature', 'The signature is over another time-stamp.');
  // RFC 5652 §5.4: what is signed begins with the tag of a set, not with the one it has in the token.
  const signed = writeDer(TAG.set, attributes.body);
  if (!(await isSignedBy(signed, signature, algorithm, hash, certificate.publicKey)))
    throw new ProofError('bad-signature', 'The signature does not hold.');
}

function attribute(values: ReadonlyMap<string, Der>, oid: string): Der {
  const found = values.get(oid);
  if (!found) throw malformed(`The signature leaves out the attribute ${oid}.`);
  return found;
}

/** Without this, another certificate with the same name and number could be put in the signer's place. */
async function checkNamed({ values }: SignerInfo, certificate: Certificate): Promise<void> {
  const second = values.get(SIGNING_CERTIFICATE_2);
  const named = second ?? values.get(SIGNING_CERTIFICATE);
  if (!named) throw wrongSigner('The signature does not name its certificate.');
  const [list] = inside(inside(named)[0]);
  const parts = inside(inside(list)[0]);
  const stated = second && parts[0]?.tag === TAG.sequence ? hashNamed(parts[0]) : 'SHA-256';
  if (stated === null) throw new ProofError('weak-algorithm', 'The certificate is named by a weak hash.');
  const hashed = parts.find(({ tag }) => tag === TAG.octetString);
  const expected = await digest(second ? stated : 'SHA-1', certificate.der);
  if (!hashed || !equalBytes(hashed.body, expected))
    throw wrongSigner('The signature names another certificate.');
}

/** RFC 3161 §2.3: the key is for time-stamps, for nothing else, and whoever does not know that must refuse. */
function checkPurpose(certificate: Certificate): void {
  const use = extendedUse(certificate);
  if (!use?.isCritical || use.oids.length !== 1 || use.oids[0] !== TIME_STAMPING)
    throw wrongSigner('The certificate is not for time-stamps alone.');
  if (authorityOf(certificate).isAuthority) throw wrongSigner('The certificate is one of an authority.');
  if (!mayUse(certificate, 'data')) throw wrongSigner('The certificate is not for signing data.');
}

function malformed(message: string): ProofError {
  return new ProofError('malformed-stamp', message);
}

function wrongSigner(message: string): ProofError {
  return new ProofError('wrong-signer', message);
}
