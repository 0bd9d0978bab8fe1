import type { Actor, WorkspaceId } from '../../kernel/brand.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { loadEverybody } from '../account/account.actions.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream, WORKSPACE_STREAM } from '../ledger/ledger.ts';
import { loadWorkspace } from '../ledger/workspace.store.ts';
import {
  loadChosenName,
  loadNames,
  loadShownNames,
  partiesKnowing,
  projectOurNames,
} from './our-name.store.ts';
import {
  decideAddingName,
  decideKnowing,
  decideRetiringName,
  foreignNames,
  isGuarded,
  type KnownName,
  type NameKind,
  type OurNameFact,
  type OurNameRefusal,
  type OurNames,
} from './our-name.ts';
import { loadParty } from './party.store.ts';
import type { PartyId } from './party.ts';

// What modules downstream ask inside their own transactions.
export { loadShownNames } from './our-name.store.ts';

const SUBJECT = 'our-names';

/** Everything we are called. */
async function loadOurNames(db: Db | Tx, workspaceId: WorkspaceId): Promise<OurNames> {
  const names = await loadNames(db, workspaceId);
  const members = await loadEverybody(db, workspaceId);
  const { name: workspace } = await loadWorkspace(db, workspaceId);
  return { workspace, names, members: members.map(({ name }) => name) };
}

/** By which name a party knows us; null when the workspace has no name and nobody chose one. */
async function loadKnownName(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  party: string,
): Promise<KnownName | null> {
  const chosen = await loadChosenName(db, workspaceId, party);
  if (chosen?.name) return { id: chosen.id, name: chosen.name, kind: chosen.kind, isChosen: true };
  const { name } = await loadWorkspace(db, workspaceId);
  return name === null ? null : { id: null, name, kind: null, isChosen: chosen !== null };
}

/** All names we go by. */
export function ourNames({ db, workspaceId }: Ledger): Promise<OurNames> {
  return loadOurNames(db, workspaceId);
}

export function addOurName(
  ledger: Ledger,
  actor: Actor,
  wish: { readonly kind: NameKind; readonly name: string },
): Promise<Outcome<{ readonly id: string }, OurNameRefusal>> {
  return deciding(ledger, actor, SUBJECT, async (book) => {
    const id = ledger.newId();
    const decided = decideAddingName(id, await loadOurNames(book.tx, ledger.workspaceId), wish);
    if (!decided.ok) return decided;
    await book.record(WORKSPACE_STREAM, [decided.value], projectOurNames);
    return accept({ id });
  });
}

export function retireOurName(
  ledger: Ledger,
  actor: Actor,
  id: string,
): Promise<Outcome<{ readonly id: string }, OurNameRefusal>> {
  return deciding(ledger, actor, SUBJECT, async (book) => {
    const { names } = await loadOurNames(book.tx, ledger.workspaceId);
    const knownTo = await partiesKnowing(book.tx, ledger.workspaceId, id);
    const decided = decideRetiringName(names.find((one) => one.id === id) ?? null, knownTo);
    if (!decided.ok) return decided;
    await book.record(WORKSPACE_STREAM, [decided.value], projectOurNames);
    return accept({ id });
  });
}

/** Says by which name a party knows us from now on. The name lock is shared, so that none is retired meanwhile. */
export function letKnow(
  ledger: Ledger,
  actor: Actor,
  party: string,
  nameId: string | null,
): Promise<Outcome<{ readonly id: string }, OurNameRefusal>> {
  return deciding(ledger, actor, SUBJECT, async (book) => {
    const names = await loadOurNames(book.tx, ledger.workspaceId);
    const decided = decideKnowing(await loadParty(book.tx, ledger.workspaceId, party), names, nameId);
    if (!decided.ok) return decided;
    await book.record(partyStream(party), [decided.value], projectOurNames);
    return accept({ id: party });
  });
}

/** By which name a party knows us, and which others they were shown. */
export async function nameFor({ db, workspaceId }: Ledger, party: string) {
  if (!(await loadParty(db, workspaceId, party))) return refuse('party-unknown' as const);
  const [known, ours, shown] = await Promise.all([
    loadKnownName(db, workspaceId, party),
    loadOurNames(db, workspaceId),
    loadShownNames(db, workspaceId, party),
  ]);
  return accept({ known, isGuarded: known !== null && isGuarded(known, ours), shown });
}

/** What every text to a party is checked with. */
export type Naming = { readonly known: KnownName | null; readonly ours: OurNames };

export async function namingFor(db: Db | Tx, workspaceId: WorkspaceId, party: string): Promise<Naming> {
  const known = await loadKnownName(db, workspaceId, party);
  return { known, ours: await loadOurNames(db, workspaceId) };
}

/**
 * Refuses a text that says a name of ours which its reader does not know, unless each such name was confirmed.
 *
 * @param confirmed the names that somebody said may be shown, as they were refused before
 */
export function nameRefused({ known, ours }: Naming, text: string, confirmed: readonly string[]) {
  if (!known) return null;
  const carries = foreignNames(text, known, ours).filter((name) => !confirmed.includes(name));
  return carries.length === 0 ? null : refuse('name-not-theirs' as const, { knows: known.name, carries });
}

/** Records that a party is shown names that they did not know. Nothing when the text holds none. */
export async function recordShown(
  book: Book,
  { known, ours }: Naming,
  party: string,
  shown: { readonly text: string; readonly shownIn: 'letter' | 'bundle'; readonly of: string },
): Promise<void> {
  const names = known ? foreignNames(shown.text, known, ours) : [];
  if (!known || names.length === 0) return;
  const { shownIn, of } = shown;
  const fact: OurNameFact = {
    ...{ kind: 'party.name-shown', party: party as PartyId, knows: known.name },
    ...{ names, shownIn, of },
  };
  await book.record(partyStream(party), [fact], projectOurNames);
}
