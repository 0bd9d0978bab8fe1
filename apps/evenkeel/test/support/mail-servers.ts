import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { atEnd } from './at-end.ts';
import { answering, type Dovecot, type DovecotWish, ended, freePort, launchDovecot } from './dovecot.ts';
import { temporaryFolder } from './temporary-folder.ts';

export { type Dovecot, freePort, IMAP_PASSWORD } from './dovecot.ts';

/** A Dovecot of the test's own, with a mailbox of its own; it ends with the test. */
export async function startDovecot(user = 'me@firm.example', wish: DovecotWish = {}): Promise<Dovecot> {
  const dovecot = await launchDovecot(temporaryFolder(), user, wish);
  atEnd(dovecot.stop);
  return dovecot;
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
