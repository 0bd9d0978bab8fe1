import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import { projectAnchors } from '../ledger/anchor.store.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream, WORKSPACE_STREAM } from '../ledger/ledger.ts';
import type { OutsideFact } from '../ledger/outside.ts';
import type { SealedHead, Sealer } from '../ledger/sealer.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import { carriesHead, type HeadChosen, projectHeadChoices } from './head.store.ts';

/** The head that a letter carries: its hash, which tells nothing, and the head itself, which we keep. */
export type CarriedHead = Pick<SealedHead, 'note' | 'size'> & { readonly sha256: string };

/** Whether the letters to a client carry the hash of the signed head. They do not until somebody says so. */
export async function headChoice({ db, workspaceId }: Ledger, party: string): Promise<{ carries: boolean }> {
  return { carries: await carriesHead(db, workspaceId, party) };
}

export async function chooseHead(
  ledger: Ledger,
  actor: Actor,
  party: string,
  carries: boolean,
): Promise<Outcome<{ carries: boolean }, 'party-unknown'>> {
  const { workspaceId } = ledger;
  return deciding(ledger, actor, `party:${party}`, async (book) => {
    if (!(await loadParty(book.tx, workspaceId, party))) return refuse('party-unknown');
    if ((await carriesHead(book.tx, workspaceId, party)) === carries) return accept({ carries });
    const fact: HeadChosen = { kind: 'outbox.head-chosen', party, carries };
    await book.record(partyStream(party), [fact], projectHeadChoices);
    return accept({ carries });
  });
}

/** The head to put into a letter to this client; null where none is to be. */
export async function headToCarry(
  { db, workspaceId }: Ledger,
  sealer: Sealer,
  party: string,
): Promise<CarriedHead | null> {
  if (!(await carriesHead(db, workspaceId, party))) return null;
  const { note, size } = await sealer.seal();
  return { note, size, sha256: sha256Hex(Buffer.from(note)) };
}

/** Keeps the head of which a letter holds the hash, before it leaves: without it the hash would show nothing. */
export async function keepCarried(
  book: Book,
  { sending, party }: { readonly sending: string; readonly party: string },
  { note, size, sha256 }: CarriedHead,
): Promise<void> {
  const fact: OutsideFact = { kind: 'log.anchor-carried', sending, party, checkpoint: note, size, sha256 };
  await book.record(WORKSPACE_STREAM, [fact], projectAnchors);
}
