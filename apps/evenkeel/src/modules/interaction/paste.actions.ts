import { detectLanguage } from '@evenkeel/language/analyse';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Actor } from '../ledger/ledger.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { identifiersAmong, loadParty } from '../party/party.actions.ts';
import { identifierOf, type PartyFact, type PartyId } from '../party/party.ts';
import type { SourceFact, SourceId } from '../source/source.ts';
import type { Direction, InteractionId, Pasted } from './interaction.ts';
import { readPasted } from './pasted.ts';
import { commitRecording, prepareRecording } from './recording.actions.ts';

export type PasteWish = {
  readonly text: string;
  /** Whom it is filed under: one we know, or a new one by name. */
  readonly party: { readonly id: string } | { readonly name: string; readonly identifier: string | null };
  readonly direction: Extract<Direction, 'inbound' | 'outbound'>;
  readonly pasted: Pasted;
  readonly actor: Actor;
};
export type PasteRefusal = 'nothing-pasted' | 'party-unknown' | 'party-unnamed';

/** What can be said of a text without keeping any of it. */
export function lookAt(text: string): { readonly lang: string; readonly characters: number } {
  return { lang: detectLanguage(text), characters: text.length };
}

/** Keeps pasted words as what they are: pasted, not an original. */
export async function keepPasted(
  ledger: Ledger,
  sealer: Sealer,
  wish: PasteWish,
): Promise<Outcome<InteractionId, PasteRefusal>> {
  if (wish.text.trim() === '') return refuse('nothing-pasted');
  const party = await partyOf(ledger, wish);
  if (!party.ok) return party;
  const bytes = Buffer.from(wish.text.toWellFormed());
  const source = ledger.newId() as SourceId;
  const id = ledger.newId() as InteractionId;
  const opened: SourceFact = { kind: 'source.opened', id: source, sourceKind: 'paste', name: 'pasted' };
  const prepared = await prepareRecording(ledger, {
    source,
    actor: wish.actor,
    parties: party.value.facts,
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
        parties: [party.value.id],
        formOf: null,
      },
    ],
    facts: [opened],
  });
  await commitRecording(ledger, prepared);
  await sealer.seal();
  return accept(id);
}

type Filed = { readonly id: PartyId; readonly facts: readonly PartyFact[] };

async function partyOf(ledger: Ledger, { party }: PasteWish): Promise<Outcome<Filed, PasteRefusal>> {
  if ('id' in party) {
    const known = await loadParty(ledger.db, ledger.workspaceId, party.id);
    return known ? accept({ id: known.id, facts: [] }) : refuse('party-unknown');
  }
  const name = party.name.trim();
  if (name === '') return refuse('party-unnamed');
  const identifiers = party.identifier ? [identifierOf(party.identifier, name)] : [];
  const [holder] = await identifiersAmong(
    ledger.db,
    ledger.workspaceId,
    identifiers.map(({ value }) => value),
  );
  // Whoever is known by this address is who wrote, under whatever name they were typed this time.
  if (holder) return accept({ id: holder.partyId, facts: [] });
  const id = ledger.newId() as PartyId;
  return accept({ id, facts: [{ kind: 'party.added', id, name, state: 'contact', identifiers }] });
}
