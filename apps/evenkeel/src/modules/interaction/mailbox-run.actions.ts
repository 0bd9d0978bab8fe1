import type { Actor } from '../../kernel/brand.ts';
import type { Instant } from '../../kernel/instant.ts';
import { sha256 } from '../../kernel/sha256.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { normalAddress } from '../party/party.ts';
import { allowedAddresses, loadMailbox, runningRun, sourceOfMailbox } from '../source/mailbox.actions.ts';
import type { Mailbox } from '../source/mailbox.ts';
import { lastStep, unfinishedRun } from '../source/source.actions.ts';
import { NO_ITEMS, type RunId, type RunSettings, type SourceFact } from '../source/source.ts';
import { ownAndGiven } from './import.actions.ts';
import { type ImportState, type ImportWish, newState } from './import-batch.ts';
import type { Choice } from './picking.ts';
import { commitRecording, prepareRecording } from './recording.actions.ts';

/** What goes on by itself is entered under this name. */
const MAILBOX_ACTOR = 'mailbox' as Actor;

/** One reading of a mailbox with one choice: it goes on over restarts, until the choice changes. */
export type MailRun = {
  readonly wish: ImportWish;
  readonly state: ImportState;
  readonly choice: Choice;
  /** When all its folders were looked at before; null when they never were. */
  readonly lookedAt: Instant | null;
};

/** Goes on with the reading that has these choices; with others, another begins and looks at everything again. */
export async function openMailRun(ledger: Ledger, mailbox: Mailbox): Promise<MailRun> {
  const source = await sourceOfMailbox(ledger, mailbox, MAILBOX_ACTOR);
  const lookedAt = (await loadMailbox(ledger.db, ledger.workspaceId, mailbox.id))?.readAt ?? null;
  const me = await ownAndGiven(ledger, [mailbox.address]);
  const ours = new Set(me);
  const only = (await allowedAddresses(ledger.db, ledger.workspaceId, mailbox))
    .map(normalAddress)
    .filter((address) => !ours.has(address));
  const settings: RunSettings = { client: null, only, me };
  const wish: ImportWish = {
    ...{ paths: [], actor: MAILBOX_ACTOR, only, me, client: null },
    settings: { zone: null, dateOrder: null },
  };
  const choice = { me: ours, only: new Set(only) };
  const fingerprint = fingerprintOf(mailbox, settings);
  const cut = await unfinishedRun(ledger.db, ledger.workspaceId, fingerprint);
  if (cut) {
    const last = await lastStep(ledger.db, ledger.workspaceId, cut.id);
    const begun = { run: cut.id, source, step: last?.step ?? 0, next: NOWHERE, totals: cut.totals };
    return { wish, choice, lookedAt, state: newState(wish, begun) };
  }
  const before = await runningRun(ledger.db, ledger.workspaceId, source);
  const run = ledger.newId() as RunId;
  const facts: SourceFact[] = [
    ...(before
      ? [{ kind: 'source.run-ended', run: before.id, state: 'finished', totals: before.totals } as const]
      : []),
    { kind: 'source.run-started', run, source, fingerprint, settings },
  ];
  const recording = { source, actor: MAILBOX_ACTOR, parties: [], items: [], facts };
  await commitRecording(ledger, await prepareRecording(ledger, recording));
  const begun = { run, source, step: 0, next: NOWHERE, totals: NO_ITEMS };
  return { wish, choice, lookedAt, state: newState(wish, begun) };
}

/** Folders remember by themselves how far they were read. */
const NOWHERE = { container: 0, resume: null };

function fingerprintOf({ id, address }: Mailbox, settings: RunSettings): string {
  return Buffer.from(sha256(Buffer.from(JSON.stringify(['mailbox', id, address, settings])))).toString('hex');
}
