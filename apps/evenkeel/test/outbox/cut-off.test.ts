import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { holderOf } from '../../src/kernel/holder.ts';
import { callLocal } from '../../src/kernel/server.local.ts';
import { atEnd } from '../support/at-end.ts';
import { bareEnvironment } from '../support/bare-environment.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type TestApp, urlOf } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { letterWriter } from './letters.ts';

const PROGRAM = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const database = await testDatabase();
const dataDir = temporaryFolder();

type Running = Pick<TestApp, 'ask' | 'call'> & { readonly child: ChildProcess };

/** The real program in a process of its own, on the one folder, when it is ready. */
async function serve(): Promise<Running> {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--port', '0', '--data', dataDir], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...bareEnvironment(), DATABASE_URL: urlOf(database.connection) },
  });
  atEnd(() => child.kill('SIGKILL'));
  let said = '';
  while (!said.includes('is ready')) {
    const [piece] = await Promise.race([once(child.stderr!, 'data'), once(child, 'exit').then(() => [null])]);
    if (piece === null) throw new Error(said);
    said += String(piece);
  }
  const { socketPath } = (await holderOf(dataDir))!;
  const call: TestApp['call'] = (method, path, body) =>
    callLocal(
      socketPath,
      new Request(new URL(path, 'http://evenkeel.local'), {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    );
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await call(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
  return { child, call, ask };
}

type Moment = 'before the mail' | 'after the mail';

/** A server of mail that calls back at one moment of the first talk, and answers nothing any more then. */
async function mailServer(moment: Moment, then: () => void) {
  let mails = 0;
  let isOver = false;
  const server = createServer((socket) => {
    let mail: string | null = null;
    const stop = () => {
      if (isOver) return false;
      isOver = true;
      then();
      return true;
    };
    socket.on('error', () => {});
    socket.write('220 here ESMTP\r\n');
    socket.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      if (mail !== null) {
        mail += text;
        if (!mail.endsWith('\r\n.\r\n')) return;
        mail = null;
        mails += 1;
        if (moment === 'after the mail' && stop()) return;
        socket.write('250 2.0.0 taken\r\n');
      } else if (/^DATA/im.test(text)) {
        if (moment === 'before the mail' && stop()) return;
        mail = '';
        socket.write('354 go on\r\n');
      } else socket.write(/^QUIT/im.test(text) ? '221 bye\r\n' : '250 ok\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => void server.close());
  return { port: (server.address() as { port: number }).port, mails: () => mails };
}

type Sending = { readonly id: string; readonly state: string };
const sendings = async (program: Running, procedure: string) =>
  (await program.ask<{ items: readonly Sending[] }>('GET', `/api/sendings?procedure=${procedure}`)).items;
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code;

test.each<[Moment, number]>([
  ['after the mail', 1],
  ['before the mail', 0],
])(
  'a program that is killed %s was handed over says that nobody knows, and sends nothing again by itself',
  async (moment, taken) => {
    const first = await serve();
    await database.pool.query(
      "UPDATE workspaces SET name = 'Studio Kivi', own_addresses = '{me@firm.example}'",
    );
    const ended = once(first.child, 'exit');
    const server = await mailServer(moment, () => first.child.kill('SIGKILL'));
    const { id: mailbox } = await first.ask<{ id: string }>('POST', '/api/mailboxes', {
      address: 'me@firm.example',
      settings: {
        kind: 'imap',
        imap: { host: '127.0.0.1', port: 1, security: 'none' },
        smtp: { host: '127.0.0.1', port: server.port, security: 'none', signsIn: false },
        signIn: { by: 'password', user: 'me@firm.example' },
      },
      ...{ allows: 'known', parties: [], isOn: false, secrets: { password: 'only for tests' } },
    });
    await first.ask('PUT', '/api/sendings/rules', { undoSec: 0, coolingMin: 0, second: 'never' });
    const letterTo = await letterWriter(first, () => new Date().toISOString());
    const { id, path } = await letterTo(`orlov@${moment.replaceAll(' ', '-')}.example`);
    await first.call('POST', `${path}/send`, {}).then(
      () => expect.unreachable('the program was to be killed'),
      () => {},
    );
    await ended;
    expect(server.mails()).toBe(taken);

    const again = await serve();
    const [sending] = await sendings(again, id);
    expect(sending).toMatchObject({ state: 'unclear' });
    expect(await codeOf(await again.call('POST', `${path}/send`, {}))).toBe('maybe-left');
    expect(server.mails()).toBe(taken);
    const wasSent = taken > 0;
    await again.ask('POST', `/api/sendings/${sending!.id}/settled`, { wasSent });
    if (!wasSent) expect((await again.call('POST', `${path}/send`, {})).status).toBe(200);
    expect(server.mails()).toBe(1);
    expect(await codeOf(await again.call('POST', `${path}/send`, {}))).toBe('letter-sent');
    await again.ask('DELETE', `/api/mailboxes/${mailbox}`);
    const over = once(again.child, 'exit');
    again.child.kill('SIGTERM');
    await over;
  },
  120_000,
);
