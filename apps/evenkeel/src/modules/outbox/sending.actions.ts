import type { Actor } from '../../kernel/brand.ts';
import type { Caller } from '../../kernel/http.ts';
import type { Stated } from '../../kernel/instant.ts';
import type { Log } from '../../kernel/log.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { partyStream } from '../ledger/ledger.ts';
import { mailBytes } from '../procedure/eml.ts';
import { handOver, type LetterToSend, letterToSend } from '../procedure/letter.actions.ts';
import type { ProcedurePorts } from '../procedure/loading.actions.ts';
import type { ProcedureRefusal } from '../procedure/procedure.ts';
import { credentialsOf, mailboxes } from '../source/mailbox.actions.ts';
import type { ImapSettings, Mailbox } from '../source/mailbox.ts';
import { type CarriedHead, headToCarry, keepCarried } from './head.actions.ts';
import { type Submitted, submitMail } from './sending.smtp.ts';
import {
  bytesOf,
  dropBytes,
  keepBytes,
  listSendings,
  loadSending,
  projectSendings,
  reportsOn,
  sendingsOfLetter,
  sendingsUnderWay,
} from './sending.store.ts';
import {
  decideSending,
  decideSettling,
  type OutboxFact,
  type Sending,
  type SendingRefusal,
  senderAmong,
} from './sending.ts';
import { loadWait } from './waits.store.ts';

const ACTOR = 'mailbox' as Actor;

type Which = { readonly letter: string; readonly confirmedNames: readonly string[] };
type Refusal = SendingRefusal | ProcedureRefusal;
type Done = Promise<Outcome<{ readonly id: string }, Refusal>>;
/** A letter that may leave, and the mailbox that it leaves by. */
export type Ready = { readonly letter: LetterToSend; readonly sender: Sender };
export type Sender = Mailbox & {
  readonly settings: ImapSettings & { readonly smtp: NonNullable<ImapSettings['smtp']> };
};

/** The finished letter, who gets it, and the mailbox that its reader knows; refused where it could not leave now. */
export async function readyToLeave(
  ports: ProcedurePorts,
  caller: Caller,
  procedure: string,
  which: Which,
): Promise<Outcome<Ready, Refusal>> {
  const letter = await letterToSend(ports, caller, procedure, which);
  if (!letter.ok) return letter;
  const sender = await senderFor(ports.ledger, letter.value);
  return sender.ok ? accept({ letter: letter.value, sender: sender.value }) : sender;
}

export type Passed = Which & {
  readonly asksOpened: boolean;
  /** Of the letter while it waited; it leaves only if it still does. Null for one that did not wait. */
  readonly wait: string | null;
};

/**
 * Sends a finished letter that passed the gate by the mailbox that its reader knows, once.
 *
 * That it is about to leave is written down before it leaves. When the program ends in between, nobody knows whether it
 * left: then a person decides, and nothing is sent a second time by itself.
 */
export async function sendLetter(
  ports: ProcedurePorts,
  caller: Caller,
  procedure: string,
  { letter, sender }: Ready,
  passed: Passed,
): Done {
  const { ledger } = ports;
  const head = await headToCarry(ledger, ports.sealer, letter.partyId);
  const id = passed.wait ?? ledger.newId();
  const mail = mailFor(ledger, id, sender, letter, passed.asksOpened, head);
  const begun = await begin(ledger, caller.actor, procedure, letter, mail, { head, wait: passed.wait });
  if (!begun.ok) return begun;
  const submitted = await submit(ledger, sender, mail);
  return conclude(ports, caller, procedure, passed, mail, submitted);
}

async function senderFor(ledger: Ledger, { sender }: LetterToSend): Promise<Outcome<Sender, SendingRefusal>> {
  const all = (await mailboxes(ledger)).filter(
    (one): one is Sender => one.settings.kind === 'imap' && one.settings.smtp !== null,
  );
  return senderAmong(all, sender.from.address, sender.naming.known?.isChosen !== true);
}

type Leaving = {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
};

/** The Message-ID names the domain of the sender and nothing else of ours: no machine, no zone, no program. */
function mailFor(
  ledger: Ledger,
  id: string,
  { address }: Sender,
  { finished, sender, to }: LetterToSend,
  asksOpened: boolean,
  head: CarriedHead | null,
): Leaving {
  const name = `${Buffer.from(ledger.chance.bytes(15)).toString('hex')}@${address.split('@')[1]}`;
  const bytes = mailBytes({
    ...{ subject: finished.subject, text: finished.text, lang: finished.lang, to, messageId: name },
    ...{ from: { name: sender.from.name, address }, sentAt: ledger.chance.now() },
    ...(asksOpened ? { receiptTo: address } : {}),
    ...(head ? { headSha256: head.sha256 } : {}),
  });
  return { id, bytes, messageId: `<${name}>`, from: address, to: to.address };
}

function begin(
  ledger: Ledger,
  actor: Actor,
  procedure: string,
  { finished, partyId }: LetterToSend,
  { id, bytes, messageId, from, to }: Leaving,
  { head, wait }: { readonly head: CarriedHead | null; readonly wait: string | null },
): Promise<Outcome<null, SendingRefusal>> {
  const { workspaceId } = ledger;
  return deciding(ledger, actor, `sending:${finished.id}`, async (book) => {
    if (wait && (await loadWait(book.tx, workspaceId, wait))?.state !== 'waiting') return refuse('wait-over');
    const decided = decideSending(await sendingsOfLetter(book.tx, workspaceId, finished.id));
    if (!decided.ok) return decided;
    const of = { id, party: partyId, procedure, letter: finished.letter, finished: finished.id };
    const fact: OutboxFact = {
      ...{ kind: 'outbox.begun', ...of, messageId, from, to },
      sha256: sha256Hex(bytes),
    };
    await book.record(partyStream(partyId), [fact], projectSendings);
    await keepBytes(book.tx, workspaceId, id, bytes);
    if (head) await keepCarried(book, { sending: id, party: partyId }, head);
    return accept(null);
  });
}

async function submit(ledger: Ledger, { id, settings }: Sender, mail: Leaving): Promise<Submitted> {
  const { smtp, signIn } = settings;
  const credentials = smtp.signsIn ? await credentialsOf(ledger, id, signIn) : accept(null);
  if (!credentials.ok) return { became: 'not-begun', problem: credentials.reason, transcript: [] };
  return submitMail(smtp, credentials.value, { ...mail, envid: mail.id });
}

async function conclude(
  ports: ProcedurePorts,
  caller: Caller,
  procedure: string,
  { letter, confirmedNames }: Which,
  mail: Pick<Leaving, 'id' | 'bytes'>,
  submitted: Submitted,
): Done {
  const { ledger } = ports;
  const { id } = mail;
  if (submitted.became === 'accepted') {
    const { reply, asksDelivery, transcript } = submitted;
    return left(ports, caller, procedure, { letter, confirmedNames }, mail, (interaction) => {
      return { kind: 'outbox.accepted', id, interaction, reply, asksDelivery, transcript };
    });
  }
  const { transcript } = submitted;
  if (submitted.became === 'unclear') {
    await note(ledger, caller.actor, { kind: 'outbox.unclear', id, transcript });
    return refuse('maybe-left');
  }
  const reply = submitted.became === 'refused' ? submitted.reply : submitted.problem;
  await note(ledger, caller.actor, { kind: 'outbox.refused', id, reply, transcript });
  await dropBytes(ledger.db, ledger.workspaceId, id);
  return submitted.became === 'refused'
    ? refuse('mail-refused', { reply: submitted.reply })
    : refuse(submitted.problem);
}

/** Records that the letter left: the bytes that were sent, the step, and how it went, all of it or nothing. */
async function left(
  ports: ProcedurePorts,
  caller: Caller,
  procedure: string,
  { letter, confirmedNames }: Which,
  { id, bytes }: Pick<Leaving, 'id' | 'bytes'>,
  factOf: (interaction: string) => OutboxFact,
): Done {
  const { ledger } = ports;
  const record = async (book: Book, interaction: string) => {
    const sending = (await loadSending(book.tx, ledger.workspaceId, id)) as Sending;
    await book.record(partyStream(sending.partyId), [factOf(interaction)], projectSendings);
    await dropBytes(book.tx, ledger.workspaceId, id);
  };
  const at: Stated = {
    ...{ at: ledger.chance.now(), offsetMin: 0, source: 'this-program' },
    certainty: 'stated',
  };
  const handed = await handOver(ports, caller, procedure, {
    ...{ letter, way: 'sent', at, confirmedNames, sent: { bytes, record } },
  });
  if (handed.ok) return accept({ id });
  // The mail is gone, and its procedure went another way meanwhile: a person says what is to be recorded.
  await note(ledger, caller.actor, { kind: 'outbox.unclear', id, transcript: [] });
  return refuse('letter-left-otherwise');
}

async function note(ledger: Ledger, actor: Actor, fact: OutboxFact): Promise<void> {
  await deciding(ledger, actor, `sending:${fact.id}`, async (book) => {
    const sending = await loadSending(book.tx, ledger.workspaceId, fact.id);
    if (sending?.state === 'sending')
      await book.record(partyStream(sending.partyId), [fact], projectSendings);
    return accept(null);
  });
}

/** A person found out whether a mail left of which nobody knew. */
export async function settleSending(
  ports: ProcedurePorts,
  caller: Caller,
  id: string,
  wasSent: boolean,
): Done {
  const { ledger } = ports;
  const { db, workspaceId } = ledger;
  const settling = decideSettling(await loadSending(db, workspaceId, id));
  if (!settling.ok) return settling;
  const { procedureId, letter, partyId } = settling.value;
  if (wasSent) {
    const bytes = await bytesOf(db, workspaceId, id);
    if (!bytes) return refuse('sending-settled');
    const names = { letter, confirmedNames: [] };
    return left(ports, caller, procedureId, names, { id, bytes }, (interaction) => {
      return { kind: 'outbox.settled', id, wasSent: true, interaction };
    });
  }
  return deciding(ledger, caller.actor, `sending:${id}`, async (book) => {
    const fact: OutboxFact = { kind: 'outbox.settled', id, wasSent: false, interaction: null };
    await book.record(partyStream(partyId), [fact], projectSendings);
    await dropBytes(book.tx, workspaceId, id);
    return accept({ id });
  });
}

/** At a start nothing is on its way: what still seems to be was cut off, and may have left. */
export async function findCutOff(ledger: Ledger, log: Log): Promise<void> {
  for (const { id } of await sendingsUnderWay(ledger.db, ledger.workspaceId)) {
    await note(ledger, ACTOR, { kind: 'outbox.unclear', id, transcript: [] });
    log('sending.unclear', { sending: id });
  }
}

/** What was sent and what came back, newest first. */
export async function sendingsView(
  { db, workspaceId }: Ledger,
  which: { readonly procedure?: string; readonly interaction?: string },
) {
  const sendings = await listSendings(db, workspaceId, which);
  const reports = await reportsOn(
    db,
    workspaceId,
    sendings.map(({ id }) => id),
  );
  return sendings.map((sending) => ({
    ...sending,
    reports: reports
      .filter(({ sendingId }) => sendingId === sending.id)
      .map(({ sendingId: _, ...report }) => report),
  }));
}

/** Whether there is a mailbox that letters can leave by. */
export async function sendsMail(ledger: Ledger): Promise<boolean> {
  return (await mailboxes(ledger)).some(({ settings }) => settings.kind === 'imap' && settings.smtp !== null);
}
