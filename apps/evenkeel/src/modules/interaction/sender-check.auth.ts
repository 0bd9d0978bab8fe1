import type { AuthenticateResult, DKIMResult, DKIMVerifyResult, DNSResolver } from 'mailauth';
import type { DnsAnswer, SenderResult, Signature, SignatureFlag } from './sender-check.ts';

/** Asks the domain name system; `dns.promises.resolve` is one. Throws an error with a `code` when there is no answer. */
export type Resolve = (name: string, type: string) => Promise<readonly (string | readonly string[])[]>;

/** What was said around the mail when it was handed over; its sender's server above all. */
export type Handed = { readonly client: string; readonly greeting: string; readonly mailFrom: string };

/** A mail with many signatures could have us ask for as long as its writer likes. */
const MOST_QUESTIONS = 40;
const WAIT_MS = 5000;
const MOST_SIGNATURES = 10;
const OWN_NAME = 'localhost';

/**
 * Checks what a mail says of its sender with the answers that are given now, and keeps those answers.
 *
 * @param resolve null to ask nobody: then only the hash of the body is compared
 * @param handed null when the address of the server that sent it is not known
 */
export async function checkSender(
  bytes: Uint8Array,
  resolve: Resolve | null,
  handed: Handed | null,
): Promise<SenderResult> {
  const { authenticate } = await import('mailauth');
  const answers: DnsAnswer[] = [];
  const result = await authenticate(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
    ...{ mta: OWN_NAME, disableBimi: true, resolver: noting(resolve, answers) },
    ...(handed ? { ip: handed.client, helo: handed.greeting, sender: handed.mailFrom } : {}),
  }).catch(() => null);
  // What a stranger wrote so that the library breaks over it is as good as unsigned.
  if (result === null) return nothingSaid(resolve === null, answers);
  return resultOf(result, resolve === null, handed, answers);
}

/** What is left to say of a mail that says nothing of its sender. */
export function nothingSaid(isOffline: boolean, answers: readonly DnsAnswer[]): SenderResult {
  return {
    basis: isOffline ? 'offline' : 'at-receipt',
    ...{ from: null, dkim: [], arc: { result: 'none', comment: null }, spf: null },
    dmarc: { result: isOffline ? 'not-asked' : 'none', policy: null, aligned: null },
    answers,
  };
}

/** Every answer is kept as it came; nobody is asked twice, too often, or for long. */
function noting(resolve: Resolve | null, answers: DnsAnswer[]): DNSResolver {
  return async (name, type) => {
    if (resolve === null) throw failure('ENODATA');
    const asked = answers.find((one) => one.name === name && one.type === type);
    if (asked) return again(asked);
    if (answers.length >= MOST_QUESTIONS) throw failure('ETOOMANY');
    const answer = await withinTime(resolve(name, type)).then(
      (records) => ({ name, type, records, error: null }),
      (error: unknown) => ({ name, type, records: null, error: codeOf(error) }),
    );
    answers.push(answer);
    return again(answer);
  };
}

function again({ records, error }: DnsAnswer): string[] {
  if (records === null) throw failure(error ?? 'ESERVFAIL');
  return records as string[];
}

function withinTime<T>(asked: Promise<T>): Promise<T> {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(failure('ETIMEOUT')), WAIT_MS);
    asked.then(done, failed).finally(() => clearTimeout(timer));
  });
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code.slice(0, 40) : 'ESERVFAIL';
}

function resultOf(
  { dkim, arc, spf, dmarc }: AuthenticateResult,
  isOffline: boolean,
  handed: Handed | null,
  answers: readonly DnsAnswer[],
): SenderResult {
  const from = dkim.headerFrom?.[0] ?? null;
  const signatures = dkim.results.filter((one) => Boolean(one.signingDomain)).slice(0, MOST_SIGNATURES);
  const spoken = (result: string) => (isOffline && result !== 'none' ? 'key-not-available' : result);
  return {
    basis: isOffline ? 'offline' : 'at-receipt',
    from,
    dkim: signatures.map((one) => signatureOf(one as Signed, dkim, isOffline)),
    arc: arc
      ? { result: spoken(arc.status.result), comment: textOf(arc.status.comment) }
      : { result: 'none', comment: null },
    spf: spf && handed ? { result: spf.status.result, domain: spf.domain, client: handed.client } : null,
    dmarc: dmarc
      ? {
          result: isOffline ? 'not-asked' : dmarc.status.result,
          policy: isOffline ? null : textOf(dmarc.policy),
          aligned: alignedBy(dmarc.alignment),
        }
      : { result: isOffline ? 'not-asked' : 'none', policy: null, aligned: null },
    answers,
  };
}

/** Absent where a name server did not answer. */
type Alignment = { readonly spf: { result: unknown }; readonly dkim: { result: unknown } };

function alignedBy(alignment: Alignment | undefined) {
  if (alignment?.spf.result && alignment.dkim.result) return 'both';
  if (alignment?.spf.result) return 'spf';
  return alignment?.dkim.result ? 'dkim' : null;
}

/** What the library says of a signature beyond its types. */
type Signed = DKIMResult & {
  readonly algo?: string;
  readonly bodyHash?: string;
  readonly bodyHashExpecting?: string;
  readonly canonBodyLengthLimited?: boolean;
  readonly modulusLength?: number;
  readonly signingHeaders?: { readonly keys?: string };
  readonly status: DKIMResult['status'] & { readonly policy?: Readonly<Record<string, unknown>> };
};

function signatureOf(signed: Signed, { headers }: DKIMVerifyResult, isOffline: boolean): Signature {
  const { status, signingDomain, selector, algo, bodyHash, bodyHashExpecting, modulusLength } = signed;
  const bodyHashFits = bodyHash !== undefined && bodyHash === bodyHashExpecting;
  return {
    domain: signingDomain,
    selector: selector ?? '',
    algorithm: algo ?? null,
    result: isOffline && bodyHashFits ? 'key-not-available' : status.result,
    comment: isOffline && bodyHashFits ? null : textOf(status.comment),
    bodyHashFits,
    keyBits: modulusLength ?? null,
    flags: flagsOf(
      signed,
      (headers?.parsed ?? []).map(({ key }) => key),
    ),
  };
}

const MUST_BE_SIGNED = ['from', 'subject', 'date'] as const;

/** @param present names of the header's fields, as often as they stand there */
function flagsOf(
  { status, canonBodyLengthLimited, modulusLength, signingHeaders }: Signed,
  present: readonly string[],
): readonly SignatureFlag[] {
  const signed = (signingHeaders?.keys ?? '').toLowerCase().split(/\s*:\s*/);
  const count = (names: readonly string[], name: string) => names.filter((one) => one === name).length;
  // A second one was put above the signed one: mail programs show that.
  const isAdded = MUST_BE_SIGNED.some(
    (name) => count(present, name) > 1 && count(signed, name) < count(present, name),
  );
  const unsigned = MUST_BE_SIGNED.filter((name) => !signed.includes(name)).map(
    (name): SignatureFlag => `${name}-unsigned`,
  );
  return [
    ...(canonBodyLengthLimited ? (['length-limited'] as const) : []),
    ...(status.policy?.['dkim-rules'] === 'weak-key' ? (['key-weak'] as const) : []),
    ...(modulusLength === 1024 ? (['key-1024'] as const) : []),
    ...unsigned,
    ...(isAdded ? (['header-added'] as const) : []),
    ...(status.comment === 'expired' ? (['expired'] as const) : []),
    ...(status.aligned ? [] : (['other-domain'] as const)),
  ];
}

/** Comments of the library may repeat what a stranger wrote into a header or a name server. */
function textOf(text: unknown): string | null {
  return typeof text === 'string' && text !== ''
    ? text
        .replace(/\p{Cc}/gu, ' ')
        .toWellFormed()
        .slice(0, 200)
    : null;
}
