import type { Actor } from '../../../kernel/brand.ts';
import type { Caller } from '../../../kernel/http.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import { loadEverybody } from '../../account/account.actions.ts';
import { isHeld } from '../../casefile/hold.actions.ts';
import { recordByHand } from '../../interaction/by-hand.actions.ts';
import { BY_PERSON } from '../../interaction/late.ts';
import { deciding } from '../../ledger/deciding.actions.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { LOCAL_OWNER } from '../../ledger/ledger.ts';
import type { Sealer } from '../../ledger/sealer.actions.ts';
import { loadParty } from '../../party/party.actions.ts';
import type { PartyId } from '../../party/party.ts';
import { isFiledUnder, sentSince } from '../../signal/asks.actions.ts';
import { deleteKept, insertKept, type KeptRow, loadKept } from './kept-draft.store.ts';
import {
  bytesOf,
  dueAt,
  type KeepWish,
  type KeptDraft,
  type KeptDraftRefusal,
  wasSent,
  wordsIn,
} from './kept-draft.ts';

/**
 * Keeps a draft because its writer chose to. What it takes the place of is deleted, or stays beside it under a legal hold.
 */
export async function keepDraft(
  ledger: Ledger,
  { actor }: Caller,
  { party, interaction, text, versions, until, replaces }: KeepWish,
): Promise<Outcome<{ readonly id: string }, KeptDraftRefusal>> {
  const { db, workspaceId, vault } = ledger;
  if (!(await loadParty(db, workspaceId, party))) return refuse('party-unknown');
  if (!(await isFiledUnder(db, workspaceId, party, interaction))) return refuse('interaction-unknown');
  const id = ledger.newId();
  const kept = await deciding<null, never>(ledger, actor, `party:${party}`, async ({ tx, now }) => {
    const envelope = vault.sealEnvelope(bytesOf({ text, versions }));
    const about = { id, partyId: party, interactionId: interaction, actor, until };
    await insertKept(tx, workspaceId, { ...envelope, ...about, keptAt: now, dueAt: dueAt(until, now) });
    return accept(null);
  });
  if (!kept.ok) return kept;
  const before = replaces === null ? undefined : (await ownRows(ledger, { actor }, null)).find(is(replaces));
  if (before) await forget(ledger, before);
  return accept({ id });
}

const is = (id: string) => (row: KeptRow) => row.id === id;

/** One's own kept drafts, newest first; the owner also sees those of members who left, which nobody else could delete. */
export async function listKept(
  ledger: Ledger,
  caller: Pick<Caller, 'actor' | 'role'>,
  interaction: string | null,
): Promise<readonly KeptDraft[]> {
  const rows = await ownRows(ledger, caller, interaction);
  const opened = await ledger.vault.openEnvelopes(rows);
  const now = ledger.chance.now();
  const kept: KeptDraft[] = [];
  for (const [i, { id, partyId, interactionId, actor, keptAt, until, dueAt: due }] of rows.entries()) {
    const bytes = opened[i]!;
    if (bytes === 'erased') continue;
    const held = await isHeldNow(ledger, rows[i]!);
    if (due !== null && due <= now && !held) continue;
    const about = { id, partyId, interactionId, keptAt, until, dueAt: due, isHeld: held };
    kept.push({ ...wordsIn(bytes), ...about, keptBy: actor === caller.actor ? null : actor });
  }
  return kept;
}

/** Deletes a kept draft: its words can be read nowhere afterwards. Refused under a legal hold. */
export async function deleteDraft(
  ledger: Ledger,
  caller: Caller,
  id: string,
): Promise<Outcome<null, KeptDraftRefusal>> {
  const found = (await ownRows(ledger, caller, null)).find(is(id));
  return found ? forget(ledger, found) : refuse('draft-unknown');
}

/** Puts a kept draft into the record, as a note of ours, from where it goes into bundles; it is kept beside it no longer. */
export async function recordDraft(
  ledger: Ledger,
  sealer: Sealer,
  caller: Caller,
  id: string,
  subject: string,
): Promise<Outcome<{ readonly id: string }, KeptDraftRefusal>> {
  const found = (await ownRows(ledger, caller, null)).find(is(id));
  const bytes = found ? await ledger.vault.openEnvelope(found) : 'erased';
  if (!found || bytes === 'erased') return refuse('draft-unknown');
  const recorded = await recordByHand(ledger, sealer, caller.actor, {
    ...{ kind: 'note', direction: 'internal', partyIds: [found.partyId as PartyId], subject },
    at: { at: found.keptAt, offsetMin: 0, source: BY_PERSON, certainty: 'stated' },
    ...{ durationMin: null, channel: null, people: [], quotes: [], outcome: null, attachments: [] },
    text: wordsIn(bytes).text,
  });
  if (!recorded.ok) return refuse('party-unknown');
  await forget(ledger, found);
  return accept({ id: recorded.value.id });
}

/**
 * Deletes what is due: its days are over, it was sent, or its writer left. What a legal hold covers stays until that is
 * released, and goes at the next look after.
 */
export async function deleteDueDrafts(ledger: Ledger): Promise<void> {
  const left = await actorsWhoLeft(ledger);
  for (const row of await loadKept(ledger.db, ledger.workspaceId, null))
    if (await isDue(ledger, row, left)) await forget(ledger, row);
}

async function isDue(ledger: Ledger, row: KeptRow, left: ReadonlySet<string>): Promise<boolean> {
  if (left.has(row.actor)) return true;
  if (row.until !== 'sent') return row.dueAt !== null && row.dueAt <= ledger.chance.now();
  const { partyId: party, interactionId: answering, keptAt: since } = row;
  const sent = await sentSince(ledger.db, ledger.workspaceId, { party, answering, since });
  if (sent.length === 0) return false;
  const bytes = await ledger.vault.openEnvelope(row);
  return bytes === 'erased' || wasSent(wordsIn(bytes).text, sent);
}

/** The slot goes first: a row without it says nothing, and is taken away at the next look if this one is cut off. */
function forget(ledger: Ledger, row: KeptRow): Promise<Outcome<null, 'draft-held'>> {
  return deciding(ledger, LOCAL_OWNER as Actor, `party:${row.partyId}`, async ({ tx }) => {
    if (await isHeldNow(ledger, row)) return refuse('draft-held');
    await ledger.vault.destroy([row.slot]);
    await deleteKept(tx, ledger.workspaceId, row.id);
    return accept(null);
  });
}

function isHeldNow({ db, workspaceId }: Ledger, { partyId, interactionId }: KeptRow): Promise<boolean> {
  return isHeld(db, workspaceId, { party: partyId, interaction: interactionId });
}

async function ownRows(
  ledger: Ledger,
  { actor, role }: { readonly actor: string; readonly role?: Caller['role'] },
  interaction: string | null,
): Promise<readonly KeptRow[]> {
  const left = role === 'owner' ? await actorsWhoLeft(ledger) : new Set<string>();
  const rows = await loadKept(ledger.db, ledger.workspaceId, interaction);
  return rows.filter((row) => row.actor === actor || left.has(row.actor));
}

async function actorsWhoLeft({ db, workspaceId }: Ledger): Promise<ReadonlySet<string>> {
  const members = await loadEverybody(db, workspaceId);
  return new Set(members.filter(({ leftAt }) => leftAt !== null).map(({ id }) => `member:${id}`));
}
