import { BundleError, type Manifest } from '../src/bundle-format.ts';
import { type Certificate, readPem } from '../src/certificate.ts';
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
};

/** Why nothing could be said of what was given. */
export type RefusalCode = 'bad-log-key' | 'bad-roots' | BundleError['code'] | 'unreadable' | 'broken';

export type Finding =
  | { readonly kind: 'read'; readonly bytes: number; readonly of: number }
  | { readonly kind: 'done'; readonly report: VerifyReport; readonly manifest: Manifest | null }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };

/** Checks a bundle and says how far it is. Never throws. */
export async function check({ given, logKey, roots }: Order, say: (finding: Finding) => void): Promise<void> {
  try {
    await completeCrypto();
    const timeRoots = rootsIn(roots);
    const source = openGiven(given, (bytes, of) => say({ kind: 'read', bytes, of }));
    const { report, manifest } = await examineBundle(source, {
      sha256: sha256Pure,
      ...(logKey.trim() === '' ? {} : { logKey }),
      ...(timeRoots === null ? {} : { timeRoots }),
    });
    say({ kind: 'done', report, manifest });
  } catch (error) {
    say({ kind: 'refused', code: codeOf(error), message: (error as Error).message });
  }
}

class BadRoots extends Error {}

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
  return error instanceof DOMException ? 'unreadable' : 'broken';
}
