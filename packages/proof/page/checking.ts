import { BundleError, type Manifest } from '../src/bundle-format.ts';
import { type Certificate, readPem } from '../src/certificate.ts';
import { type Policy, readPolicy } from '../src/policy.ts';
import { ProofError } from '../src/proof-error.ts';
import { sha256Pure } from '../src/sha256.ts';
import { examineBundle } from '../src/verify.ts';
import type { VerifyReport } from '../src/verify-report.ts';
import { type Given, openGiven } from './given.ts';
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

export type Finding =
  | { readonly kind: 'read'; readonly bytes: number; readonly of: number }
  | { readonly kind: 'done'; readonly report: VerifyReport; readonly manifest: Manifest | null }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };

/** Checks a bundle and says how far it is. Never throws. */
export async function check(order: Order, say: (finding: Finding) => void): Promise<void> {
  const { given, logKey, roots, head, policy } = order;
  try {
    const whose = await completeCrypto();
    const timeRoots = rootsIn(roots);
    const trusted = policyIn(policy);
    const source = openGiven(given, (bytes, of) => say({ kind: 'read', bytes, of }));
    const { report, manifest } = await examineBundle(source, {
      sha256: sha256Pure,
      ...(whose === 'ours' ? {} : { sha256Large }),
      ...(logKey.trim() === '' ? {} : { logKey }),
      ...(timeRoots === null ? {} : { timeRoots }),
      ...(trusted === null ? {} : { policy: trusted }),
      ...(head.trim() === '' ? {} : { heads: [noteIn(head)] }),
    });
    say({ kind: 'done', report, manifest });
  } catch (error) {
    say({ kind: 'refused', code: codeOf(error), message: (error as Error).message });
  }
}

async function sha256Large(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
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
