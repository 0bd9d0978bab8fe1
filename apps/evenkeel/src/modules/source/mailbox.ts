import type { Brand } from '../../kernel/brand.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { RunId, SourceId } from './source-id.ts';

export type MailboxId = Brand<string, 'MailboxId'>;

/** Where a server listens, and how what goes there is kept from others. */
export type MailServer = {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
};

/** How we show a server that it is us: a password, or a token that is renewed at an address of the provider. */
export type SignIn =
  | { readonly by: 'password'; readonly user: string }
  | {
      readonly by: 'oauth2';
      readonly user: string;
      readonly tokenEndpoint: string;
      readonly clientId: string;
    };

export type ImapSettings = {
  readonly kind: 'imap';
  readonly imap: MailServer;
  /** Where our own mail leaves; null when letters are handed over by hand. */
  readonly smtp: (MailServer & { readonly signsIn: boolean }) | null;
  readonly signIn: SignIn;
};

/** A port on this machine at which other programs leave mail: a journal, or what somebody forwards. */
export type ReceivingSettings = {
  readonly kind: 'receiving';
  readonly protocol: 'smtp' | 'lmtp';
  readonly port: number;
  readonly maxBytes: number;
  readonly maxRecipients: number;
};

/** Never shown again, never logged. */
export type MailSecrets = {
  readonly password?: string | undefined;
  readonly refreshToken?: string | undefined;
  readonly clientSecret?: string | undefined;
};

/** Whose mail is taken: that of the chosen, or of everybody we know. Nobody else's is kept. */
export type Allows = 'chosen' | 'known';

export type Mailbox = {
  readonly id: MailboxId;
  readonly address: string;
  readonly settings: ImapSettings | ReceivingSettings;
  readonly allows: Allows;
  readonly parties: readonly string[];
  readonly isOn: boolean;
  readonly sourceId: SourceId | null;
  readonly changedBy: string;
  readonly triedAt: Instant | null;
  readonly readAt: Instant | null;
  /** Why it could not be read the last time; null when it could. */
  readonly problem: MailProblem | null;
};

/** Why a server did not do what we asked. */
export type MailProblem =
  | 'server-unknown'
  | 'server-unreachable'
  | 'server-slow'
  | 'certificate-refused'
  | 'tls-missing'
  | 'mail-sign-in-refused'
  | 'token-refused'
  | 'inbox-missing'
  | 'connection-lost'
  | 'port-taken'
  | 'server-refused'
  | 'stopped-inside';

export type MailboxRefusal =
  | 'mailbox-unknown'
  | 'mailbox-address-unusable'
  | 'host-unusable'
  | 'port-unusable'
  | 'plain-not-local'
  | 'token-endpoint-unusable'
  | 'secret-needed'
  | 'parties-needed'
  | 'mailbox-receives'
  | MailProblem;

export type MailboxWish = {
  readonly address: string;
  readonly settings: ImapSettings | ReceivingSettings;
  readonly allows: Allows;
  readonly parties: readonly string[];
  readonly isOn: boolean;
  /** Null keeps what is there. */
  readonly secrets: MailSecrets | null;
};

const HOST = /^(?:[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?|[0-9a-f:.]{2,45})$/i;
const ADDRESS = /^[^\s@<>"\p{Cc}]{1,64}@[^\s@<>"\p{Cc}]{1,255}$/u;

/** Whether a mailbox can be reached like this at all; what its server says of it is another matter. */
export function decideMailbox(wish: MailboxWish, hasSecret: boolean): Outcome<null, MailboxRefusal> {
  if (!ADDRESS.test(wish.address)) return refuse('mailbox-address-unusable');
  if (wish.allows === 'chosen' && wish.parties.length === 0) return refuse('parties-needed');
  const { settings } = wish;
  if (settings.kind === 'receiving') return isPort(settings.port) ? accept(null) : refuse('port-unusable');
  for (const server of [settings.imap, ...(settings.smtp ? [settings.smtp] : [])]) {
    const usable = decideServer(server);
    if (!usable.ok) return usable;
  }
  const { signIn } = settings;
  if (signIn.by === 'oauth2' && !isTokenEndpoint(signIn.tokenEndpoint))
    return refuse('token-endpoint-unusable');
  return hasSecret || isSecretFor(signIn, wish.secrets) ? accept(null) : refuse('secret-needed');
}

/** Whether these are what this way of signing in needs. */
export function isSecretFor(signIn: SignIn, secrets: MailSecrets | null): boolean {
  return Boolean(signIn.by === 'password' ? secrets?.password : secrets?.refreshToken);
}

function decideServer({ host, port, security }: MailServer): Outcome<null, MailboxRefusal> {
  if (!HOST.test(host)) return refuse('host-unusable', { host });
  if (!isPort(port)) return refuse('port-unusable', { port });
  // A password in clear is for nobody's network, but on this machine there is nobody between.
  return security !== 'none' || isThisMachine(host) ? accept(null) : refuse('plain-not-local', { host });
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 65_536;
}

function isTokenEndpoint(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isThisMachine(url.hostname));
}

export function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);
}

/**
 * One message of a folder that was kept: its number there, its size, the SHA-256 of its bytes, what it is to us, and when
 * the server says that it took it in.
 */
export type KeptUid = readonly [
  uid: number,
  sizeBytes: number,
  sha256: string,
  interaction: string,
  arrivedAt: Instant | null,
];

type FolderReading = {
  readonly run: RunId;
  readonly source: SourceId;
  readonly path: string;
  readonly uidValidity: string;
  /** Everything up to this number was looked at. */
  readonly until: number;
  readonly uidNext: number;
  readonly messages: number;
  readonly highestModseq: string | null;
  readonly kept: readonly KeptUid[];
  /** Numbers of kept messages that the server does not show any more. Here they stay. */
  readonly gone: readonly number[];
};

/** Which numbers of a folder were looked at for the first time, and what the server showed of them. */
export type FirstLook = {
  /** From here to `until`; behind `until` where there were none. */
  readonly newFrom: number;
  /** How many messages the server listed there. The other numbers were never given, or belong to what was removed. */
  readonly listed: number;
  /** When the folder was looked at before; null the first time. */
  readonly lookedAt: Instant | null;
};

export type MailboxFact =
  | ({ readonly kind: 'source.folder-read' } & FolderReading)
  | ({ readonly kind: 'source.folder-read.2' } & FolderReading & FirstLook)
  | ({
      readonly kind: 'source.mail-received';
      readonly source: SourceId;
      readonly interaction: string;
    } & Envelope);

/** What was said around a mail when it was handed to us: claims of whoever handed it over. */
export type Envelope = {
  readonly mailFrom: string;
  readonly rcptTo: readonly string[];
  /** The address the connection came from. */
  readonly peer: string;
  readonly greeting: string | null;
  /** The address its own server named as the sender's (XFORWARD); null when it named none. */
  readonly client: string | null;
  readonly protocol: 'smtp' | 'lmtp';
  readonly at: Instant;
};

/** How far a folder was read. */
export type FolderRead = {
  readonly path: string;
  readonly uidValidity: string;
  readonly until: number;
  readonly uidNext: number;
  readonly messages: number;
  readonly highestModseq: string | null;
};
