import type { Ledger } from '../ledger/ledger.actions.ts';
import { identifiersAmong } from '../party/party.actions.ts';
import { normalAddress, type PartyFact } from '../party/party.ts';
import { addTotals, type CoveredItem, NO_ITEMS, type RunIssue, type Totals } from '../source/source.ts';
import { erasedAmong } from './erased.store.ts';
import type { Forms, ImportState, ImportWish } from './import-batch.ts';
import { addressedBy, newItem } from './import-item.actions.ts';
import { originalsByLineDigest } from './interaction.store.ts';
import type { InteractionId } from './interaction.ts';
import { sidesOf } from './picking.ts';
import type { ReadBatch, ReadItem, ReadMessage } from './reader.ts';
import type { NewItem } from './recording.actions.ts';

type Sorted = {
  items: NewItem[];
  covered: CoveredItem[];
  parties: PartyFact[];
  inFlight: Forms;
  totals: Totals;
  issues: RunIssue[];
};

/** Decides for each item of a batch whether it is new, known, another form of a known one, left out or unreadable. */
export async function sortBatch(
  ledger: Ledger,
  state: ImportState,
  wish: ImportWish,
  batch: ReadBatch,
): Promise<Sorted> {
  const read = batch.items.filter((item): item is ReadMessage => item.outcome === 'item');
  const known = await knownForms(ledger, state, read);
  await meetParties(ledger, state, read);
  const sorted: Sorted = {
    items: [],
    covered: [],
    parties: [],
    inFlight: new Map(),
    totals: NO_ITEMS,
    issues: [],
  };
  const erased = await erasedAmong(
    ledger,
    read.flatMap(({ reading }) => [reading.sha256, reading.lineDigest]),
  );
  for (const item of batch.items) {
    const issue = erasedIssue(item, erased);
    if (issue) {
      sorted.issues.push(issue);
      state.incomplete.add(item.container);
    }
    sortItem(ledger, state, wish, issue ? { ...item, outcome: 'left-out' } : item, known, sorted);
  }
  return sorted;
}

/** What was erased here is not brought in again unasked: it is counted as left out, and said. */
function erasedIssue(item: ReadItem, erased: ReadonlySet<string>): RunIssue | null {
  if (item.outcome !== 'item') return null;
  const { sha256, lineDigest } = item.reading;
  if (!erased.has(sha256) && !erased.has(lineDigest)) return null;
  const { member, start, until } = item;
  return {
    code: 'erased-earlier',
    message: 'It was erased here earlier and was not brought in again.',
    container: item.name,
    member,
    range: { start, end: until },
  };
}

async function knownForms(ledger: Ledger, state: ImportState, read: readonly ReadMessage[]): Promise<Forms> {
  const forms: Forms = new Map();
  // Looked at before the query: what is committed while it runs leaves this list, and the query may not see it.
  const inFlight = new Map(state.inFlight);
  const digests = [...new Set(read.map((item) => item.reading.lineDigest))];
  for (const { lineDigest, ...form } of await originalsByLineDigest(ledger.db, ledger.workspaceId, digests)) {
    forms.set(lineDigest, [...(forms.get(lineDigest) ?? []), form]);
  }
  for (const digest of digests) if (inFlight.has(digest)) forms.set(digest, inFlight.get(digest)!);
  return forms;
}

/** Learns whom addresses belong to, also those that somebody added since this import began, and how strangers are called. */
async function meetParties(ledger: Ledger, state: ImportState, read: readonly ReadMessage[]): Promise<void> {
  state.nameOf.clear();
  for (const { from, participants } of read.map(({ reading }) => reading))
    for (const one of [from, ...participants.to, ...participants.cc, ...participants.bcc])
      if (one?.name && one.address && !state.nameOf.has(normalAddress(one.address)))
        state.nameOf.set(normalAddress(one.address), one.name);
  const met = read.flatMap(({ reading, exported }) => {
    const { from, to } = sidesOf(addressedBy(reading));
    return [...(from === null ? [] : [from]), ...to, ...(exported?.parties ?? [])];
  });
  const strangers = [...new Set(met)].filter((address) => !state.partyOf.has(address));
  if (strangers.length === 0) return;
  for (const { value, partyId } of await identifiersAmong(ledger.db, ledger.workspaceId, strangers))
    state.partyOf.set(value, partyId);
}

function sortItem(
  ledger: Ledger,
  state: ImportState,
  wish: ImportWish,
  item: ReadItem,
  known: Forms,
  sorted: Sorted,
): void {
  const cover = (outcome: CoveredItem[4], interaction: string | null, count: Partial<Totals>) => {
    sorted.covered.push([item.container, item.member, item.start, item.until, outcome, interaction]);
    sorted.totals = addTotals(sorted.totals, { ...NO_ITEMS, items: 1, ...count });
  };
  if (item.outcome !== 'item') {
    if (item.outcome === 'left-out') cover('l', null, { leftOut: 1 });
    else cover('u', null, { unreadable: 1 });
    return;
  }
  const { reading } = item;
  const forms = known.get(reading.lineDigest) ?? [];
  const same = forms.find((form) => form.sha256 === reading.sha256);
  if (same) {
    cover('d', same.interactionId, { duplicates: 1 });
    return;
  }
  const id = forms[0]?.interactionId ?? (ledger.newId() as InteractionId);
  const made = { sha256: reading.sha256, interactionId: id };
  const all = [...forms, made];
  for (const place of [known, state.inFlight, sorted.inFlight]) place.set(reading.lineDigest, all);
  sorted.items.push(newItem(ledger, state, wish, item, id, forms.length > 0, sorted.parties));
  // Another form of a known interaction is kept, and counted as the duplicate that it is.
  if (forms.length > 0) cover('d', id, { duplicates: 1 });
  else cover('r', id, { imported: 1 });
}
