import type { Db, Tx } from '../../../kernel/db.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { loadWorkspace } from '../../ledger/workspace.store.ts';
import {
  callingCodeOf,
  confidenceAt,
  type MatchKind,
  type MatchLevel,
  matchKeyOf,
  matchLevelOf,
} from '../../party/matching.ts';
import {
  type Compared,
  givenLike,
  type Held,
  heldLike,
  keysOf,
  partiesNamed,
  verdictsOf,
} from './screening.store.ts';
import type { UsedKey } from './screening.ts';
import { loadWarnings, type WarningRow } from './warning.store.ts';

export type Shared = {
  readonly kind: MatchKind;
  readonly value: string;
  readonly usedAt: Instant;
  /** 0…1, by how long ago it was last used. */
  readonly confidence: number;
  readonly where: Held['where'];
};

/** Another party that an identifier of this one also leads to. */
export type Match = {
  readonly partyId: string;
  readonly name: string;
  readonly state: string;
  readonly level: MatchLevel;
  readonly shared: readonly Shared[];
  readonly verdict: Compared | null;
  /** Entries in force; only where two identifiers, or a member, say that it is the same person. */
  readonly warnings: readonly WarningRow[];
};

/** Whom inquiries may be from beside who they say: by the record and by inquiries before. */
export async function matchesOf(
  { workspaceId, chance }: Ledger,
  db: Db | Tx,
  inquiries: readonly { readonly id: string; readonly partyId: string }[],
): Promise<ReadonlyMap<string, readonly Match[]>> {
  const keys = await keysOf(
    db,
    workspaceId,
    inquiries.map(({ id }) => id),
  );
  const [{ zone }, held, given, verdicts] = await Promise.all([
    loadWorkspace(db, workspaceId),
    heldLike(
      db,
      workspaceId,
      keys.filter(({ kind }) => kind === 'address').map(({ value }) => value),
    ),
    givenLike(
      db,
      workspaceId,
      keys.map(({ value }) => value),
    ),
    verdictsOf(
      db,
      workspaceId,
      inquiries.map(({ partyId }) => partyId),
    ),
  ]);
  const known = [...compared(held, callingCodeOf(zone)), ...given];
  const now = chance.now();
  const found = inquiries.map((inquiry) => {
    const own = keys.filter(({ screeningId }) => screeningId === inquiry.id);
    return { inquiry, shared: sharedWith(inquiry.partyId, own, known, now) };
  });
  const others = [...new Set(found.flatMap(({ shared }) => [...shared.keys()]))];
  const [parties, warnings] = await Promise.all([
    partiesNamed(db, workspaceId, others),
    loadWarnings(db, workspaceId, others),
  ]);
  const inForce = warnings.filter(({ expiresAt }) => expiresAt > now);
  return new Map(
    found.map(({ inquiry, shared }) => [
      inquiry.id,
      parties
        .filter(({ id }) => shared.has(id))
        .map(({ id, name, state }) => {
          const verdict = verdictBetween(verdicts, inquiry.partyId, id);
          const level = matchLevelOf(shared.get(id)!);
          const isNamed = verdict ? verdict.verdict === 'same' : level === 'two-identifiers';
          const theirs = isNamed ? inForce.filter(({ partyId }) => partyId === id) : [];
          return { partyId: id, name, state, level, shared: shared.get(id)!, verdict, warnings: theirs };
        })
        .sort((one, another) => LEVELS.indexOf(one.level) - LEVELS.indexOf(another.level)),
    ]),
  );
}

const LEVELS: readonly MatchLevel[] = ['two-identifiers', 'one-identifier', 'too-old'];

/** What stands in the record as it was typed, in the form in which two are compared. */
function compared(held: readonly Held[], callingCode: string | null): readonly Held[] {
  return held.flatMap((one) => {
    const key = matchKeyOf(one.value, callingCode);
    return key ? [{ ...one, kind: key.kind, value: key.value }] : [];
  });
}

function sharedWith(
  partyId: string,
  own: readonly UsedKey[],
  known: readonly Held[],
  now: Instant,
): ReadonlyMap<string, readonly Shared[]> {
  const shared = new Map<string, Shared[]>();
  for (const { partyId: other, kind, value, usedAt, where } of known) {
    if (other === partyId || !own.some((key) => key.kind === kind && key.value === value)) continue;
    const confidence = confidenceAt(kind!, usedAt, now);
    const list = shared.get(other) ?? [];
    shared.set(other, list);
    const before = list.findIndex((one) => one.kind === kind && one.value === value);
    const one = { kind: kind!, value, usedAt, confidence, where };
    if (before < 0) list.push(one);
    else if (list[before]!.usedAt < usedAt) list[before] = one;
  }
  return shared;
}

function verdictBetween(verdicts: readonly Compared[], one: string, other: string): Compared | null {
  const between = (verdict: Compared) =>
    (verdict.partyId === one && verdict.otherId === other) ||
    (verdict.partyId === other && verdict.otherId === one);
  return verdicts.find(between) ?? null;
}
