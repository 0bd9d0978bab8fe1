import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type FetchAnswer, readFetchAnswer } from './fetch-answer.ts';
import { isThisMachine, type MailProblem, type MailServer } from './mailbox.ts';

const CONNECT_MS = 20_000;
const SILENCE_MS = 120_000;
/** A message that is larger than this is not asked for; a server that sends more than it announced is left. */
export const MESSAGE_LIMIT = 150 << 20;

export type Folder = {
  readonly path: string;
  readonly uidValidity: string;
  readonly uidNext: number;
  readonly messages: number;
  readonly highestModseq: string | null;
};

/** What is looked at before anything is fetched: who and to whom, and how large it is. */
export type Seen = {
  readonly uid: number;
  readonly sizeBytes: number;
  readonly header: Uint8Array;
  /** When the server took it in, as the server says; null when it does not. */
  readonly arrivedAt: Date | null;
};
export type Fetched = { readonly uid: number; readonly bytes: Uint8Array };

/** A mailbox that we are signed in to. Nothing in it is changed: folders are opened to be read only. */
export type Connected = {
  readonly folders: { readonly inbox: string; readonly sent: string | null };
  readonly openFolder: (path: string) => Promise<Folder>;
  /** Numbers from `from` on in the folder that is open, as the server lists them. */
  readonly uidsFrom: (from: number) => Promise<readonly number[]>;
  readonly look: (uids: readonly number[]) => Promise<readonly Seen[]>;
  readonly fetch: (uids: readonly number[]) => Promise<readonly Fetched[]>;
  /** Waits until something changes in the open folder, the connection ends, or `signal` says that it is enough. */
  readonly news: (signal: AbortSignal) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** What decides whether a message is taken. */
const FIELDS = [
  'from',
  'to',
  'cc',
  'bcc',
  'date',
  'message-id',
  'content-type',
  'in-reply-to',
  'references',
  'x-failed-recipients',
];

type Credentials = { readonly user: string; readonly pass?: string; readonly accessToken?: string };

/** Connects, signs in, and finds the inbox and the folder of sent mail. */
export async function connectImap(
  server: MailServer,
  auth: { readonly [K in keyof Credentials]: Credentials[K] | undefined } & { readonly user: string },
): Promise<Outcome<Connected, MailProblem>> {
  const { ImapFlow } = await import('imapflow');
  const client = new ImapFlow({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    ...(server.security === 'tls' ? {} : { doSTARTTLS: server.security === 'starttls' }),
    auth,
    logger: false,
    qresync: true,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS * 3,
    maxIdleTime: SILENCE_MS,
    maxLiteralSize: MESSAGE_LIMIT + 1024,
    maxResponseSize: MESSAGE_LIMIT * 2,
    maxLineLength: 32 << 20,
    // Compression would cost more than it saves where nobody is between.
    disableCompression: isThisMachine(server.host),
    clientInfo: { name: false, version: false, vendor: false, 'support-url': false },
  });
  // Without a listener a broken connection would end the program; whoever awaits a command hears of it too.
  client.on('error', () => {});
  try {
    await client.connect();
    return accept(await connected(client));
  } catch (error) {
    client.close();
    return refuse(problemOf(error));
  }
}

async function connected(client: ImapFlow): Promise<Connected> {
  const listed = await client.list();
  const inbox = listed.find(({ specialUse }) => specialUse === '\\Inbox')?.path ?? 'INBOX';
  const sent = listed.find(({ specialUse }) => specialUse === '\\Sent')?.path ?? null;
  const news = newsOf(client);
  const all = fetching(client);
  return {
    folders: { inbox, sent },
    openFolder: async (path) => {
      const { uidValidity, uidNext, exists, highestModseq } = await client.mailboxOpen(path, {
        readOnly: true,
      });
      return {
        path,
        uidValidity: String(uidValidity),
        uidNext,
        messages: exists,
        highestModseq: highestModseq === undefined ? null : String(highestModseq),
      };
    },
    uidsFrom: async (from) => {
      const found = await client.search({ uid: `${from}:*` }, { uid: true });
      if (!found) throw lost();
      return found;
    },
    look: async (uids) => {
      const query = { uid: true, size: true, internalDate: true, headers: FIELDS };
      return (await all(uids, query)).map(seenOf);
    },
    fetch: async (uids) => {
      const messages = await all(uids, { uid: true, source: true });
      return messages.flatMap(({ uid, source }) => (source ? [{ uid, bytes: source }] : []));
    },
    news: (signal) => news(signal),
    close: async () => {
      await client.logout().catch(() => {});
      client.close();
    },
  };
}

function seenOf({ uid, size, headers, internalDate }: FetchAnswer): Seen {
  const arrived = internalDate === null ? null : new Date(internalDate);
  return {
    uid,
    sizeBytes: size ?? 0,
    header: headers ?? new Uint8Array(),
    arrivedAt: arrived && !Number.isNaN(arrived.getTime()) ? arrived : null,
  };
}

type Query = Parameters<ImapFlow['fetchAll']>[1];
type Answer = { readonly payload: Uint8Array; readonly literals?: readonly Uint8Array[] };
/** Where each answer of the server passes through the library. */
type Answering = { handleResponse: (answer: Answer) => Promise<boolean> };

/** Asks for messages. Answers of the usual form are read by us, at a fraction of what the library takes for them. */
function fetching(
  client: ImapFlow,
): (uids: readonly number[], query: Query) => Promise<readonly FetchAnswer[]> {
  const answering = client as unknown as Answering;
  const byLibrary = answering.handleResponse.bind(client);
  let ours: FetchAnswer[] | null = null;
  answering.handleResponse = async (answer) => {
    const read = ours && readFetchAnswer(answer.payload, answer.literals);
    if (!read) return byLibrary(answer);
    ours?.push(read);
    return true;
  };
  return async (uids, query) => {
    if (uids.length === 0) return [];
    const read: FetchAnswer[] = [];
    ours = read;
    const others = await client.fetchAll(sequenceSet(uids), query, { uid: true }).finally(() => {
      ours = null;
    });
    // A connection that ended gives what came until then: that is no answer.
    if (!client.usable) throw lost();
    return [...read, ...others.map(readByLibrary)];
  };
}

function readByLibrary({ uid, size, headers, source, internalDate }: FetchMessageObject): FetchAnswer {
  const date = internalDate instanceof Date ? internalDate.toISOString() : (internalDate ?? null);
  return { uid, size: size ?? null, internalDate: date, headers: headers ?? null, source: source ?? null };
}

/** `1:5,9`: numbers as IMAP writes a set of them. @param uids ascending */
function sequenceSet(uids: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const uid of uids) {
    const last = runs.at(-1);
    if (last && uid === last[1] + 1) last[1] = uid;
    else runs.push([uid, uid]);
  }
  return runs.map(([from, until]) => (from === until ? `${from}` : `${from}:${until}`)).join(',');
}

/** Remembers what the server announced since it was last asked about, also while we were busy with something else. */
function newsOf(client: ImapFlow): (signal: AbortSignal) => Promise<void> {
  let isNews = false;
  let wake: () => void = () => {};
  const told = () => {
    isNews = true;
    wake();
  };
  for (const event of ['exists', 'expunge', 'close']) client.on(event, told);
  return async (signal) => {
    const waiting = new Promise<void>((resolve) => {
      wake = resolve;
    });
    if (!isNews && client.usable && !signal.aborted) {
      signal.addEventListener('abort', wake, { once: true });
      client.idle().catch(() => {});
      await waiting;
      signal.removeEventListener('abort', wake);
    }
    isNews = false;
    if (!client.usable) throw lost();
  };
}

function lost(): Error {
  return Object.assign(new Error('the connection ended'), { code: 'NoConnection' });
}

type ImapError = {
  readonly code?: string;
  readonly authenticationFailed?: boolean;
  readonly tlsFailed?: boolean;
  readonly responseStatus?: string;
};

/** Which of our words says what went wrong; the server's own words may repeat what it was told. */
export function problemOf(error: unknown): MailProblem {
  const { code = '', authenticationFailed, tlsFailed, responseStatus } = error as ImapError;
  if (authenticationFailed) return 'mail-sign-in-refused';
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code)) return 'server-unknown';
  if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EACCES)$/.test(code)) return 'server-unreachable';
  if (/^(CONNECT_TIMEOUT|GREETING_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT|ETIMEDOUT|ETIMEOUT)$/i.test(code))
    return 'server-slow';
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code)) return 'certificate-refused';
  if (tlsFailed || /TLS|EPROTO|SSL/i.test(code)) return 'tls-missing';
  return responseStatus ? 'server-refused' : 'connection-lost';
}
