import type { ExportSettings } from '@evenkeel/records/exported';
import type { Actor } from '../../kernel/brand.ts';
import type { Given } from '../../kernel/files.ts';
import type { Instant, Stated } from '../../kernel/instant.ts';
import { instantOf } from '../../kernel/instant.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { identifiersAmong } from '../party/party.actions.ts';
import { identifierOf, normalAddress, type PartyFact, type PartyId } from '../party/party.ts';
import {
  addTotals,
  type CoveredItem,
  type NextStep,
  NO_ITEMS,
  type RunId,
  type RunIssue,
  type SourceFact,
  type SourceId,
  type Totals,
} from '../source/source.ts';
import { erasedAmong } from './erased.store.ts';
import { originalsByLineDigest } from './interaction.store.ts';
import { directionOf, type InteractionId } from './interaction.ts';
import { type Addressed, filedUnder, sidesOf } from './picking.ts';
import type { PrivilegeWish } from './privilege.ts';
import type { ReadBatch, ReadItem, ReadMessage } from './reader.ts';
import { contactFact, type NewItem, prepareRecording } from './recording.actions.ts';

export type ImportWish = {
  readonly paths: readonly Given[];
  readonly actor: Actor;
  readonly only: readonly string[] | null;
  /** Also what names nobody who could be chosen. */
  readonly nameless?: boolean;
  readonly me: readonly string[];
  /** What a person stated about exports; nothing when it is left out. */
  readonly settings?: ExportSettings;
  /** The party everything chosen is filed under, made or found before. */
  readonly client: { readonly id: PartyId; readonly name: string } | null;
  /** Everything that is new in it is marked as what stays with us. */
  readonly privilege?: PrivilegeWish | null;
  /** Called when the run has ended, however it ended. */
  readonly after?: () => Promise<void>;
};

export type Begun = {
  readonly run: RunId;
  readonly source: SourceId;
  readonly step: number;
  readonly next: NextStep;
  readonly totals: Totals;
};

export type ImportState = {
  readonly begun: Begun;
  readonly me: ReadonlySet<string>;
  readonly only: ReadonlySet<string> | null;
  readonly nameless: boolean;
  readonly partyOf: Map<string, PartyId>;
  /** How people who have no party yet are called somewhere in the batch, by address. */
  readonly nameOf: Map<string, string>;
  /** Digests of items that are on their way into the database. */
  readonly inFlight: Forms;
  /** Files in which something was erased earlier, by their position: they are not kept whole. */
  readonly incomplete: Set<number>;
  step: number;
  totals: Totals;
};

export function newState(wish: ImportWish, begun: Begun): ImportState {
  return {
    begun,
    me: new Set(wish.me),
    only: wish.only && new Set(wish.only),
    nameless: wish.nameless ?? false,
    partyOf: new Map(),
    nameOf: new Map(),
    inFlight: new Map(),
    incomplete: new Set(),
    step: begun.step,
    totals: begun.totals,
  };
}

/**
 * Decides what becomes of the items of a batch, and seals what is new.
 *
 * @param more what else is written with it, once it is known which interaction each item is
 */
export async function prepareBatch(
  ledger: Ledger,
  state: ImportState,
  wish: ImportWish,
  batch: ReadBatch,
  ending: 'finished' | 'cancelled' | null,
  more: (covered: readonly CoveredItem[]) => readonly SourceFact[] = () => [],
) {
  const sorted = await sortBatch(ledger, state, wish, batch);
  state.totals = addTotals(state.totals, sorted.totals);
  state.step += 1;
  const { run, source } = state.begun;
  const facts: SourceFact[] = [
    {
      kind: 'source.covered',
      run,
      step: state.step,
      items: sorted.covered,
      totals: state.totals,
      issues: [...batch.issues, ...sorted.issues],
      next: batch.next,
    },
    ...more(sorted.covered),
  ];
  if (ending)
    facts.push({
      kind: 'source.run-ended',
      run,
      state: ending,
      totals: state.totals,
    });
  const prepared = await prepareRecording(ledger, {
    source,
    actor: wish.actor,
    parties: sorted.parties,
    items: sorted.items,
    facts,
    containers: batch.containers.map(({ frame, ...seen }) => ({
      ...{ run, seen },
      frame: state.incomplete.has(seen.position) ? null : frame,
    })),
  });
  return {
    prepared,
    totals: state.totals,
    inFlight: sorted.inFlight,
    acknowledged: sorted.items.filter((item) => !item.formOf).map((item) => item.id),
  };
}

type Sorted = {
  items: NewItem[];
  covered: CoveredItem[];
  parties: PartyFact[];
  inFlight: Forms;
  totals: Totals;
  issues: RunIssue[];
};

/** Decides for each item of a batch whether it is new, known, another form of a known one, left out or unreadable. */
async function sortBatch(
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

type Forms = Map<string, { sha256: string; interactionId: InteractionId }[]>;

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

function addressedBy({ from, participants }: ReadMessage['reading']): Addressed {
  const { to, cc, bcc } = participants;
  return { from, to, cc, bcc };
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

function newItem(
  ledger: Ledger,
  state: ImportState,
  wish: ImportWish,
  item: ReadMessage,
  id: InteractionId,
  isForm: boolean,
  parties: PartyFact[],
): NewItem {
  const { reading, exported = null } = item;
  const sides = sidesOf(addressedBy(reading));
  const addresses = isForm ? [] : (exported?.parties ?? filedUnder(sides, state) ?? []);
  const isClientsOnly = exported && addresses.length === 0 && !isForm;
  return {
    id,
    bytes: item.bytes,
    reading,
    interactionKind: exported?.kind ?? 'message',
    direction: exported ? exported.direction : directionOf(sides.from, sides.to, state.me),
    origin: {
      run: state.begun.run,
      container: item.name,
      format: item.format === 'export' ? null : item.format,
      member: item.member,
      start: item.start,
      until: item.until,
    },
    mediaType: exported?.mediaType ?? (item.format === 'msg' ? OUTLOOK : 'message/rfc822'),
    exportedAs: exported,
    exported: item.modifiedMs === null ? null : fileTime(item.modifiedMs),
    pasted: null,
    byHand: null,
    parties: item.parties ?? [
      ...new Set(
        addresses.map((address) =>
          partyFor(ledger, state, wish, address, state.nameOf.get(address) ?? null, parties),
        ),
      ),
      ...(isClientsOnly && wish.client ? [wish.client.id] : []),
    ],
    privilege: wish.privilege ?? null,
    formOf: isForm ? id : null,
  };
}

const OUTLOOK = 'application/vnd.ms-outlook';

function fileTime(modifiedMs: number): Stated {
  return {
    at: instantOf(Math.floor(modifiedMs)) as Instant,
    offsetMin: null,
    source: 'file-time',
    certainty: 'guessed',
  };
}

/** The party an address belongs to; a new contact, or the chosen client, when nobody is known by it. */
function partyFor(
  ledger: Ledger,
  state: ImportState,
  wish: ImportWish,
  address: string,
  name: string | null,
  facts: PartyFact[],
): PartyId {
  const known = state.partyOf.get(address);
  if (wish.client && known !== wish.client.id) {
    if (known) return wish.client.id;
    facts.push({
      kind: 'party.identified',
      id: wish.client.id,
      identifiers: [{ ...identifierOf(address, name), confidence: 'seen' }],
    });
    state.partyOf.set(address, wish.client.id);
    return wish.client.id;
  }
  if (known) return known;
  const id = ledger.newId() as PartyId;
  facts.push(contactFact(id, address, name));
  state.partyOf.set(address, id);
  return id;
}
