import { BundleError } from '../src/bundle-format.ts';
import { type Certificate, readPem } from '../src/certificate.ts';
import { type Policy, readPolicy } from '../src/policy.ts';
import { ProofError } from '../src/proof-error.ts';
import type { HashedFile, Hashes } from '../src/read-file.ts';
import { sha256Pure } from '../src/sha256.ts';
import { type Examined, examineBundle } from '../src/verify.ts';
import { type Hashing, hashFiles } from '../src/verify-files.ts';
import { bytesOf, type Given, openGiven } from './given.ts';
import { completeCrypto } from './own-crypto.ts';

/** What is to be checked, and by what the reader knows. */
export type Order = {
  readonly given: Given;
  /** The empty text where none is expected. */
  readonly logKey: string;
  /** PEM; the empty text where nobody is trusted to tell the time. */
  readonly roots: string;
  /** A signed head that the reader kept; the empty text where none was. */
  readonly head: string;
  /** Whom the reader trusts (tlog-policy); the empty text where nobody is named. */
  readonly policy: string;
};

/** Why nothing could be said of what was given. */
export type RefusalCode =
  | 'bad-log-key'
  | 'bad-roots'
  | 'bad-policy'
  | BundleError['code']
  | 'unreadable'
  | 'broken';

type End =
  | ({ readonly kind: 'done' } & Examined)
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };

/** What a thread says while it checks: how many more bytes it read, and at last what it found. */
export type Step = { readonly kind: 'read'; readonly bytes: number } | End;
/** What all threads together have come to. */
export type Finding = { readonly kind: 'read'; readonly bytes: number; readonly of: number } | End;

/** Which files of what was given another thread is to hash. */
export type HashOrder = { readonly given: Given; readonly paths: readonly string[] };

/** Checks a bundle and says how far it is. Never throws. */
export async function check(
  order: Order,
  say: (step: Step) => void,
  hashElsewhere?: Hashing['hashElsewhere'],
): Promise<void> {
  const { given, logKey, roots, head, policy } = order;
  try {
    const hashes = await hashesHere();
    const timeRoots = rootsIn(roots);
    const trusted = policyIn(policy);
    const examined = await examineBundle(openGiven(given, progress(given, say)), {
      ...hashes,
      ...(hashElsewhere === undefined ? {} : { hashElsewhere }),
      ...(logKey.trim() === '' ? {} : { logKey }),
      ...(timeRoots === null ? {} : { timeRoots }),
      ...(trusted === null ? {} : { policy: trusted }),
      ...(head.trim() === '' ? {} : { heads: [noteIn(head)] }),
    });
    say({ kind: 'done', ...examined });
  } catch (error) {
    say({ kind: 'refused', code: codeOf(error), message: (error as Error).message });
  }
}

/**
 * Hashes files for the thread that checks.
 *
 * @returns null where they cannot be read: that thread then reads them itself, and meets the reason.
 */
export async function hash(
  { given, paths }: HashOrder,
  say: (step: Step) => void,
): Promise<readonly HashedFile[] | null> {
  try {
    return await hashFiles(openGiven(given, progress(given, say)), paths, await hashesHere());
  } catch {
    return null;
  }
}

async function hashesHere(): Promise<Hashes> {
  const whose = await completeCrypto();
  return { sha256: sha256Pure, ...(whose === 'ours' ? {} : { sha256Large }) };
}

async function sha256Large(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
}

/** Says what was read by the hundredth part. */
function progress(given: Given, say: (step: Step) => void): (bytes: number) => void {
  const part = bytesOf(given) / 100;
  let unsaid = 0;
  return (bytes) => {
    unsaid += bytes;
    if (unsaid <= part) return;
    say({ kind: 'read', bytes: unsaid });
    unsaid = 0;
  };
}

class BadRoots extends Error {}
class BadPolicy extends Error {}

/** A note ends with a line feed, and what was pasted often does not; lines of Windows end with one more character. */
function noteIn(pasted: string): string {
  return `${pasted.replace(/\r\n/g, '\n').trim()}\n`;
}

function policyIn(text: string): Policy | null {
  if (text.trim() === '') return null;
  try {
    return readPolicy(text);
  } catch (error) {
    if (error instanceof ProofError) throw new BadPolicy(error.message);
    throw error;
  }
}

function rootsIn(pem: string): readonly Certificate[] | null {
  if (pem.trim() === '') return null;
  try {
    const roots = readPem(pem);
    if (roots.length > 0) return roots;
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
  }
  throw new BadRoots('This holds no certificate in PEM form.');
}

function codeOf(error: unknown): RefusalCode {
  if (error instanceof BundleError) return error.code;
  if (error instanceof BadRoots) return 'bad-roots';
  if (error instanceof BadPolicy) return 'bad-policy';
  return error instanceof DOMException ? 'unreadable' : 'broken';
}
