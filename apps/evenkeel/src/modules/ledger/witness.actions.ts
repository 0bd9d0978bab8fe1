import type { ProofErrorCode } from '@evenkeel/proof/proof-error';
import { tileProver } from '@evenkeel/proof/prover';
import { addCheckpointBody, cosignedNote } from '@evenkeel/proof/witness';
import type { Actor } from '../../kernel/brand.ts';
import { instantOf } from '../../kernel/instant.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { lastAnchors, replaceWitnesses, witnesses } from './anchor.store.ts';
import type { AnchorAttempt } from './anchor.ts';
import { append, type Ledger, sealFacts } from './ledger.actions.ts';
import { WORKSPACE_STREAM } from './ledger.ts';
import { recordOutside } from './outside.actions.ts';
import { decideWitnesses, type Witness, type WitnessCode, type WitnessRefusal } from './outside.ts';
import type { SealedHead } from './sealer.actions.ts';
import { tileReader } from './tree.store.ts';

/** What a witness answered; null when there is no answer, or none that is meant for us. */
export type Shown = { readonly status: number; readonly text: string } | null;
export type ShowWitness = (url: string, body: string) => Promise<Shown>;

const CODES: Readonly<Record<number, WitnessCode>> = {
  400: 'witness-saw-more',
  403: 'witness-takes-no-key',
  404: 'witness-knows-us-not',
  422: 'witness-saw-another',
};

/**
 * Shows a head to a witness, with the proof that it extends the one he saw last. He says himself which that was, when it
 * is another than we think.
 *
 * @source C2SP tlog-witness v1.0.0
 */
export async function showWitness(
  ledger: Ledger,
  witness: Witness,
  head: SealedHead,
  show: ShowWitness,
): Promise<AnchorAttempt> {
  const { db, workspaceId } = ledger;
  const prover = tileProver(sha256, tileReader(db, workspaceId), head.size);
  const ask = async (old: number) => {
    const proof = old === 0 || old === head.size ? [] : await prover.consistency(old);
    return show(`${witness.url}/add-checkpoint`, addCheckpointBody(old, proof, head.note));
  };
  const known = (await lastAnchors(db, workspaceId)).get(witness.name)?.size ?? 0;
  let answer = await ask(Math.min(known, head.size));
  const said = answer?.status === 409 ? sizeIn(answer.text) : null;
  if (said !== null && said <= head.size) answer = await ask(said);
  const told = { authority: witness.name, size: head.size };
  if (!answer) return { ...told, stampedAt: null, failure: 'silent' };
  const about = { witness: witness.name, url: witness.url, size: head.size };
  const signed = await signedIn(answer, said, head, witness.vkey);
  if ('code' in signed) {
    await recordOutside(ledger, { kind: 'log.anchor-refused', ...about, code: signed.code, said });
    return { ...told, stampedAt: null, failure: signed.code };
  }
  const { note, cosignature } = signed;
  const cosignedAt = instantOf(cosignature.time);
  const fact = { ...about, vkey: witness.vkey, checkpoint: note, cosignedAt };
  await recordOutside(ledger, { kind: 'log.anchor-cosigned', ...fact });
  return { ...told, stampedAt: cosignedAt, failure: null };
}

async function signedIn(
  { status, text }: NonNullable<Shown>,
  said: number | null,
  head: SealedHead,
  vkey: string,
): Promise<Awaited<ReturnType<typeof cosignedNote>> | { readonly code: WitnessCode }> {
  if (status === 409)
    return { code: said !== null && said > head.size ? 'witness-saw-more' : 'witness-answers-otherwise' };
  if (status !== 200) return { code: CODES[status] ?? 'witness-answers-otherwise' };
  try {
    return await cosignedNote(head.note, text, vkey);
  } catch (error) {
    const code = (error as { code?: ProofErrorCode }).code;
    if (code === undefined) throw error;
    return { code };
  }
}

function sizeIn(text: string): number | null {
  const [digits] = /^(?:0|[1-9][0-9]{0,15})(?=\n?$)/.exec(text) ?? [];
  return digits === undefined || !Number.isSafeInteger(Number(digits)) ? null : Number(digits);
}

type WitnessesSet = { readonly kind: 'log.witnesses-set'; readonly witnesses: readonly Witness[] };

/** Says whom to show each head from now on. */
export async function setWitnesses(
  ledger: Ledger,
  actor: Actor,
  wished: readonly Pick<Witness, 'vkey' | 'url'>[],
): Promise<Outcome<readonly Witness[], WitnessRefusal>> {
  const decided = decideWitnesses(wished);
  if (!decided.ok) return decided;
  const fact: WitnessesSet = { kind: 'log.witnesses-set', witnesses: decided.value };
  const pending = await sealFacts(ledger, [{ fact, stream: WORKSPACE_STREAM, actor }]);
  await ledger.db.transaction().execute(async (tx) => {
    await replaceWitnesses(tx, ledger.workspaceId, decided.value);
    await append(tx, ledger, pending);
  });
  ledger.wake();
  return decided;
}

/** Who is shown each head. */
export function witnessesOf({ db, workspaceId }: Ledger): Promise<readonly Witness[]> {
  return witnesses(db, workspaceId);
}
