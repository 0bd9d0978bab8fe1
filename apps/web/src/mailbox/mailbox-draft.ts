import type { Mailbox } from '../generated/types.gen.ts';
import type { MailboxWish } from './mailbox.queries.ts';

type Server = { host: string; port: string; security: 'tls' | 'starttls' | 'none' };

/** What is being typed about a mailbox; numbers stay text until they are sent. */
export type MailboxDraft = {
  kind: 'imap' | 'receiving';
  address: string;
  imap: Server;
  smtp: Server;
  sends: boolean;
  by: 'password' | 'oauth2';
  user: string;
  tokenEndpoint: string;
  clientId: string;
  secret: string;
  protocol: 'smtp' | 'lmtp';
  port: string;
  allows: 'chosen' | 'known';
  parties: readonly string[];
  isOn: boolean;
};

const NEW: MailboxDraft = {
  ...{ kind: 'imap', address: '', user: '', tokenEndpoint: '', clientId: '', secret: '' },
  imap: { host: '', port: '993', security: 'tls' },
  smtp: { host: '', port: '465', security: 'tls' },
  ...{ sends: false, by: 'password', protocol: 'smtp', port: '2525' },
  ...{ allows: 'known', parties: [], isOn: true },
};

const MAX_BYTES = 50 << 20;
const MAX_RECIPIENTS = 100;

/** The form of a mailbox as it is kept; its password is not in it. */
export function draftOf(mailbox: Mailbox | null): MailboxDraft {
  if (!mailbox) return NEW;
  const { address, settings, allows, parties, isOn } = mailbox;
  const common = { ...NEW, address, allows, parties, isOn, kind: settings.kind };
  if (settings.kind === 'receiving')
    return { ...common, protocol: settings.protocol, port: String(settings.port) };
  const { imap, smtp, signIn } = settings;
  return {
    ...{ ...common, ...signIn, sends: smtp !== null },
    imap: { ...imap, port: String(imap.port) },
    smtp: smtp ? { host: smtp.host, security: smtp.security, port: String(smtp.port) } : NEW.smtp,
  };
}

export function imapOf({ imap, smtp, sends, by, user, tokenEndpoint, clientId }: MailboxDraft) {
  const at = ({ port, ...server }: Server) => ({ ...server, host: server.host.trim(), port: Number(port) });
  return {
    kind: 'imap' as const,
    imap: at(imap),
    smtp: sends ? { ...at(smtp), signsIn: true } : null,
    signIn:
      by === 'password'
        ? { by, user: user.trim() }
        : { by, user: user.trim(), tokenEndpoint: tokenEndpoint.trim(), clientId: clientId.trim() },
  };
}

/** Null keeps what is there. */
export function secretsOf({ by, secret }: MailboxDraft) {
  if (secret === '') return null;
  return by === 'password' ? { password: secret } : { refreshToken: secret };
}

export function bodyOf(draft: MailboxDraft): MailboxWish {
  const { kind, address, allows, parties, isOn, protocol, port } = draft;
  const settings =
    kind === 'imap'
      ? imapOf(draft)
      : { kind, protocol, port: Number(port), maxBytes: MAX_BYTES, maxRecipients: MAX_RECIPIENTS };
  const secrets = kind === 'imap' ? secretsOf(draft) : null;
  return { address: address.trim(), settings, allows, parties: [...parties], isOn, secrets };
}
