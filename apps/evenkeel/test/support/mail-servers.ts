import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { atEnd } from './at-end.ts';
import type { Certificate } from './certificates.ts';
import { temporaryFolder } from './temporary-folder.ts';

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
};

export type DovecotWish = {
  /** It encrypts with this certificate; without one it does not encrypt. */
  readonly certificate?: Certificate;
  /** `tls` encrypts from the first byte on. */
  readonly isTls?: boolean;
  /** It takes tokens instead of a password, in this way, and asks at this address whose they are. */
  readonly tokens?: { readonly mechanism: 'xoauth2' | 'oauthbearer'; readonly askAt: string };
};

/** A Dovecot of the test's own on a free port of this machine, with a configuration and a mailbox of its own. */
export async function startDovecot(user = 'me@firm.example', wish: DovecotWish = {}): Promise<Dovecot> {
  const folder = temporaryFolder();
  const port = await freePort();
  const config = join(folder, 'dovecot.conf');
  mkdirSync(join(folder, 'run'));
  chmodSync(folder, 0o777);
  writeFileSync(config, dovecotConfig(folder, port, wish));
  if (wish.tokens) writeFileSync(join(folder, 'oauth2.conf'), oauthConfig(wish.tokens.askAt));
  const server = spawn('/usr/sbin/dovecot', ['-F', '-c', config], { stdio: 'ignore' });
  atEnd(() => ended(server));
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
  return { maildir: join(folder, 'mail'), port, user, deliver, doveadm };
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

async function answering(port: number, isSilent = false): Promise<void> {
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

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    server.once('exit', () => resolve());
    server.kill('SIGTERM');
  });
}

export type Proxy = {
  readonly port: number;
  /** Ends every connection that goes through. */
  readonly cut: () => void;
  readonly close: () => void;
};

/**
 * Stands between a program and a server, and may alter what the server says.
 *
 * @param alter is given what came from the server (latin1) and returns what is passed on; null cuts the connection
 */
export async function proxyTo(target: number, alter: (text: string) => string | null): Promise<Proxy> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const behind = connect(target, '127.0.0.1');
    for (const socket of [client, behind]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        behind.destroy();
      });
    }
    client.pipe(behind);
    behind.on('data', (bytes: Buffer) => {
      const text = alter(bytes.toString('latin1'));
      if (text === null) client.destroy();
      else client.write(Buffer.from(text, 'latin1'));
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  const close = () => {
    cut();
    server.close();
  };
  atEnd(close);
  return { port, cut, close };
}

export type Postfix = { readonly port: number };

/**
 * A Postfix of the test's own: takes mail on a free port of this machine, knows what becomes of it, and reports back.
 *
 * @param routes `domain=transport` of Postfix: `discard:`, `error:5.1.1 nobody`, `lmtp:inet:127.0.0.1:24`
 * @param ours where mail to `me@firm.example` is put, as a Maildir
 */
export async function startPostfix(routes: readonly string[], ours: string): Promise<Postfix> {
  const folder = temporaryFolder();
  const port = await freePort();
  for (const part of ['queue', 'data', 'config']) mkdirSync(join(folder, part));
  chmodSync(folder, 0o755);
  execFileSync('chown', ['postfix', join(folder, 'data')]);
  writeFileSync(join(folder, 'config', 'main.cf'), mainConfig(folder, routes, ours));
  writeFileSync(join(folder, 'config', 'master.cf'), masterConfig(port));
  const server = spawn('/usr/sbin/postfix', ['-c', join(folder, 'config'), 'start-fg'], { stdio: 'ignore' });
  atEnd(() => {
    execFileSync('/usr/sbin/postfix', ['-c', join(folder, 'config'), 'stop'], { stdio: 'ignore' });
    return ended(server);
  });
  await answering(port);
  return { port };
}

function mainConfig(folder: string, routes: readonly string[], ours: string): string {
  return `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.test.example
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
virtual_mailbox_domains = firm.example
virtual_mailbox_base = ${join(ours, '..')}
virtual_mailbox_maps = inline:{me@firm.example=mail/}
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
transport_maps = inline:{${routes.map((one) => `{${one.replace('=', ' = ')}}`).join(' ')}}
default_transport = error:5.4.4 no such place
maillog_file = ${folder}/maillog
maillog_file_prefixes = ${folder}
lmtp_send_xforward_command = yes
append_dot_mydomain = no
biff = no
`;
}

function masterConfig(port: number): string {
  const own = (name: string, program = name, most = '-') => `${name} unix - - n - ${most} ${program}`;
  return [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    'pickup unix n - n 60 1 pickup',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 1 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'postlog unix-dgram n - n - 1 postlogd',
    'showq unix n - n - - showq',
    ...['bounce', 'defer', 'trace'].map((name) => own(name, 'bounce', '0')),
    ...['smtp', 'relay'].map((name) => own(name, 'smtp')),
    ...['error', 'retry'].map((name) => own(name, 'error')),
    ...['discard', 'virtual', 'lmtp', 'proxymap'].map((name) =>
      name === 'virtual' ? 'virtual unix - n n - - virtual' : own(name),
    ),
    ...['anvil', 'scache', 'tlsmgr'].map((name) => own(name, name, '1')),
    '',
  ].join('\n');
}
