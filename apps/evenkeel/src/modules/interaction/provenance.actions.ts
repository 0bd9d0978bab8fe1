import { openCheckpoint } from '@evenkeel/proof/checkpoint';
import { verifyInclusion } from '@evenkeel/proof/inclusion';
import { decodeLeaf } from '@evenkeel/proof/leaf';
import { inclusionProof } from '@evenkeel/proof/prover';
import { leafHash } from '@evenkeel/proof/tree';
import { sha256 } from '../../kernel/sha256.ts';
import { stampsInOrder } from '../ledger/anchor.actions.ts';
import { stampsAround } from '../ledger/anchor.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { entriesById } from '../ledger/ledger.store.ts';
import { type Entry, sealedEnvelopeOf } from '../ledger/ledger.ts';
import { saltOf } from '../ledger/read.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { tileReader } from '../ledger/tree.store.ts';
import { loadObjects, objectOf } from '../vault/vault.store.ts';
import type { SealedObject } from '../vault/vault.ts';
import { filingsOf, type Original } from './detail.store.ts';

/** Everything a reader needs to check one interaction, and what checking it said just now. */
export async function provenanceOf(ledger: Ledger, sealer: Sealer, id: string, original: Original) {
  const head = await sealer.seal();
  const { db, workspaceId, vault } = ledger;
  const [entry] = await entriesById(db, workspaceId, [original.recordId]);
  const filings = await filingsOf(db, workspaceId, id);
  const filedEntries = await entriesById(
    db,
    workspaceId,
    filings.map((filing) => filing.recordId),
  );
  const object = objectOf(await loadObjects(db, workspaceId, [original.slot]), original.slot);
  const path = await inclusionProof(sha256, tileReader(db, workspaceId), entry!.index, head.size);
  const bytes = await vault.openObject(object).catch(() => null);
  return {
    entry: {
      index: entry!.index,
      id: entry!.id,
      kind: entry!.kind,
      actor: entry!.actor,
      recordedAt: entry!.recordedAt,
      ...leafParts(entry!),
    },
    filed: filings.map(({ recordId, partyId, partyName }) => ({
      index: filedEntries.find((e) => e.id === recordId)?.index ?? null,
      partyId,
      partyName,
    })),
    object: { commitment: hex(object.commitment), sizeBytes: object.sizeBytes, sha256: original.sha256 },
    opening: await openingOf(ledger, entry!, object),
    proof: {
      treeSize: head.size,
      leafHash: hex(leafHash(sha256, entry!.leaf)),
      root: hex(head.root),
      path: path.map(hex),
      checkpoint: head.note,
      vkey: sealer.key.vkey,
    },
    time: await boundsOf(ledger, entry!.index),
    recomputed: {
      bytesAreTheRecorded: bytes !== null && bytes !== 'erased' && hex(sha256(bytes)) === original.sha256,
      isErased: bytes === 'erased',
      entryIsInTheLog: holds(() =>
        verifyInclusion(sha256, {
          index: entry!.index,
          size: head.size,
          leafHash: leafHash(sha256, entry!.leaf),
          proof: path,
          root: head.root,
        }),
      ),
      headIsSigned: await openCheckpoint(head.note, sealer.key.vkey).then(
        () => true,
        () => false,
      ),
    },
  };
}

/** What outside authorities said about when the entry was written. */
async function boundsOf({ db, workspaceId }: Ledger, index: number) {
  const { before, after } = stampsAround(await stampsInOrder(db, workspaceId), index);
  return { notEarlierThan: before?.stampedAt ?? null, notLaterThan: after?.stampedAt ?? null };
}

/** What shows that the entry names these bytes: the sealed words themselves, and the salts of both commitments. */
async function openingOf({ vault }: Ledger, entry: Entry, object: SealedObject) {
  const envelope = await vault.openEnvelope(sealedEnvelopeOf(entry));
  const [envelopeSalt, objectSalt] = await Promise.all([
    saltOf(vault, entry.slot),
    saltOf(vault, object.slot),
  ]);
  if (envelope === 'erased' || !envelopeSalt || !objectSalt) return null;
  return {
    envelope: Buffer.from(envelope).toString('utf8'),
    envelopeSalt: hex(envelopeSalt),
    objectSalt: hex(objectSalt),
  };
}

function leafParts(entry: Entry): { leaf: string; commitment: string } {
  return { leaf: hex(entry.leaf), commitment: hex(decodeLeaf(entry.leaf).commit) };
}

function holds(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
