import type { Actor } from '../../kernel/brand.ts';
import { instantOf } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { WORKSPACE_STREAM } from '../ledger/ledger.ts';
import { originalsOf } from './detail.store.ts';
import { checkSender, nothingSaid, type Resolve } from './sender-check.auth.ts';
import {
  loadSenderCheck,
  projectSenderChecks,
  type Unchecked,
  uncheckedSince,
} from './sender-check.store.ts';
import { type SenderFact, type SenderResult, type Verdict, verdictOf } from './sender-check.ts';

const DAY_MS = 24 * 3_600_000;
const AT_ONCE = 20;
const ACTOR = 'mailbox' as Actor;

/** Checks the senders of what came lately and was not checked yet. What is due is looked up: nothing is remembered. */
export async function checkSenders(
  ledger: Ledger,
  resolve: Resolve,
  isStopped: () => boolean,
): Promise<void> {
  const { db, workspaceId, chance } = ledger;
  for (;;) {
    const since = instantOf(Date.parse(chance.now()) - DAY_MS);
    const due = await uncheckedSince(db, workspaceId, since, AT_ONCE);
    for (const one of due) {
      if (isStopped()) return;
      await checkOne(ledger, resolve, one);
    }
    if (due.length < AT_ONCE) return;
  }
}

async function checkOne(ledger: Ledger, resolve: Resolve, { interaction, slot, handed }: Unchecked) {
  const bytes = await ledger.vault.openSlot(ledger.db, slot);
  const at = ledger.chance.now();
  const result = bytes === 'erased' ? nothingSaid(true, []) : await checkSender(bytes, resolve, handed);
  const fact: SenderFact = {
    ...{ kind: 'sender.checked', interaction, at, verdict: verdictOf(result), result },
  };
  await deciding(ledger, ACTOR, `sender:${interaction}`, async (book) => {
    if (!(await loadSenderCheck(book.tx, ledger.workspaceId, interaction)))
      await book.record(WORKSPACE_STREAM, [fact], projectSenderChecks);
    return accept(null);
  });
}

export type SenderView = {
  readonly verdict: Verdict;
  readonly at: string | null;
  readonly result: SenderResult;
};

/**
 * What the sender's domain said of a mail when it came. Of one that came before we looked, only whether its body is
 * still the one that was signed: nobody is asked today about a key of then.
 */
export async function senderOf(
  { db, workspaceId, vault }: Ledger,
  interaction: string,
): Promise<Outcome<SenderView, 'sender-unknown'>> {
  const kept = await loadSenderCheck(db, workspaceId, interaction);
  if (kept) return accept(kept);
  const [original] = await originalsOf(db, workspaceId, [interaction]);
  if (original?.mediaType !== 'message/rfc822') return refuse('sender-unknown');
  const bytes = await vault.openSlot(db, original.slot);
  if (bytes === 'erased') return refuse('sender-unknown');
  const result = await checkSender(bytes, null, null);
  return accept({ verdict: verdictOf(result), at: null, result });
}
