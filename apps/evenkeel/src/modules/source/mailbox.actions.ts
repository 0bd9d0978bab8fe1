import type { Actor, WorkspaceId } from '../../kernel/brand.ts';
import type { Db } from '../../kernel/db.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { append, type Ledger, sealFacts } from '../ledger/ledger.actions.ts';
import { sourceStream } from '../ledger/ledger.ts';
import { openSecret, sealSecret } from '../vault/secret.ts';
import type { Connected } from './mailbox.imap.ts';
import { connectImap } from './mailbox.imap.ts';
import { renewToken } from './mailbox.oauth.ts';
import {
  deleteMailbox,
  giveSource,
  listMailboxes,
  loadMailbox,
  loadSecret,
  saveMailbox,
  saveSecret,
} from './mailbox.store.ts';
import {
  decideMailbox,
  type ImapSettings,
  isSecretFor,
  type Mailbox,
  type MailboxRefusal,
  type MailboxWish,
  type MailProblem,
  type MailSecrets,
  type SignIn,
} from './mailbox.ts';
import { projectSources } from './source.store.ts';
import type { SourceFact, SourceId } from './source.ts';

// What modules downstream ask inside their own work.
export {
  allowedAddresses,
  foldersRead,
  type KnownUid,
  knownUids,
  loadMailbox,
  lookedUpTo,
  otherEpoch,
  runningRun,
  saveTry,
} from './mailbox.store.ts';

const PURPOSE = 'mailbox';

/** Keeps how a mailbox is reached and whose mail is taken. What was kept of it before stays. */
export async function keepMailbox(
  ledger: Ledger,
  actor: Actor,
  id: string | null,
  wish: MailboxWish,
): Promise<Outcome<{ readonly id: string }, MailboxRefusal>> {
  const { db, workspaceId, vault, chance } = ledger;
  const known = id === null ? null : await loadMailbox(db, workspaceId, id);
  if (id !== null && !known) return refuse('mailbox-unknown');
  if (known && known.settings.kind !== wish.settings.kind) return refuse('mailbox-unknown');
  const decided = decideMailbox(wish, known !== null && signsInAlike(known, wish));
  if (!decided.ok) return decided;
  const secret = wish.secrets && sealSecret(vault.keys, chance, PURPOSE, JSON.stringify(wish.secrets));
  const kept = id ?? ledger.newId();
  await db
    .transaction()
    .execute((tx) => saveMailbox(tx, workspaceId, kept, wish, { secret, actor, at: chance.now() }));
  return accept({ id: kept });
}

/** A password that is kept goes to no other server and to nobody else than it was given for. */
function signsInAlike({ settings }: Mailbox, wish: MailboxWish): boolean {
  if (settings.kind !== 'imap' || wish.settings.kind !== 'imap') return true;
  const to = ({ imap, smtp, signIn }: ImapSettings) =>
    JSON.stringify([imap.host, smtp?.host ?? null, signIn]);
  return to(settings) === to(wish.settings);
}

export async function forgetMailbox(
  { db, workspaceId }: Ledger,
  id: string,
): Promise<Outcome<null, MailboxRefusal>> {
  return (await deleteMailbox(db, workspaceId, id)) ? accept(null) : refuse('mailbox-unknown');
}

/** The source under which everything of a mailbox is recorded; opened when it is first needed. */
export async function sourceOfMailbox(ledger: Ledger, mailbox: Mailbox, actor: Actor): Promise<SourceId> {
  const { db, workspaceId } = ledger;
  // It may have been opened since these settings were read.
  const known = mailbox.sourceId ?? (await loadMailbox(db, workspaceId, mailbox.id))?.sourceId;
  if (known) return known;
  const id = ledger.newId() as SourceId;
  const sourceKind = mailbox.settings.kind === 'imap' ? 'mailbox' : 'receiving';
  const fact: SourceFact = { kind: 'source.opened', id, sourceKind, name: mailbox.address };
  const pending = await sealFacts(ledger, [{ fact, stream: sourceStream(id), actor }]);
  await db.transaction().execute(async (tx) => {
    const [entry] = pending;
    await projectSources(tx, workspaceId, [{ recordId: entry!.id, recordedAt: entry!.recordedAt, fact }]);
    await giveSource(tx, workspaceId, mailbox.id, id);
    await append(tx, ledger, pending);
  });
  ledger.wake();
  return id;
}

/** What a server is shown: never kept anywhere but here and in memory. */
export type Credentials = {
  readonly user: string;
  readonly pass?: string | undefined;
  readonly accessToken?: string | undefined;
};

type At = Pick<Ledger, 'vault' | 'chance'> & { readonly db: Db; readonly workspaceId: WorkspaceId };

/** Opens what was sealed, and has a token renewed where one is needed. */
export async function credentialsOf(
  at: At,
  id: string,
  signIn: SignIn,
): Promise<Outcome<Credentials, MailProblem>> {
  const sealed = await loadSecret(at.db, at.workspaceId, id);
  const secrets = sealed ? (JSON.parse(openSecret(at.vault.keys, PURPOSE, sealed)) as MailSecrets) : {};
  return credentialsFrom(at, id, signIn, secrets);
}

/** @param id whose new refresh token is kept when the provider gives one; null for settings that are only tried */
async function credentialsFrom(
  { db, workspaceId, vault, chance }: At,
  id: string | null,
  signIn: SignIn,
  secrets: MailSecrets,
): Promise<Outcome<Credentials, MailProblem>> {
  if (signIn.by === 'password') return accept({ user: signIn.user, pass: secrets.password ?? '' });
  const renewed = await renewToken(signIn, secrets);
  if (!renewed.ok) return renewed;
  const { accessToken, refreshToken } = renewed.value;
  if (id !== null && refreshToken && refreshToken !== secrets.refreshToken) {
    const text = JSON.stringify({ ...secrets, refreshToken });
    await saveSecret(db, workspaceId, id, sealSecret(vault.keys, chance, PURPOSE, text));
  }
  return accept({ user: signIn.user, accessToken });
}

/** Connects to a mailbox that is kept. */
export async function connectTo(ledger: Ledger, mailbox: Mailbox): Promise<Outcome<Connected, MailProblem>> {
  const { settings } = mailbox;
  if (settings.kind !== 'imap') return refuse('server-refused');
  const credentials = await credentialsOf(ledger, mailbox.id, settings.signIn);
  return credentials.ok ? connectImap(settings.imap, credentials.value) : credentials;
}

/** Signs in once and looks which folders there are; nothing is read, and nothing kept. */
export async function tryMailbox(
  ledger: Ledger,
  id: string | null,
  settings: ImapSettings,
  secrets: MailSecrets | null,
): Promise<Outcome<{ readonly inbox: string; readonly sent: string | null }, MailboxRefusal>> {
  const credentials = await triedCredentials(ledger, id, settings, secrets);
  if (!credentials.ok) return credentials;
  const connected = await connectImap(settings.imap, credentials.value);
  if (!connected.ok) return connected;
  const { folders, close } = connected.value;
  await close();
  return accept(folders);
}

async function triedCredentials(
  ledger: Ledger,
  id: string | null,
  settings: ImapSettings,
  secrets: MailSecrets | null,
): Promise<Outcome<Credentials, MailboxRefusal>> {
  const known = id === null ? null : await loadMailbox(ledger.db, ledger.workspaceId, id);
  const wish: MailboxWish = {
    ...{ address: known?.address ?? 'a@b', settings, secrets },
    ...{ allows: 'known', parties: [], isOn: false },
  };
  const decided = decideMailbox(wish, known !== null && signsInAlike(known, wish));
  if (!decided.ok) return decided;
  return isSecretFor(settings.signIn, secrets)
    ? credentialsFrom(ledger, id, settings.signIn, secrets ?? {})
    : credentialsOf(ledger, id as string, settings.signIn);
}

export function mailboxes({ db, workspaceId }: Ledger): Promise<readonly Mailbox[]> {
  return listMailboxes(db, workspaceId);
}
