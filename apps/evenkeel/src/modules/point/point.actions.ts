import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Cite, type CiteRefusal, citesRefused } from '../interaction/cites.actions.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream } from '../ledger/ledger.ts';
import { loadParty } from '../party/party.actions.ts';
import { citedRecords } from './commitment.store.ts';
import { wordsRefused } from './commitment-cites.ts';
import {
  citesOfPoints,
  lastPointNumber,
  loadPoint,
  loadPointRow,
  pageOfPoints,
  projectPoints,
} from './point.store.ts';
import {
  decideAgreement,
  decideAnswer,
  decideClosing,
  decideExpected,
  decideGround,
  decideNaming,
  decideOpening,
  decidePrice,
  decideRaising,
  decideReopening,
  decideWeighing,
  decideWithdrawal,
  type Ground,
  type Point,
  type PointFact,
  type PointId,
  type PointKind,
  type PointRefusal,
  STANDING_STATES,
  type Voices,
  type Weight,
} from './point.ts';
import { decideMerge, decideSplit, isSame, type Split } from './same-point.ts';

export type PointWishRefusal = PointRefusal | CiteRefusal | 'party-unknown';

export type OpeningWish = {
  readonly kind: PointKind;
  readonly title: string;
  readonly cite: Cite;
  readonly expected: Cite | null;
  readonly aboutId: string | null;
};
export type Opened = { readonly id: string; readonly number: number };

/** A person makes a point of words of the record. */
export async function openPoint(
  ledger: Ledger,
  actor: Actor,
  partyId: string,
  { kind: pointKind, title, cite, expected, aboutId }: OpeningWish,
): Promise<Outcome<Opened, PointWishRefusal>> {
  const { db, workspaceId } = ledger;
  if (!(await loadParty(db, workspaceId, partyId))) return refuse('party-unknown');
  return deciding(ledger, actor, `party:${partyId}`, async (book) => {
    const { tx } = book;
    const lost = await citesRefused(tx, workspaceId, partyId, expected ? [cite, expected] : [cite]);
    if (lost) return lost;
    const about = aboutId === null ? null : await loadPointRow(tx, workspaceId, { id: aboutId });
    const decided = decideOpening(
      {
        id: ledger.newId() as PointId,
        partyId,
        number: (await lastPointNumber(tx, workspaceId, partyId)) + 1,
      },
      { pointKind, title, cite, expected, aboutId },
      {
        isCited: await isAskedElsewhere(book, ledger, partyId, cite),
        isAboutKnown: aboutId === null || about?.partyId === partyId,
        voices: await voicesOf(book, ledger, cite),
      },
    );
    if (!decided.ok) return decided;
    await book.record(partyStream(partyId), [decided.value], projectPoints);
    const { id, number } = decided.value;
    return accept({ id, number });
  });
}

const EVERY = { states: STANDING_STATES, after: 0, limit: 100_000 };

/** Whether exactly these words are a point already: a second click makes no second one. */
async function isAskedElsewhere(
  { tx }: Book,
  { workspaceId }: Ledger,
  partyId: string,
  cite: Cite,
  except: string | null = null,
): Promise<boolean> {
  const points = await pageOfPoints(tx, workspaceId, partyId, EVERY);
  const cites = await citesOfPoints(
    tx,
    workspaceId,
    points.map(({ id }) => id),
  );
  return cites.some((known) => known.role === 'asked' && known.pointId !== except && isSame(known, cite));
}

/** Who speaks in the record that is quoted. */
async function voicesOf({ tx }: Book, { workspaceId }: Ledger, cite: Cite | null): Promise<Voices> {
  if (cite === null) return { isOurs: false, isTheirs: false };
  const records = await citedRecords(tx, workspaceId, [cite]);
  return {
    isOurs: wordsRefused('ours', [cite], records) === null,
    isTheirs: wordsRefused('theirs', [cite], records) === null,
  };
}

type Deciding = (point: Point, voices: Voices) => Outcome<PointFact, PointRefusal>;

/** Decides about one point; `cites` are looked up first, and the first of them tells whose words it is about. */
async function about(
  ledger: Ledger,
  actor: Actor,
  id: string,
  cites: readonly (Cite | null)[],
  decide: Deciding,
): Promise<Outcome<Opened, PointWishRefusal>> {
  const { db, workspaceId } = ledger;
  const found = await loadPointRow(db, workspaceId, { id });
  if (!found) return refuse('point-unknown');
  return deciding(ledger, actor, `party:${found.partyId}`, async (book) => {
    const quoted = cites.filter((cite) => cite !== null);
    const lost = await citesRefused(book.tx, workspaceId, found.partyId, quoted);
    if (lost) return lost;
    const point = await loadPoint(book.tx, workspaceId, id);
    if (!point) return refuse('point-unknown');
    const decided = decide(point, await voicesOf(book, ledger, quoted[0] ?? null));
    if (!decided.ok) return decided;
    await book.record(partyStream(found.partyId), [decided.value], projectPoints);
    return accept({ id, number: point.number });
  });
}

type Done = Promise<Outcome<Opened, PointWishRefusal>>;

export function namePoint(
  ledger: Ledger,
  actor: Actor,
  id: string,
  { title, kind }: { readonly title: string; readonly kind: PointKind },
): Done {
  return about(ledger, actor, id, [], (point) => decideNaming(point, { title, pointKind: kind }));
}

export function answerPoint(ledger: Ledger, actor: Actor, id: string, cite: Cite): Done {
  return about(ledger, actor, id, [cite], (point, voices) => decideAnswer(point, cite, voices));
}

/** @param cite their words; null is refused: that they said nothing is no agreement */
export function agreePoint(
  ledger: Ledger,
  actor: Actor,
  id: string,
  cite: Cite | null,
  terms: Cite | null,
): Done {
  return about(ledger, actor, id, [cite, terms], (point, voices) =>
    decideAgreement(point, cite, terms, voices),
  );
}

export function closePoint(ledger: Ledger, actor: Actor, id: string, reason: string): Done {
  return about(ledger, actor, id, [], (point) => decideClosing(point, reason));
}

export function reopenPoint(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly newFact: string; readonly cite: Cite | null },
): Done {
  return about(ledger, actor, id, [wish.cite], (point) => decideReopening(point, wish));
}

export function raisePoint(ledger: Ledger, actor: Actor, id: string, cite: Cite): Done {
  return about(ledger, actor, id, [cite], (point, voices) => decideRaising(point, cite, voices));
}

export function groundPoint(ledger: Ledger, actor: Actor, id: string, ground: Ground, reason: string): Done {
  return about(ledger, actor, id, [], (point) => decideGround(point, ground, reason));
}

export function expectOfPoint(ledger: Ledger, actor: Actor, id: string, cite: Cite): Done {
  return about(ledger, actor, id, [cite], (point, voices) => decideExpected(point, cite, voices));
}

export function weighForPoint(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly cite: Cite; readonly weight: Weight; readonly reason: string },
): Done {
  return about(ledger, actor, id, [wish.cite], (point) => decideWeighing(point, wish));
}

export function pricePoint(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly cents: number; readonly currency: string; readonly reason: string },
): Done {
  return about(ledger, actor, id, [], (point) => decidePrice(point, wish));
}

export function withdrawPoint(ledger: Ledger, actor: Actor, id: string, reason: string): Done {
  return about(ledger, actor, id, [], (point) => decideWithdrawal(point, reason));
}

/** @param intoId the point that it is the same as, and that counts for both from now on */
export async function mergePoint(
  ledger: Ledger,
  actor: Actor,
  id: string,
  wish: { readonly intoId: string; readonly reason: string },
): Done {
  const into = await loadPoint(ledger.db, ledger.workspaceId, wish.intoId);
  if (!into) return refuse('point-unknown');
  return deciding(ledger, actor, `party:${into.partyId}`, async (book) => {
    const { tx } = book;
    const point = await loadPoint(tx, ledger.workspaceId, id);
    const now = await loadPoint(tx, ledger.workspaceId, wish.intoId);
    if (!point || !now) return refuse('point-unknown');
    const decided = decideMerge(point, now, wish.reason);
    if (!decided.ok) return decided;
    await book.record(partyStream(point.partyId), [decided.value], projectPoints);
    return accept({ id: now.id, number: now.number });
  });
}

/** @returns the second point */
export async function splitPoint(ledger: Ledger, actor: Actor, id: string, wish: Split): Done {
  const { workspaceId } = ledger;
  const found = await loadPointRow(ledger.db, workspaceId, { id });
  if (!found) return refuse('point-unknown');
  const { partyId } = found;
  return deciding(ledger, actor, `party:${partyId}`, async (book) => {
    const { tx } = book;
    const lost = await citesRefused(tx, workspaceId, partyId, wish.cites);
    if (lost) return lost;
    const point = await loadPoint(tx, workspaceId, id);
    if (!point) return refuse('point-unknown');
    const second = {
      id: ledger.newId() as PointId,
      number: (await lastPointNumber(tx, workspaceId, partyId)) + 1,
      isCitedElsewhere: await isAnyAskedElsewhere(book, ledger, point, wish.cites),
      areTheirs: wordsRefused('theirs', wish.cites, await citedRecords(tx, workspaceId, wish.cites)) === null,
    };
    const decided = decideSplit(point, wish, second);
    if (!decided.ok) return decided;
    await book.record(partyStream(partyId), decided.value, projectPoints);
    return accept({ id: second.id, number: second.number });
  });
}

async function isAnyAskedElsewhere(
  book: Book,
  ledger: Ledger,
  { id, partyId }: Point,
  cites: readonly Cite[],
): Promise<boolean> {
  for (const cite of cites) if (await isAskedElsewhere(book, ledger, partyId, cite, id)) return true;
  return false;
}
