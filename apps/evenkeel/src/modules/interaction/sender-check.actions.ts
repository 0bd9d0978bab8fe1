import type { Actor } from '../../kernel/brand.ts';
import { instantOf } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { WORKSPACE_STREAM } from '../ledger/ledger.ts';
import { originalsOf } from './detail.store.ts';
import { checkSender, nothingSaid, type Resolve } from './sender-check.auth.ts';
import {
  checkedAmong,
  loadSenderCheck,
  projectSenderChecks,
  type Unchecked,
  uncheckedSince,
} from './sender-check.store.ts';
import { type SenderFact, type SenderResult, type Verdict, verdictOf } from './sender-check.ts';

const DAY_MS = 24 * 3_600_000;
const AT_ONCE = 60;
/** Mails are held whole while their names are asked for. */
const OPEN_AT_ONCE = 5;
const MOST_ANSWERS = 5000;
/** With these a name server answers that there is nothing: an answer too. */
const SAYS_NO: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);
const ACTOR = 'mailbox' as Actor;

/**
 * Checks the senders of what came lately and was not checked yet, some at once and with one commit for them: a first
 * reading of a mailbox leaves thousands. What is due is looked up: nothing is remembered but what names answered.
 */
export async function checkSenders(
  ledger: Ledger,
  resolve: Resolve,
  isStopped: () => boolean,
): Promise<void> {
  const { db, workspaceId, chance } = ledger;
  const asked = askedOnce(resolve);
  for (;;) {
    const since = instantOf(Date.parse(chance.now()) - DAY_MS);
    const due = await uncheckedSince(db, workspaceId, since, AT_ONCE);
    const checked: SenderFact[] = [];
    for (let at = 0; at < due.length && !isStopped(); at += OPEN_AT_ONCE)
      checked.push(
        ...(await Promise.all(due.slice(at, at + OPEN_AT_ONCE).map((one) => checkOne(ledger, asked, one)))),
      );
    if (checked.length > 0) await record(ledger, checked);
    if (due.length < AT_ONCE || isStopped()) return;
  }
}

async function checkOne(
  ledger: Ledger,
  resolve: Resolve,
  { interaction, slot, handed }: Unchecked,
): Promise<SenderFact> {
  const bytes = await ledger.vault.openSlot(ledger.db, slot);
  const at = ledger.chance.now();
  const result = bytes === 'erased' ? nothingSaid(true, []) : await checkSender(bytes, resolve, handed);
  return { kind: 'sender.checked', interaction, at, verdict: verdictOf(result), result };
}

function record(ledger: Ledger, facts: readonly SenderFact[]) {
  return deciding(ledger, ACTOR, 'senders', async (book) => {
    const known = await checkedAmong(
      book.tx,
      ledger.workspaceId,
      facts.map(({ interaction }) => interaction),
    );
    const fresh = facts.filter(({ interaction }) => !known.has(interaction));
    await book.record(WORKSPACE_STREAM, fresh, projectSenderChecks);
    return accept(null);
  });
}

/** Each name is asked once for all mails of an hour; what got no answer may have one for the next mail. */
function askedOnce(resolve: Resolve): Resolve {
  const answers = new Map<string, ReturnType<Resolve>>();
  return (name, type) => {
    const question = `${type} ${name}`;
    const known = answers.get(question);
    if (known) return known;
    if (answers.size >= MOST_ANSWERS) answers.clear();
    const answer = resolve(name, type);
    answers.set(question, answer);
    answer.catch((error: unknown) => {
      if (!SAYS_NO.has((error as { code?: string }).code ?? '')) answers.delete(question);
    });
    return answer;
  };
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
