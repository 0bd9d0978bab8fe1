import type { Log } from '../../kernel/log.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { startThread, type Thread } from '../../kernel/workers.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { connectTo, loadMailbox, mailboxes, saveTry } from '../source/mailbox.actions.ts';
import { type Connected, problemOf } from '../source/mailbox.imap.ts';
import { type Handed, receiveMail } from '../source/mailbox.receiving.ts';
import type { Mailbox, MailboxId, MailProblem, ReceivingSettings } from '../source/mailbox.ts';
import type { Awaits } from './mailbox.ts';
import { type MailReader, readFolder } from './mailbox-folder.actions.ts';
import { keepHanded } from './mailbox-receiving.actions.ts';
import { openMailRun } from './mailbox-run.actions.ts';
import type { Reading } from './reading.ts';
import { checkSenders } from './sender-check.actions.ts';
import type { Resolve } from './sender-check.auth.ts';

export type MailPorts = {
  readonly ledger: Ledger;
  readonly sealer: Sealer;
  readonly log: Log;
  /** Whether a report on delivery speaks of something that we sent, and to whom. */
  readonly awaits: Awaits;
  /** Asks the domain name system about senders. */
  readonly resolve: Resolve;
  /** Resolves when what was read can be found, or somebody leaves. */
  readonly findable: (leaving: AbortSignal) => Promise<void>;
};

/** Mailboxes that are read while this process runs. */
export type Mailboxes = {
  /** Begins to follow every mailbox that is on. */
  readonly start: () => Promise<void>;
  /** Follows a mailbox with its new settings, or no longer. */
  readonly changed: (id: string) => Promise<void>;
  /** Reads a mailbox once, now. */
  readonly read: (id: string) => Promise<Outcome<null, MailProblem | 'mailbox-unknown'>>;
  readonly isFollowed: (id: string) => boolean;
  readonly stop: () => Promise<void>;
};

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** A server tells of news in one folder only; the others are looked at this often. */
const LOOK_EVERY_MS = 60_000;

export function makeMailboxes(ports: MailPorts): Mailboxes {
  const following = new Map<string, Following>();
  const reader = lazyReader();
  // One reading at a time: what two of them find at once would be recorded twice.
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work);
    queue = done.catch(() => {});
    return done;
  };
  const leaving = new AbortController();
  // Names may be slow to answer: nobody waits for them, what was read is to be found before they are asked, and what could
  // not be asked now is asked after the next reading.
  let checking: Promise<unknown> = Promise.resolve();
  const check = () => {
    checking = checking
      .then(() => ports.findable(leaving.signal))
      .then(() => checkSenders(ports.ledger, ports.resolve, () => leaving.signal.aborted))
      .catch((error: unknown) => ports.log('sender.unchecked', { reason: String(error) }));
  };
  const readAll = (mailbox: Mailbox, connected: Connected, isFirst: boolean, isStopped: () => boolean) =>
    inTurn(() => readMailbox(ports, reader.read, mailbox, connected, isFirst, isStopped)).then(check);
  const keepMail = async (mailbox: Mailbox, mail: Handed) => {
    await keepHanded({ ...ports, reader: reader.read }, mailbox, mail);
    await ports.sealer.seal();
  };
  const begin = (mailbox: Mailbox) => {
    if (!mailbox.isOn) return;
    following.set(
      mailbox.id,
      mailbox.settings.kind === 'imap'
        ? follow(ports, mailbox.id, readAll)
        : receive(ports, mailbox, mailbox.settings, (mail) =>
            inTurn(() => keepMail(mailbox, mail)).then(check),
          ),
    );
  };
  const end = async (id: string) => {
    const found = following.get(id);
    following.delete(id);
    await found?.stop();
  };
  return {
    start: async () => {
      for (const mailbox of await mailboxes(ports.ledger)) begin(mailbox);
    },
    changed: async (id) => {
      await end(id);
      const mailbox = await loadMailbox(ports.ledger.db, ports.ledger.workspaceId, id);
      if (mailbox) begin(mailbox);
    },
    read: (id) => readOnce(ports, id, readAll),
    isFollowed: (id) => following.has(id),
    stop: async () => {
      leaving.abort();
      await Promise.all([...following.keys()].map(end));
      await queue;
      await checking;
      await reader.close();
    },
  };
}

type ReadAll = (
  mailbox: Mailbox,
  connected: Connected,
  isFirst: boolean,
  isStopped: () => boolean,
) => Promise<void>;

async function readOnce(
  { ledger }: MailPorts,
  id: string,
  readAll: ReadAll,
): Promise<Outcome<null, MailProblem | 'mailbox-unknown'>> {
  const mailbox = await loadMailbox(ledger.db, ledger.workspaceId, id);
  if (mailbox?.settings.kind !== 'imap') return refuse('mailbox-unknown');
  const connected = await connectTo(ledger, mailbox);
  const problem = connected.ok
    ? await readAll(mailbox, connected.value, true, () => false).then(() => null, problemOf)
    : connected.reason;
  if (connected.ok) await connected.value.close();
  await saveTry(ledger.db, ledger.workspaceId, mailbox.id, ledger.chance.now(), problem);
  return problem === null ? accept(null) : refuse(problem);
}

async function readMailbox(
  { ledger, sealer, awaits }: MailPorts,
  reader: MailReader,
  mailbox: Mailbox,
  connected: Connected,
  isFirst: boolean,
  isStopped: () => boolean,
): Promise<void> {
  const run = await openMailRun(ledger, mailbox);
  const ports = { ledger, connected, reader, awaits, isStopped };
  const { sent, inbox } = connected.folders;
  // The inbox comes last: it is the folder that stays open, and the server tells of news in that one.
  for (const path of sent === null ? [inbox] : [sent, inbox])
    if (!isStopped()) await readFolder(ports, run, path, isFirst);
  await sealer.seal();
}

/** Waits for mail that is brought to us; its senders are checked in the hour in which it came. */
function receive(
  ports: MailPorts,
  { id }: Mailbox,
  settings: ReceivingSettings,
  keep: (mail: Handed) => Promise<void>,
): Following {
  const { ledger, log } = ports;
  const noteTry = (problem: MailProblem | null) =>
    saveTry(ledger.db, ledger.workspaceId, id, ledger.chance.now(), problem);
  const taking = receiveMail(settings, async (mail) => {
    await keep(mail);
    await noteTry(null);
  });
  const begun = taking.then(async (taken) => {
    if (!taken.ok) log('mailbox.interrupted', { mailbox: id, problem: taken.reason });
    await noteTry(taken.ok ? null : taken.reason);
  });
  return {
    stop: async () => {
      await begun;
      const taken = await taking;
      if (taken.ok) await taken.value();
    },
  };
}

type Following = { readonly stop: () => Promise<void> };

/** Reads a mailbox, waits for news, reads again; when the connection ends, it is made again after a while. */
function follow(ports: MailPorts, id: MailboxId, readAll: ReadAll): Following {
  const leaving = new AbortController();
  const { ledger, log } = ports;
  const isStopped = () => leaving.signal.aborted;
  const noteTry = (problem: MailProblem | null) =>
    saveTry(ledger.db, ledger.workspaceId, id, ledger.chance.now(), problem);
  const once = async (onRead: () => void): Promise<MailProblem> => {
    const mailbox = await loadMailbox(ledger.db, ledger.workspaceId, id);
    if (!mailbox) return 'connection-lost';
    const connected = await connectTo(ledger, mailbox);
    if (!connected.ok) return connected.reason;
    try {
      for (let isFirst = true; !isStopped(); isFirst = false) {
        await readAll(mailbox, connected.value, isFirst, isStopped);
        await noteTry(null);
        onRead();
        await connected.value.news(AbortSignal.any([leaving.signal, AbortSignal.timeout(LOOK_EVERY_MS)]));
      }
      return 'connection-lost';
    } finally {
      await connected.value.close();
    }
  };
  const loop = async () => {
    for (let waitMs = FIRST_WAIT_MS; !isStopped(); waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
      const problem = await once(() => {
        waitMs = FIRST_WAIT_MS;
      }).catch(problemOf);
      if (isStopped()) return;
      log('mailbox.interrupted', { mailbox: id, problem });
      await noteTry(problem);
      await pause(waitMs, leaving.signal);
    }
  };
  const done = loop().catch((error: unknown) =>
    log('mailbox.stopped', { mailbox: id, reason: error instanceof Error ? error.message : String(error) }),
  );
  return {
    stop: async () => {
      leaving.abort();
      await done;
    },
  };
}

function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, waitMs);
    const wake = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', wake, { once: true });
  });
}

/** Of a mailbox of some thousand mails it then collects its whole heap hardly once. */
const READER_ROOM_MB = 128;

/** The thread that reads mails is started at the first one. */
function lazyReader(): { readonly read: MailReader; readonly close: () => Promise<void> } {
  let thread: Thread<readonly Uint8Array[], readonly Reading[]> | null = null;
  return {
    read: (mails) => {
      if (!thread || thread.hasEnded())
        thread = startThread(new URL('./mailbox.worker.ts', import.meta.url), READER_ROOM_MB);
      return thread.ask(mails);
    },
    close: async () => thread?.close(),
  };
}
