import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import type { Certificate } from './certificates.ts';

export const PASSWORD = 'only for tests';

let delivered = 0;

export type Dovecot = {
  /** Where its mail lies, as a Maildir. */
  readonly maildir: string;
  readonly port: number;
  readonly user: string;
  /** Delivers into a folder as another program would. */
  readonly deliver: (folder: string, mails: readonly string[]) => void;
  readonly doveadm: (...args: readonly string[]) => string;
  readonly stop: () => Promise<void>;
};

export type DovecotWish = {
  /** It encrypts with this certificate; without one it does not encrypt. */
  readonly certificate?: Certificate;
  /** `tls` encrypts from the first byte on. */
  readonly isTls?: boolean;
  /** It takes tokens instead of a password, in this way, and asks at this address whose they are. */
  readonly tokens?: { readonly mechanism: 'xoauth2' | 'oauthbearer'; readonly askAt: string };
};

/**
 * A Dovecot of its own on a free port of this machine, with its configuration and its mail in a folder.
 *
 * @param folder empty; whoever gives it removes it
 */
export async function launchDovecot(folder: string, user: string, wish: DovecotWish = {}): Promise<Dovecot> {
  const port = await freePort();
  const config = join(folder, 'dovecot.conf');
  mkdirSync(join(folder, 'run'));
  chmodSync(folder, 0o777);
  writeFileSync(config, dovecotConfig(folder, port, wish));
  if (wish.tokens) writeFileSync(join(folder, 'oauth2.conf'), oauthConfig(wish.tokens.askAt));
  const server = spawn('/usr/sbin/dovecot', ['-F', '-c', config], { stdio: 'ignore' });
  await answering(port, wish.isTls);
  const doveadm = (...args: readonly string[]) =>
    execFileSync('/usr/bin/doveadm', ['-c', config, ...args], { encoding: 'utf8' });
  const deliver = (path: string, mails: readonly string[]) => {
    const maildir = join(folder, 'mail', path === 'INBOX' ? '' : path);
    for (const part of ['', 'tmp', 'new', 'cur']) {
      mkdirSync(join(maildir, part), { recursive: true });
      chmodSync(join(maildir, part), 0o777);
    }
    for (const text of mails) {
      const name = `${1_700_000_000 + delivered++}.${delivered}.test`;
      writeFileSync(join(maildir, 'tmp', name), text);
      renameSync(join(maildir, 'tmp', name), join(maildir, 'new', name));
    }
  };
  return { maildir: join(folder, 'mail'), port, user, deliver, doveadm, stop: () => ended(server) };
}

/** Everything lies in the folder; mail belongs to nobody, for Dovecot reads none as root. */
function dovecotConfig(folder: string, port: number, { certificate, isTls, tokens }: DovecotWish): string {
  const [plain, secure] = isTls ? [0, port] : [port, 0];
  return `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/dovecot.log
first_valid_uid = 0
first_valid_gid = 0
mail_uid = nobody
mail_gid = nogroup
mail_location = maildir:${folder}/mail:LAYOUT=fs
protocols = imap
ssl = ${certificate ? 'yes' : 'no'}
${certificate ? `ssl_cert = <${certificate.certFile}\nssl_key = <${certificate.keyFile}` : ''}
disable_plaintext_auth = no
listen = 127.0.0.1
auth_mechanisms = ${tokens ? tokens.mechanism : 'plain login'}
mail_max_userip_connections = 100
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${plain}
  }
  inet_listener imaps {
    port = ${secure}
    ssl = yes
  }
}
passdb {
  driver = ${tokens ? 'oauth2' : 'static'}
  args = ${tokens ? `${folder}/oauth2.conf` : `password=${PASSWORD.replaceAll(' ', '_')}`}
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${folder}/home
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
}
`;
}

function oauthConfig(askAt: string): string {
  return `tokeninfo_url = ${askAt}?access_token=\nintrospection_mode = \nusername_attribute = email\nactive_attribute = active\nactive_value = yes\n`;
}

/** The password as Dovecot's configuration can hold it. */
export const IMAP_PASSWORD = PASSWORD.replaceAll(' ', '_');

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Waits until a server answers there. @param isSilent it waits for whoever connects to speak first */
export async function answering(port: number, isSilent = false): Promise<void> {
  const until = Date.now() + 30_000;
  const isThere = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      // Whoever encrypts from the first byte on waits for us.
      socket.once(isSilent ? 'connect' : 'data', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
    });
  while (!(await isThere())) {
    if (Date.now() > until) throw new Error(`nothing answers on port ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Ends a server, and resolves when it is gone. */
export function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    server.once('exit', () => resolve());
    server.kill('SIGTERM');
  });
}
