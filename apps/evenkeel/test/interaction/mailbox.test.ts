import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { HAS_DOVECOT } from '../support/mail-programs.ts';
import { type Dovecot, freePort, IMAP_PASSWORD, proxyTo, startDovecot } from '../support/mail-servers.ts';
import { mail } from '../support/mails.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const app = await testApp(await testDatabase());
const ME = 'me@firm.example';

type Row = Readonly<Record<string, unknown>>;
type Report = Row & {
  readonly id: string;
  readonly totals: Row | null;
  readonly problem: string | null;
  readonly issues: readonly { readonly code: string }[];
};

async function party(name: string, ...addresses: readonly string[]): Promise<string> {
  const { id } = await app.ask<{ id: string }>('POST', '/api/parties', {
    name,
    state: 'client',
    identifiers: addresses,
  });
  return id;
}

async function connect(dovecot: Dovecot, wish: Row = {}): Promise<string> {
  const { id } = await app.ask<{ id: string }>('POST', '/api/mailboxes', bodyFor(dovecot, wish));
  return id;
}

function bodyFor({ port, user }: Dovecot, wish: Row = {}) {
  return {
    address: ME,
    settings: {
      kind: 'imap',
      imap: { host: '127.0.0.1', port, security: 'none' },
      smtp: null,
      signIn: { by: 'password', user },
    },
    allows: 'known',
    parties: [],
    isOn: false,
    secrets: { password: IMAP_PASSWORD },
    ...wish,
  };
}

async function read(id: string): Promise<Report> {
  const { items } = await app.ask<{ items: readonly Report[] }>('POST', `/api/mailboxes/${id}/read`);
  return items.find((one) => one.id === id)!;
}

const subjectsOf = async (id: string) =>
  (await app.ask<{ items: readonly Row[] }>('GET', `/api/parties/${id}/timeline`)).items.map(
    ({ subject, direction }) => [subject, direction],
  );

describe.skipIf(!HAS_DOVECOT)('a mailbox on a real Dovecot', () => {
  test('a first reading brings the mail of those we know, sent mail too, and of nobody else', async () => {
    const dovecot = await startDovecot();
    const orlov = await party('Orlov', 'orlov@first.example');
    dovecot.deliver('INBOX', [
      mail({ subject: 'first in', from: 'Orlov <orlov@first.example>' }),
      mail({ subject: 'private', from: 'mother@home.example', body: 'xyzzy-private-words' }),
    ]);
    dovecot.deliver('Sent', [
      mail({ subject: 'first out', from: ME, to: 'orlov@first.example' }),
      mail({ subject: 'private out', from: ME, to: 'mother@home.example', body: 'xyzzy-private-answer' }),
    ]);
    const id = await connect(dovecot);
    const report = await read(id);
    expect(report.totals).toEqual({ items: 4, imported: 2, duplicates: 0, leftOut: 2, unreadable: 0 });
    expect(await subjectsOf(orlov)).toEqual(
      expect.arrayContaining([
        ['first in', 'inbound'],
        ['first out', 'outbound'],
      ]),
    );
    await app.sealer.seal();
    for (const secret of ['xyzzy-private', 'mother@home', IMAP_PASSWORD])
      expect(filesWith(secret), secret).toEqual([]);
  });

  test('what arrives while we listen is there without being asked for', async () => {
    const dovecot = await startDovecot();
    const known = await party('Idle', 'idle@two.example');
    const id = await connect(dovecot, { isOn: true });
    await expect.poll(async () => (await status(id)).readAt).not.toBeNull();
    dovecot.deliver('INBOX', [mail({ subject: 'while listening', from: 'idle@two.example' })]);
    await expect.poll(() => subjectsOf(known)).toEqual([['while listening', 'inbound']]);
    expect(await status(id)).toMatchObject({ isFollowed: true, problem: null });
    await app.ask('PUT', `/api/mailboxes/${id}`, bodyFor(dovecot, { isOn: false, secrets: null }));
    expect(await status(id)).toMatchObject({ isFollowed: false });
  });

  test('a reading that was cut goes on behind what was committed, and nothing comes twice', async () => {
    const dovecot = await startDovecot();
    const known = await party('Cut', 'cut@three.example');
    const count = 1300;
    dovecot.deliver(
      'INBOX',
      Array.from({ length: count }, (_, i) =>
        mail({ subject: `cut ${i}`, from: 'cut@three.example', body: 'Long enough. '.repeat(60) }),
      ),
    );
    let passed = 0;
    let cutAt = 1_100_000;
    const proxy = await proxyTo(dovecot.port, (text) => {
      passed += text.length;
      return passed > cutAt ? null : text;
    });
    const id = await connect({ ...dovecot, port: proxy.port });
    const refused = await app.call('POST', `/api/mailboxes/${id}/read`);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ code: 'connection-lost' });
    const partly = (await status(id)).totals as { imported: number };
    expect(partly.imported).toBeGreaterThan(0);
    expect(partly.imported).toBeLessThan(count);
    cutAt = Number.POSITIVE_INFINITY;
    const whole = await read(id);
    expect(whole.totals).toEqual({ items: count, imported: count, duplicates: 0, leftOut: 0, unreadable: 0 });
    expect((await app.ask<{ total: number }>('GET', `/api/parties/${known}/timeline`)).total).toBe(count);
  });

  test('a server that counts anew is read again, linked, and said so', async () => {
    const dovecot = await startDovecot();
    await party('Epoch', 'epoch@four.example');
    const mails = [1, 2, 3].map((n) => mail({ subject: `epoch ${n}`, from: 'epoch@four.example' }));
    dovecot.deliver('INBOX', mails);
    const id = await connect(dovecot);
    await read(id);
    dovecot.doveadm('mailbox', 'update', '-u', dovecot.user, '--uid-validity', '77', 'INBOX');
    const report = await read(id);
    expect(report.totals).toMatchObject({ imported: 3, duplicates: 3 });
    expect(codes(report)).toContain('uidvalidity-changed');
  });

  test('what is deleted on the server stays here, and that it is gone there is said', async () => {
    const dovecot = await startDovecot();
    const known = await party('Gone', 'gone@five.example');
    dovecot.deliver(
      'INBOX',
      [1, 2, 3].map((n) => mail({ subject: `gone ${n}`, from: 'gone@five.example' })),
    );
    const id = await connect(dovecot);
    await read(id);
    dovecot.doveadm('expunge', '-u', dovecot.user, 'mailbox', 'INBOX', 'uid', '2');
    const report = await read(id);
    expect(codes(report)).toEqual(['gone-from-server']);
    expect(await subjectsOf(known)).toHaveLength(3);
    expect(codes(await read(id))).toEqual(['gone-from-server']);
  });

  test('what the server showed of a folder, what it never showed and what it took back are told with their times', async () => {
    const dovecot = await startDovecot();
    const known = await party('Covered', 'covered@nine.example');
    const one = (n: number) => mail({ subject: `covered ${n}`, from: 'covered@nine.example' });
    dovecot.deliver('INBOX', [1, 2, 3].map(one));
    const expunge = (uid: number) =>
      dovecot.doveadm('expunge', '-u', dovecot.user, 'mailbox', 'INBOX', 'uid', String(uid));
    expunge(2);
    const id = await connect(dovecot);
    await read(id);
    expect(await inboxOf(known)).toMatchObject({
      ...{ listed: 2, emptyAtFirst: 1, emptySince: 0, notYet: 0, unlisted: 0 },
    });
    // 4 comes and goes before we look, 5 stays; of what we have, 1 is taken away.
    dovecot.deliver('INBOX', [one(4), one(5)]);
    expunge(4);
    expunge(1);
    await read(id);
    expect(await inboxOf(known)).toMatchObject({ listed: 3, emptyAtFirst: 1, emptySince: 1, notYet: 0 });
    const { sources } = await coverageOf(known);
    const [loss, ...others] = sources[0]!.losses;
    expect(others).toEqual([]);
    expect(loss).toMatchObject({ path: 'INBOX', gone: 1, ours: 1, unseen: 1 });
    expect(Date.parse(loss!.from as string)).toBeLessThan(Date.parse(loss!.until as string));
    expect(await subjectsOf(known)).toHaveLength(3);
  });

  test('a folder that is counted anew begins a line of its own: what is empty there was so at the first look', async () => {
    const dovecot = await startDovecot();
    const known = await party('Anew', 'anew@ten.example');
    dovecot.deliver('INBOX', [mail({ subject: 'anew', from: 'anew@ten.example' })]);
    const id = await connect(dovecot);
    await read(id);
    dovecot.doveadm(
      'mailbox',
      'update',
      '-u',
      dovecot.user,
      '--uid-validity',
      '78',
      '--min-next-uid',
      '9',
      'INBOX',
    );
    await read(id);
    const { sources } = await coverageOf(known);
    const folders = sources[0]!.folders.filter(({ path }) => path === 'INBOX');
    expect(folders.map(({ emptySince }) => emptySince)).toEqual([0, 0]);
    expect(folders.at(-1)).toMatchObject({ uidValidity: '78', listed: 1 });
  });

  test('a server that shows other bytes under a known number is found out; both are kept', async () => {
    const dovecot = await startDovecot();
    const known = await party('Liar', 'liar@six.example');
    dovecot.deliver('INBOX', [mail({ subject: 'liar', from: 'liar@six.example', body: 'I owe you 400.' })]);
    let isLying = false;
    const proxy = await proxyTo(dovecot.port, (text) =>
      isLying ? text.replace('owe you 400', 'owe you 100') : text,
    );
    const id = await connect({ ...dovecot, port: proxy.port });
    await read(id);
    isLying = true;
    const report = await read(id);
    expect(codes(report)).toEqual(['uid-other-bytes']);
    expect(report.totals).toMatchObject({ imported: 2 });
    expect(await subjectsOf(known)).toHaveLength(2);
  });

  test('numbers that go back and sizes that are not so are said, and nothing is lost by them', async () => {
    const dovecot = await startDovecot();
    await party('Back', 'back@seven.example');
    dovecot.deliver(
      'INBOX',
      [1, 2, 3].map((n) => mail({ subject: `back ${n}`, from: 'back@seven.example' })),
    );
    let lie: (text: string) => string = (text) => text.replace(/RFC822\.SIZE (\d+)/g, 'RFC822.SIZE 1$1');
    const proxy = await proxyTo(dovecot.port, (text) => lie(text));
    const id = await connect({ ...dovecot, port: proxy.port });
    expect(codes(await read(id))).toContain('size-not-as-said');
    lie = (text) => text.replace(/UIDNEXT \d+/g, 'UIDNEXT 2');
    const report = await read(id);
    expect(codes(report)).toContain('uids-backwards');
    expect(report.totals).toMatchObject({ imported: 3, unreadable: 0 });
  });

  test('a message that the server lists and does not show is counted as unreadable and named; the others come', async () => {
    const dovecot = await startDovecot();
    await party('Ghost', 'ghost@seven.example');
    dovecot.deliver(
      'INBOX',
      [1, 2, 3].map((n) => mail({ subject: `seen ${n}`, from: 'ghost@seven.example' })),
    );
    const proxy = await proxyTo(dovecot.port, (text) => text.replace('* SEARCH 1 2 3', '* SEARCH 1 2 3 7'));
    const report = await read(await connect({ ...dovecot, port: proxy.port }));
    expect(codes(report)).toContain('message-not-given');
    expect(report.totals).toMatchObject({ items: 4, imported: 3, unreadable: 1 });
  });

  test('whoever becomes known later is found in what lies there already', async () => {
    const dovecot = await startDovecot();
    dovecot.deliver('INBOX', [
      mail({ subject: 'early', from: 'early@eight.example' }),
      mail({ subject: 'other', from: 'other@eight.example' }),
    ]);
    const first = await party('First', 'early@eight.example');
    const id = await connect(dovecot, { allows: 'chosen', parties: [first] });
    expect((await read(id)).totals).toMatchObject({ imported: 1, leftOut: 1 });
    const later = await party('Later', 'other@eight.example');
    expect((await read(id)).totals).toMatchObject({ imported: 1, leftOut: 1 });
    await app.ask(
      'PUT',
      `/api/mailboxes/${id}`,
      bodyFor(dovecot, { allows: 'chosen', parties: [first, later], secrets: null }),
    );
    expect((await read(id)).totals).toMatchObject({ items: 1, imported: 1 });
    expect(await subjectsOf(later)).toEqual([['other', 'inbound']]);
  });

  test('a wrong password, a missing server and a port without one are each said plainly', async () => {
    const dovecot = await startDovecot();
    const settings = bodyFor(dovecot).settings;
    const tried = async (change: Row, password = IMAP_PASSWORD) => {
      const body = { settings: { ...settings, ...change }, secrets: { password } };
      const response = await app.call('POST', '/api/mailboxes/try', body);
      return (await response.json()) as Row;
    };
    expect(await tried({})).toEqual({ inbox: 'INBOX', sent: 'Sent' });
    expect(await tried({}, 'wrong')).toMatchObject({ code: 'mail-sign-in-refused' });
    const port = await freePort();
    expect(await tried({ imap: { host: '127.0.0.1', port, security: 'none' } })).toMatchObject({
      code: 'server-unreachable',
    });
    expect(await tried({ imap: { host: 'mail.example', port, security: 'none' } })).toMatchObject({
      code: 'plain-not-local',
    });
    expect(
      await tried({ imap: { host: '127.0.0.1', port: dovecot.port, security: 'starttls' } }),
    ).toMatchObject({
      code: 'tls-missing',
    });
  });
});

test('a password goes to no other server than it was given for, and is shown to nobody', async () => {
  const nowhere = { port: 1, user: 'me@firm.example' };
  const id = await connect(nowhere as Dovecot);
  const list = await (await app.call('GET', '/api/mailboxes')).text();
  expect(list).not.toContain(IMAP_PASSWORD);
  const moved = bodyFor(nowhere as Dovecot, { secrets: null });
  moved.settings.imap.host = 'localhost';
  const response = await app.call('PUT', `/api/mailboxes/${id}`, moved);
  expect(await response.json()).toMatchObject({ code: 'secret-needed' });
  await app.ask('DELETE', `/api/mailboxes/${id}`);
});

type Coverage = {
  readonly sources: readonly { readonly folders: readonly Row[]; readonly losses: readonly Row[] }[];
};

const coverageOf = (id: string) => app.ask<Coverage>('GET', `/api/parties/${id}/coverage`);

async function inboxOf(id: string): Promise<Row | undefined> {
  const { sources } = await coverageOf(id);
  return sources[0]!.folders.find(({ path }) => path === 'INBOX');
}

const codes = ({ issues }: Report) => issues.map(({ code }) => code);

async function status(id: string): Promise<Report> {
  const { items } = await app.ask<{ items: readonly Report[] }>('GET', '/api/mailboxes');
  return items.find((one) => one.id === id)!;
}

function filesWith(text: string): readonly string[] {
  try {
    return execFileSync('grep', ['-rlaF', text, app.dataDir], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean);
  } catch {
    return [];
  }
}
