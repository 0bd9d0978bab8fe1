import type { OpeningInput, StampInput } from '@evenkeel/proof/bundle';
import { newestOutside, stampsInOrder } from '../ledger/anchor.actions.ts';
import { type AnchorFact, type Stamp, stampsAround } from '../ledger/anchor.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { entriesByIndex } from '../ledger/ledger.store.ts';
import type { ReadEntry } from '../ledger/ledger.ts';
import type { OutsideFact } from '../ledger/outside.ts';
import { openEntries } from '../ledger/read.actions.ts';
import { rotationEntries } from '../ledger/rotate.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { openingOf } from './exhibits.actions.ts';

type Outside = AnchorFact | OutsideFact;
type Chosen = { readonly openings: readonly OpeningInput[]; readonly stamps: readonly StampInput[] };

const MOST_COSIGNATURES = 16;
const MOST_BLOCKS = 4;
const MOST_REVOCATIONS = 8;
const MOST_CARRIED = 100;

/**
 * What outsiders said about this log, as openings of their lines and as files for other programs: the time-stamps that
 * bound the exhibits most closely, the newest cosignatures and blocks, what was said of certificates, the heads that
 * letters to the party carried, and every change of the log's key.
 */
export async function stampsFor(
  ledger: Ledger,
  sealer: Sealer,
  party: string,
  exhibits: readonly number[],
  size: number,
): Promise<Chosen> {
  const { db, workspaceId, vault } = ledger;
  const stamps = (await stampsInOrder(db, workspaceId)).filter(({ index }) => index < size);
  const wanted = [...boundingStamps(stamps, exhibits), ...(await othersBefore(ledger, size))];
  const entries = await openEntries(vault, [
    ...(await entriesByIndex(db, workspaceId, wanted)),
    ...(await rotationEntries(ledger, sealer, size)),
  ]);
  const chosen = entries.filter((entry) => !isToAnother(entry, party));
  return {
    openings: await Promise.all(chosen.map((entry) => openingOf(ledger, entry, '', 0, []))),
    stamps: chosen.map((entry) => ({ index: entry.index, ...filesOf(entry.fact as Outside | 'erased') })),
  };
}

async function othersBefore({ db, workspaceId }: Ledger, size: number): Promise<readonly number[]> {
  const of = async (kind: Parameters<typeof newestOutside>[2], limit: number) =>
    newestOutside(db, workspaceId, kind, size, limit);
  const cosignatures = await of('cosignature', MOST_COSIGNATURES);
  // Of each witness the last: who saw a larger head saw the smaller ones in it.
  const last = new Map(cosignatures.toReversed().map((one) => [one.name, one]));
  const others = [
    ...last.values(),
    ...(await of('block', MOST_BLOCKS)),
    ...(await of('revocation', MOST_REVOCATIONS)),
    ...(await of('carried', MOST_CARRIED)),
  ];
  return others.map(({ index }) => index);
}

function isToAnother({ fact }: ReadEntry, party: string): boolean {
  const said = fact as Outside | 'erased';
  return said === 'erased' || (said.kind === 'log.anchor-carried' && said.party !== party);
}

function filesOf(fact: Outside | 'erased'): Omit<StampInput, 'index'> {
  if (fact === 'erased') return {};
  const bytes = (text: string) => Buffer.from(text, 'base64');
  if (fact.kind === 'log.anchored')
    return {
      request: bytes(fact.request),
      response: bytes(fact.response),
      checkpoint: fact.checkpoint,
    };
  if (fact.kind === 'log.anchor-ots') return { proof: bytes(fact.proof), checkpoint: fact.checkpoint };
  if (fact.kind === 'log.anchor-revocation') return { [fact.form]: bytes(fact.answer) };
  return fact.kind === 'log.anchor-cosigned' || fact.kind === 'log.anchor-carried'
    ? { checkpoint: fact.checkpoint }
    : {};
}

/** For each exhibit the last stamp whose line stands before its own, and the first whose head covers it. */
export function boundingStamps(stamps: readonly Stamp[], exhibits: readonly number[]): ReadonlySet<number> {
  const needed = new Set<number>();
  const inOrder = stamps.toSorted((a, b) => a.index - b.index);
  for (const exhibit of exhibits) {
    const { before, after } = stampsAround(inOrder, exhibit);
    for (const stamp of [before, after]) if (stamp) needed.add(stamp.index);
  }
  return needed;
}
