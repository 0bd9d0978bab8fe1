import { decodeLeaf } from '@evenkeel/proof/leaf';
import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { entriesById } from '../ledger/ledger.store.ts';
import { partyStream, WORKSPACE_STREAM } from '../ledger/ledger.ts';
import type { Held } from '../party/likeness.ts';
import { allHeld, apartFrom, loadParty, projectParties } from '../party/party.actions.ts';
import { type Identifier, identifierOf, type PartyFact, type PartyId } from '../party/party.ts';
import { projectInteractions } from './interaction.store.ts';
import type { InteractionFact } from './interaction.ts';
import { type FiledBy, filedAmong, filedBy, onCardsOf } from './joining.store.ts';

export type JoiningRefusal = 'party-unknown' | 'identifier-unknown' | 'identifier-theirs-already';
type Named = Pick<Identifier, 'kind' | 'value'>;
/** `from` is null for what was nobody's. */
type Moved = Outcome<
  { readonly from: string | null; readonly to: string; readonly moved: number },
  JoiningRefusal
>;

/** By what somebody is reached, and what of others may be theirs too. @param country of numbers that name none */
export async function identifiersOf({ db, workspaceId }: Ledger, party: string, country: string | null) {
  const [all, apart, carded] = await Promise.all([
    allHeld(db, workspaceId),
    apartFrom(db, workspaceId, party),
    onCardsOf(db, workspaceId, party),
  ]);
  const onCards = carded.map(({ value, label }) => identifierOf(value, label));
  // What is known of every country's numbers is large; it is loaded when somebody looks, not at the start.
  const { numberOf, proposalsFor } = await import('../party/likeness.ts');
  const mine = all.filter(({ partyId }) => partyId === party);
  return {
    items: mine.map(({ kind, value, label }) => ({ kind, value, label, number: numberOf(value, country) })),
    proposals: proposalsFor(party, all, apart, country, onCards),
  };
}

/**
 * Moves an identifier to the party it belongs to, together with what is filed because of it; to a new contact when no
 * party is named. Moving it back undoes all of it: both stand in the ledger.
 */
export function moveIdentifierTo(
  ledger: Ledger,
  actor: Actor,
  identifier: Named,
  to: string | null,
): Promise<Moved> {
  return deciding(ledger, actor, 'identifiers', async (book): Promise<Moved> => {
    const all = await allHeld(book.tx, ledger.workspaceId);
    const held = all.find(({ kind, value }) => kind === identifier.kind && value === identifier.value);
    if (!held) return to === null ? refuse('identifier-unknown') : giveFromCard(ledger, book, identifier, to);
    if (held.partyId === to) return refuse('identifier-theirs-already');
    if (to !== null && !(await loadParty(book.tx, ledger.workspaceId, to))) return refuse('party-unknown');
    const target = (to ?? ledger.newId()) as PartyId;
    const from = held.partyId as PartyId;
    const facts: PartyFact[] = [
      ...(to === null ? [newContact(target, held)] : []),
      { kind: 'party.identifier-moved', identifier, from, to: target },
    ];
    await book.record(WORKSPACE_STREAM, facts, projectParties);
    const filed = await filedBy(book.tx, ledger.workspaceId, from, identifier.value);
    await refile(ledger, book, filed, from, target);
    return accept({ from, to: target, moved: filed.length });
  });
}

/** What nobody is known by yet becomes theirs when it stands on a card of theirs; what else is typed is no proof of it. */
async function giveFromCard(ledger: Ledger, book: Book, { kind, value }: Named, to: string): Promise<Moved> {
  const onCards = await onCardsOf(book.tx, ledger.workspaceId, to);
  const [found] = onCards
    .map((one) => identifierOf(one.value, one.label))
    .filter((one) => one.kind === kind && one.value === value);
  if (!found) return refuse('identifier-unknown');
  const fact: PartyFact = { kind: 'party.identified', id: to as PartyId, identifiers: [found] };
  await book.record(WORKSPACE_STREAM, [fact], projectParties);
  return accept({ from: null, to, moved: 0 });
}

function newContact(id: PartyId, { label, value }: Held): PartyFact {
  return { kind: 'party.added', id, name: label?.trim() || value, state: 'contact', identifiers: [] };
}

async function refile(
  ledger: Ledger,
  book: Book,
  filed: readonly FiledBy[],
  from: PartyId,
  to: PartyId,
): Promise<void> {
  if (filed.length === 0) return;
  const ids = filed.map(({ id }) => id);
  const there = await filedAmong(book.tx, ledger.workspaceId, to, ids);
  const entries = await entriesById(
    book.tx,
    ledger.workspaceId,
    filed.map(({ recordId }) => recordId),
  );
  const leaves = new Map(entries.map(({ id, leaf }) => [id, leaf]));
  const newly = filed.flatMap(({ id, recordId }): InteractionFact[] => {
    const leaf = leaves.get(recordId);
    if (!leaf || there.has(id)) return [];
    const record = Buffer.from(decodeLeaf(leaf).commit).toString('hex');
    return [{ kind: 'interaction.filed', interaction: id, party: to, record }];
  });
  const gone = ids.map((id): InteractionFact => {
    return { kind: 'interaction.unfiled', interaction: id, party: from, reason: 'identifier-moved' };
  });
  const project = (
    tx: Book['tx'],
    workspaceId: Ledger['workspaceId'],
    recorded: Parameters<typeof projectInteractions>[2],
  ) => projectInteractions(tx, workspaceId, recorded, nothingRead, nothingRead);
  await book.record(partyStream(to), newly, project);
  await book.record(partyStream(from), gone, project);
}

function nothingRead(): never {
  throw new Error('a filing has no bytes to be read');
}

/** Keeps two parties two: they are proposed as one no more. */
export function keepPartiesApart(
  ledger: Ledger,
  actor: Actor,
  id: string,
  other: string,
): Promise<Outcome<null, 'party-unknown'>> {
  return deciding(ledger, actor, 'identifiers', async (book) => {
    for (const each of [id, other])
      if (!(await loadParty(book.tx, ledger.workspaceId, each))) return refuse('party-unknown');
    const fact: PartyFact = { kind: 'party.kept-apart', id: id as PartyId, other: other as PartyId };
    await book.record(WORKSPACE_STREAM, [fact], projectParties);
    return accept(null);
  });
}
