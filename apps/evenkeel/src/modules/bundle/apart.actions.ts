import type { ExhibitSource } from '../interaction/detail.actions.ts';
import { privilegesOf } from '../interaction/privilege.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Entry } from '../ledger/ledger.ts';
import { type Apart, copiesFor } from './apart.ts';
import { redactionsInUse } from './redaction.store.ts';
import { type RedactionUse, takenWords } from './redaction.ts';

/** What is kept apart of these records; a copy counts from the head that has its entry. */
export async function apartOf(
  { db, workspaceId }: Ledger,
  {
    party,
    sources,
    recorded,
    entries,
  }: {
    readonly party: string;
    readonly sources: readonly ExhibitSource[];
    readonly recorded: ReadonlyMap<string, Entry>;
    readonly entries: readonly Entry[];
  },
  use: RedactionUse,
): Promise<Apart> {
  const known = new Map(sources.map(({ id, recordId }) => [id, recorded.get(recordId)!.index]));
  const inLog = new Set(entries.map(({ id }) => id as string));
  const privileges = await privilegesOf(db, workspaceId, [...known.keys()]);
  const redactions = (await redactionsInUse(db, workspaceId, { party })).filter(
    ({ recordId, interactionId }) => inLog.has(recordId) && known.has(interactionId),
  );
  const copies = copiesFor(redactions, use);
  return {
    privileges,
    copies: new Map([...copies].map(([id, redaction]) => [id, { redaction, originalIndex: known.get(id)! }])),
    taken: takenWords([...copies.values()]),
  };
}
