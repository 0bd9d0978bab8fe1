import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type ExhibitSource, loadUnshownWords } from '../interaction/detail.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { ReadEntry } from '../ledger/ledger.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { namingFor } from '../party/our-name.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import { markReason, staysWithUs } from './apart.ts';
import { type Gathered, gather, TEXT_LIMIT } from './gather.actions.ts';
import { isOpened } from './kept-back.ts';
import { namesAndOthers, sharedAmong } from './subject.store.ts';
import {
  type Others,
  othersKnown,
  SUBJECT_SAYS,
  type SubjectReason,
  type SubjectTreatment,
  treatmentOf,
} from './subject.ts';

export type SubjectWish = {
  /** Whether the bundle is the client's own copy of what is kept about them. */
  readonly forSubject: boolean;
  /** Records that were looked at and may go as they are. */
  readonly letThrough: readonly string[];
};

/** One record as the client would get it. */
export type SubjectItem = {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly direction: ExhibitSource['direction'];
  readonly subject: string | null;
  readonly text: string;
  readonly attachments: readonly string[];
  /** What its file says beside its words; null for what came in no export, and of a copy. */
  readonly beside: Pick<NonNullable<ExhibitSource['exported']>, 'reactions' | 'earlier'> | null;
  readonly treatment: SubjectTreatment;
  readonly reason: SubjectReason | null;
  /** Why it stays with us; null for any other reason. */
  readonly basis: string | null;
  /** Whom else it names; for our own eyes. */
  readonly others: readonly string[];
};

/** Why records stay out of the client's own copy, by their ids; nothing where the bundle is for somebody else. */
export async function subjectReasons(
  ledger: Ledger,
  gathered: Gathered,
  { forSubject, letThrough, party }: SubjectWish & { readonly party: string },
): Promise<ReadonlyMap<string, string>> {
  if (!forSubject) return new Map();
  const items = await lookAll(ledger, gathered, party, new Set(letThrough));
  return new Map(
    items.flatMap(({ id, reason }) =>
      reason === null || reason === 'stays-with-us' ? [] : [[id, SUBJECT_SAYS[reason]] as const],
    ),
  );
}

/** Entries of our own record that name others: by their records, so that they are counted and not opened. */
export async function entriesNamingOthers(
  ledger: Ledger,
  { stream }: Gathered,
  party: string,
): Promise<ReadonlySet<string>> {
  const others = await othersOf(ledger, party);
  const names = ({ fact }: ReadEntry) => others.namedIn(JSON.stringify(fact)).length > 0;
  return new Set(stream.entries.filter((entry) => isOpened(entry) && names(entry)).map(({ id }) => id));
}

export async function othersOf({ db, workspaceId }: Ledger, party: string): Promise<Others> {
  const [{ own, others }, { ours }] = await Promise.all([
    namesAndOthers(db, workspaceId, party),
    namingFor(db, workspaceId, party),
  ]);
  const us = [ours.workspace, ...ours.names.map(({ name }) => name), ...ours.members];
  return othersKnown(others, [...own, ...us.filter((name) => name !== null)]);
}

async function lookAll(
  ledger: Ledger,
  gathered: Gathered,
  party: string,
  letThrough: ReadonlySet<string>,
): Promise<readonly SubjectItem[]> {
  const { db, workspaceId } = ledger;
  const filed = gathered.sources.filter(({ isFiled }) => isFiled);
  const ids = filed.map(({ id }) => id);
  const shared = await sharedAmong(db, workspaceId, party, ids);
  const unshown = await loadUnshownWords(db, workspaceId, ids, TEXT_LIMIT);
  const { own } = await namesAndOthers(db, workspaceId, party);
  const addresses = new Set(own.map((word) => word.toLowerCase()));
  const known = await othersOf(ledger, party);
  return filed.map((source) => {
    const { id, at, kind, direction, subject, text, attachments, exported } = source;
    const people = (source.noted?.people ?? []).join('\n');
    const names = attachments.map(({ name }) => name ?? '').join('\n');
    const others = known.namedIn([subject ?? '', text, people, names, unshown.get(id) ?? ''].join('\n'));
    const look = {
      staysWithUs: staysWithUs(gathered, id),
      hasCopy: gathered.apart.copies.has(id),
      isLetThrough: letThrough.has(id),
      isBetweenUs: isBetweenUs(source, addresses, shared.has(id)),
      isShared: shared.has(id),
      others,
    };
    const basis = look.staysWithUs ? (markReason(gathered.apart, id) ?? 'offered without prejudice') : null;
    return {
      ...{ id, at, kind, direction, subject, text, others, basis },
      attachments: attachments.map(({ name }) => name ?? ''),
      beside: exported && { reactions: exported.reactions, earlier: exported.earlier },
      ...treatmentOf(look),
    };
  });
}

/** Whether they wrote it or it was written to them; what we noted of a call is ours alone. */
function isBetweenUs(
  { noted, direction, participants }: ExhibitSource,
  addresses: ReadonlySet<string>,
  isShared: boolean,
): boolean {
  if (noted || (direction !== 'inbound' && direction !== 'outbound')) return false;
  const people = Object.values(participants).flat();
  const isThere = people.some(({ address }) => address !== null && addresses.has(address.toLowerCase()));
  return isThere || !isShared;
}

/** What a client would read if they asked for their data today. */
export type AsClient = {
  readonly name: string;
  readonly counts: Readonly<Record<SubjectTreatment, number>>;
  /** Entries of our own record about them: points, promises, boundaries; told, and counted only. */
  readonly own: { readonly told: number; readonly kept: number };
  readonly items: readonly SubjectItem[];
  readonly next: number | null;
};

const SHOWN_TEXT = 4000;

/** The record as the client would read it, oldest first; `after` counts the records that were read already. */
export async function readAsClient(
  ledger: Ledger,
  sealer: Sealer,
  party: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<Outcome<AsClient, 'party-unknown'>> {
  const found = await loadParty(ledger.db, ledger.workspaceId, party);
  if (!found) return refuse('party-unknown');
  const gathered = await gather(ledger, party, (await sealer.seal()).size, 'subject');
  const items = await lookAll(ledger, gathered, party, new Set());
  const naming = await entriesNamingOthers(ledger, gathered, party);
  const own = gathered.stream.entries.filter(({ kind }) => !kind.startsWith('interaction.'));
  const told = own.filter((entry) => isOpened(entry) && !naming.has(entry.id)).length;
  const count = (one: SubjectTreatment) => items.filter(({ treatment }) => treatment === one).length;
  return accept({
    name: found.name,
    counts: { whole: count('whole'), copy: count('copy'), withheld: count('withheld') },
    own: { told, kept: own.length - told },
    items: items
      .slice(after, after + limit)
      .map((item) => ({ ...item, text: item.text.slice(0, SHOWN_TEXT) })),
    next: after + limit < items.length ? after + limit : null,
  });
}
