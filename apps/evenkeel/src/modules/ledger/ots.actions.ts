import { readOpenTimestamp } from '@evenkeel/proof/open-timestamps';
import { rootAt } from '@evenkeel/proof/prover';
import { openHead } from '@evenkeel/proof/verify-heads';
import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { sha256 } from '../../kernel/sha256.ts';
import type { Ledger } from './ledger.actions.ts';
import { readHead } from './ledger.store.ts';
import { recordOutside } from './outside.actions.ts';
import type { OutsideFact } from './outside.ts';
import type { Sealer } from './sealer.actions.ts';
import { tileReader } from './tree.store.ts';

/** A head that somebody kept, beside the log as it is now. */
export type Compared = {
  readonly size: number;
  /** Null when the log ends before it. */
  readonly agrees: boolean | null;
};

/** Compares a signed head that was kept elsewhere with this log: whoever wrote its history anew cannot make it fit. */
export async function compareHead(
  { db, workspaceId }: Ledger,
  { keys }: Sealer,
  note: string,
): Promise<Outcome<Compared, 'head-of-another'>> {
  const head = await openHead(note, keys.known()).catch(() => null);
  if (!head) return refuse('head-of-another');
  const { size } = await readHead(db, workspaceId);
  if (head.size > size) return accept({ size: head.size, agrees: null });
  const root = await rootAt(sha256, tileReader(db, workspaceId), head.size);
  return accept({ size: head.size, agrees: Buffer.from(root).equals(head.root) });
}

export type ProofRefusal = 'proof-unreadable' | 'proof-of-other-bytes' | 'head-of-another' | 'head-not-ours';

type Block = Extract<OutsideFact, { kind: 'log.anchor-ots' }>;

/** Keeps an OpenTimestamps proof of a signed head. What it leads to is for others to look up. */
export async function attachProof(
  ledger: Ledger,
  sealer: Sealer,
  actor: Actor,
  { checkpoint, proof }: { readonly checkpoint: string; readonly proof: Uint8Array },
): Promise<Outcome<Pick<Block, 'size' | 'attestations'>, ProofRefusal>> {
  const read = readProof(proof);
  if (!read) return refuse('proof-unreadable');
  if (read.hash !== 'sha256' || !Buffer.from(read.digest).equals(sha256(Buffer.from(checkpoint))))
    return refuse('proof-of-other-bytes');
  const compared = await compareHead(ledger, sealer, checkpoint);
  if (!compared.ok) return compared;
  const { size, agrees } = compared.value;
  if (!agrees) return refuse('head-not-ours');
  const said = { size, attestations: read.attestations };
  const encoded = Buffer.from(proof).toString('base64');
  await recordOutside(ledger, { kind: 'log.anchor-ots', checkpoint, proof: encoded, ...said }, actor);
  return accept(said);
}

function readProof(proof: Uint8Array) {
  try {
    return readOpenTimestamp(proof);
  } catch {
    return null;
  }
}
