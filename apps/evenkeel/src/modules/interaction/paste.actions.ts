import type { Actor } from '../../kernel/brand.ts';
import type { Tx } from '../../kernel/db.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Book } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import type { PartyFact, PartyId } from '../party/party.ts';
import type { SourceFact, SourceId } from '../source/source.ts';
import type { Direction, InteractionId, Pasted } from './interaction.ts';
import { newPartyFact } from './new-party.actions.ts';
import { readPasted } from './pasted.ts';
import type { PrivilegeWish } from './privilege.ts';
import { commitRecording, prepareRecording, projectRecording, type Recording } from './recording.actions.ts';

export type PasteWish = {
  readonly text: string;
  /** Whom it is filed under: one we know, or a new one by name. */
  readonly party: { readonly id: string } | { readonly name: string; readonly identifier: string | null };
  readonly direction: Extract<Direction, 'inbound' | 'outbound'>;
  readonly pasted: Pasted;
  readonly privilege?: PrivilegeWish | null;
  readonly actor: Actor;
};
export type PasteRefusal = 'nothing-pasted' | 'party-unknown' | 'party-unnamed';

/** Keeps pasted words as what they are: pasted, not an original. */
export async function keepPasted(
  ledger: Ledger,
  sealer: Sealer,
  wish: PasteWish,
): Promise<Outcome<InteractionId, PasteRefusal>> {
  if (wish.text.trim() === '') return refuse('nothing-pasted');
  const party = await partyOf(ledger, wish);
  if (!party.ok) return party;
  const { prepared, id } = await preparePasted(ledger, wish, party.value);
  await commitRecording(ledger, prepared);
  await sealer.seal();
  return accept(id);
}

/** The same as a part of something that is being decided: all of it is committed, or nothing. */
export async function keepPastedIn(
  ledger: Ledger,
  book: Book,
  wish: Omit<PasteWish, 'actor' | 'party'> & { readonly party: PartyId },
): Promise<Outcome<InteractionId, 'nothing-pasted'>> {
  if (wish.text.trim() === '') return refuse('nothing-pasted');
  const party = { id: wish.party, facts: [] };
  const { prepared, id } = await preparePasted(ledger, { ...wish, actor: book.actor }, party, book.tx);
  await projectRecording(book.tx, ledger, prepared);
  book.add(prepared.entries);
  return accept(id);
}

async function preparePasted(
  ledger: Ledger,
  wish: Omit<PasteWish, 'party'>,
  party: { readonly id: PartyId; readonly facts: readonly PartyFact[] },
  tx?: Tx,
) {
  const bytes = Buffer.from(wish.text.toWellFormed());
  const source = ledger.newId() as SourceId;
  const id = ledger.newId() as InteractionId;
  const opened: SourceFact = { kind: 'source.opened', id: source, sourceKind: 'paste', name: 'pasted' };
  const recording: Recording = {
    source,
    actor: wish.actor,
    parties: party.facts,
    items: [
      {
        id,
        bytes,
        reading: readPasted(bytes, wish.pasted),
        interactionKind: wish.pasted.way === 'call' ? 'call' : 'message',
        direction: wish.direction,
        origin: {
          run: null,
          container: 'pasted',
          format: null,
          member: null,
          start: 0,
          until: bytes.length,
        },
        mediaType: 'text/plain; charset=utf-8',
        exported: null,
        pasted: wish.pasted,
        byHand: null,
        parties: [party.id],
        privilege: wish.privilege ?? null,
        formOf: null,
      },
    ],
    facts: [opened],
  };
  return { prepared: await prepareRecording(ledger, recording, tx), id };
}

async function partyOf(
  ledger: Ledger,
  { party }: PasteWish,
): Promise<Outcome<{ readonly id: PartyId; readonly facts: readonly PartyFact[] }, PasteRefusal>> {
  if (!('id' in party)) return newPartyFact(ledger, ledger.db, party);
  const known = await loadParty(ledger.db, ledger.workspaceId, party.id);
  return known ? accept({ id: known.id, facts: [] }) : refuse('party-unknown');
}
