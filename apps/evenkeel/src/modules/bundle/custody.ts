import { createHash } from 'node:crypto';
import type { CustodyAct, Rights } from '../../kernel/http.ts';
import { type Instant, instantOf } from '../../kernel/instant.ts';

/** One access: who, when, what they did, and to what. It holds ids and never a name or a word of the record. */
export type CustodyLine = {
  readonly number: number;
  readonly at: Instant;
  readonly actor: string;
  readonly role: string;
  readonly act: CustodyAct;
  /** The call, with ids left out: `GET /api/parties/{id}`. */
  readonly operation: string;
  readonly subject: string | null;
};

/** Binds lines to the ledger: `digest` is the SHA-256, in hex, of {@link textOfLines} of the lines from `from` to `until`. */
export type CustodyFact = {
  readonly kind: 'custody.sealed';
  readonly from: number;
  readonly until: number;
  readonly digest: string;
};

const OUTSIDE_READERS: readonly string[] = ['counsel', 'auditor'];
const SEAL_EVERY_MS = 3_600_000;

/**
 * What act a call is, if it is to be noted: exports, bundles, verifications and erasures always; each opening by counsel
 * and auditors; openings by others when the workspace chose so.
 */
export function actOf(
  rights: Rights,
  role: string,
  method: string,
  notesReading: boolean,
): CustodyAct | null {
  if (rights.custody) return rights.custody;
  const isReading = method === 'GET' && rights.scope !== 'self' && rights.roles !== 'anyone';
  return isReading && (notesReading || OUTSIDE_READERS.includes(role)) ? 'opening' : null;
}

/** The bytes that are hashed: a line each, seven fields with tabs between them, in the order of their numbers. */
function textOfLines(lines: readonly CustodyLine[]): string {
  return lines
    .map((l) =>
      [l.number, l.at, l.actor, l.role, l.act, l.operation, l.subject ?? ''].join('\t').concat('\n'),
    )
    .join('');
}

export function digestOfLines(lines: readonly CustodyLine[]): string {
  return createHash('sha256').update(textOfLines(lines)).digest('hex');
}

/** Lines are sealed once an hour, the first of them at most an hour after it was written. */
export function isSealDue(firstUnsealedAt: Instant | null, now: Instant): boolean {
  return firstUnsealedAt !== null && instantOf(Date.parse(firstUnsealedAt) + SEAL_EVERY_MS) <= now;
}
