import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { replay } from '../../src/replay.ts';
import { player } from '../procedure/playing.ts';
import { atEnd } from '../support/at-end.ts';
import { HAS_DOVECOT, HAS_POSTFIX } from '../support/mail-programs.ts';
import { type Dovecot, IMAP_PASSWORD, startDovecot, startPostfix } from '../support/mail-servers.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
// Servers write the hour of this machine into what they send.
const chance = seededChance('sending');
chance.setClock(Date.now());
const app = await testApp(database, { chance });
await database.pool.query("UPDATE workspaces SET name = 'Studio Kivi', own_addresses = '{me@firm.example}'");
const play = player(app);
const [pack] = (await app.ask<{ packs: { id: string }[] }>('GET', '/api/procedures/packs?subject=call'))
  .packs as [{ id: string }];
const WORDS = { 'what-was-agreed': 'Nothing yet.', 'next-step': 'I look into it by Monday.' };

type Row = Readonly<Record<string, unknown>>;
type Sending = Row & {
  readonly id: string;
  readonly state: string;
  readonly interactionId: string | null;
  readonly messageId: string;
  readonly transcript: readonly { by: string; text: string }[];
  readonly reports: readonly { became: string; recipient: string | null; status: string | null }[];
};

/** As far as a finished letter to somebody at an address. */
async function letterTo(address: string) {
  const { id: partyId } = await app.ask<{ id: string }>('POST', '/api/parties', {
    ...{ name: `Client of ${address}`, state: 'client', identifiers: [address] },
  });
  const call = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
    ...{ kind: 'call', direction: 'inbound', parties: [{ id: partyId }], at: chance.now() },
    ...{ durationMin: 1, channel: 'phone', people: ['Orlov'], subject: null, quotes: [], outcome: null },
    text: 'Orlov asked where the login is.',
  });
  const id = await play.start(pack.id, partyId, { kind: 'call', id: call.id });
  const shown = await play.done(id, (await play.see(id)).now!.step);
  const letter = shown.steps.find((step) => step.id === shown.now?.step)!.letter!;
  await play.draft(id, letter, WORDS);
  await play.final(id, letter);
  return { id, partyId, letter, path: `/api/procedures/${id}/letters/${letter}` };
}

const added: string[] = [];
afterEach(async () => {
  for (const id of added.splice(0)) await app.ask('DELETE', `/api/mailboxes/${id}`);
});

async function mailbox(smtpPort: number, dovecot: Pick<Dovecot, 'port'> = { port: 1 }): Promise<string> {
  const { id } = await app.ask<{ id: string }>('POST', '/api/mailboxes', {
    address: 'me@firm.example',
    settings: {
      kind: 'imap',
      imap: { host: '127.0.0.1', port: dovecot.port, security: 'none' },
      smtp: { host: '127.0.0.1', port: smtpPort, security: 'none', signsIn: false },
      signIn: { by: 'password', user: 'me@firm.example' },
    },
    ...{ allows: 'known', parties: [], isOn: false, secrets: { password: IMAP_PASSWORD } },
  });
  added.push(id);
  return id;
}

async function sendings(procedure: string): Promise<readonly Sending[]> {
  return (await app.ask<{ items: readonly Sending[] }>('GET', `/api/sendings?procedure=${procedure}`)).items;
}

const send = (path: string) => app.call('POST', `${path}/send`, {});
const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code;

describe.skipIf(!HAS_POSTFIX || !HAS_DOVECOT)('through a real Postfix', () => {
  test('a letter leaves once, byte for byte as recorded, and that it was delivered comes back to it', async () => {
    const dovecot = await startDovecot();
    const postfix = await startPostfix(['good.example=discard:'], dovecot.maildir);
    const box = await mailbox(postfix.port, dovecot);
    const { id, path } = await letterTo('orlov@good.example');
    expect((await send(path)).status).toBe(200);
    const [sent] = await sendings(id);
    expect(sent).toMatchObject({ state: 'accepted', from: 'me@firm.example', to: 'orlov@good.example' });
    expect(sent!.messageId).toMatch(/^<[0-9a-f]{30}@firm\.example>$/);
    expect(sent!.asksDelivery).toBe(true);
    const original = await app.call('GET', `/api/interactions/${sent!.interactionId}/original`);
    const bytes = await original.text();
    expect(bytes).toContain(`Message-ID: ${sent!.messageId}`);
    expect(bytes).toMatch(/^Date: .* \+0000\r$/m);
    expect(bytes).not.toMatch(/^(Bcc|X-|User-Agent|Received)/im);
    const said = sent!.transcript.map(({ text }) => text).join('\n');
    expect(said).toMatch(/EHLO \[127\.0\.0\.1\]/);
    expect(said).toMatch(/RCPT TO:<orlov@good\.example> NOTIFY=SUCCESS,FAILURE,DELAY/);
    expect(await codeOf(await send(path))).toBe('letter-sent');
    await expect
      .poll(
        async () => {
          await app.ask('POST', `/api/mailboxes/${box}/read`);
          await app.runner.caughtUp();
          return (await sendings(id))[0]!.reports.map(({ became, recipient }) => [became, recipient]);
        },
        { timeout: 30_000, interval: 500 },
      )
      .toEqual([[expect.stringMatching(/^(delivered|relayed)$/), 'orlov@good.example']]);
  }, 90_000);

  test('one that cannot be delivered is accepted first and failed later, and the bounce is kept', async () => {
    const dovecot = await startDovecot();
    const postfix = await startPostfix(
      [`gone.example=lmtp:inet:127.0.0.1:${await refusingServer()}`],
      dovecot.maildir,
    );
    const box = await mailbox(postfix.port, dovecot);
    const { id, partyId, path } = await letterTo('orlov@gone.example');
    expect((await send(path)).status).toBe(200);
    await expect
      .poll(
        async () => {
          await app.ask('POST', `/api/mailboxes/${box}/read`);
          await app.runner.caughtUp();
          return (await sendings(id))[0];
        },
        { timeout: 30_000, interval: 500 },
      )
      .toMatchObject({ state: 'accepted', reports: [{ became: 'failed', status: '5.1.1' }] });
    const { items } = await app.ask<{ items: readonly Row[] }>('GET', `/api/parties/${partyId}/timeline`);
    expect(items.some(({ fromAddress, direction }) => direction === 'inbound' || fromAddress)).toBe(true);
  }, 90_000);

  test('what the server does not take was not sent, is said in its words, and can be sent again', async () => {
    const dovecot = await startDovecot();
    const postfix = await startPostfix(['good.example=discard:'], dovecot.maildir);
    const first = await mailbox(postfix.port, dovecot);
    const { id, path } = await letterTo('nobody@firm.example');
    expect(await codeOf(await send(path))).toBe('mail-refused');
    expect((await sendings(id)).map(({ state }) => state)).toEqual(['refused']);
    expect(await codeOf(await send(path))).toBe('mail-refused');
    expect(await sendings(id)).toHaveLength(2);
    void first;
  }, 60_000);
});

/** A server that knows nobody. */
function refusingServer(): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write('220 nobody LMTP\r\n');
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\r\n').filter(Boolean))
        socket.write(/^RCPT/i.test(line) ? '550 5.1.1 nobody of this name\r\n' : '250 2.0.0 ok\r\n');
    });
  });
  atEnd(() => void server.close());
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
}

/** A server that takes all of a mail and then says nothing any more. */
async function silentServer(): Promise<{ port: number; mails: () => number }> {
  let mails = 0;
  const server = createServer((socket) => {
    let inMail = false;
    socket.on('error', () => {});
    socket.write('220 silent ESMTP\r\n');
    socket.on('data', (bytes) => {
      const text = bytes.toString();
      if (inMail) {
        if (!text.endsWith('\r\n.\r\n')) return;
        mails += 1;
        socket.destroy();
      } else if (/^DATA/i.test(text)) {
        inMail = true;
        socket.write('354 go on\r\n');
      } else socket.write('250 ok\r\n');
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  atEnd(() => void server.close());
  return { port, mails: () => mails };
}

test('of a mail that was handed over without an answer nobody says that it was sent, and it is not sent again', async () => {
  const server = await silentServer();
  await mailbox(server.port);
  const { id, path } = await letterTo('orlov@silent.example');
  expect(await codeOf(await send(path))).toBe('maybe-left');
  expect(await codeOf(await send(path))).toBe('maybe-left');
  expect(server.mails()).toBe(1);
  const [sending] = await sendings(id);
  expect(sending).toMatchObject({ state: 'unclear', interactionId: null });
  await app.ask('POST', `/api/sendings/${sending!.id}/settled`, { wasSent: true });
  const [settled] = await sendings(id);
  expect(settled).toMatchObject({ state: 'accepted', interactionId: expect.any(String) });
  expect(await codeOf(await send(path))).toBe('letter-sent');
});

test('one that turned out not to have left can be sent again', async () => {
  const server = await silentServer();
  await mailbox(server.port);
  const { id, path } = await letterTo('orlov@again.example');
  await send(path);
  const [sending] = await sendings(id);
  await app.ask('POST', `/api/sendings/${sending!.id}/settled`, { wasSent: false });
  expect(await codeOf(await send(path))).toBe('maybe-left');
  expect(server.mails()).toBe(2);
});

test('what was sent and what was read is the same when it is made anew from the record', async () => {
  const tables = [
    'sendings',
    'sending_reports',
    'mail_folders',
    'mail_uids',
    'sender_checks',
    'runs',
    'sources',
  ];
  const rowsOf = async () =>
    Promise.all(
      tables.map(async (name) => {
        const { rows } = await database.pool.query(`SELECT row_to_json(t) AS row FROM ${name} t`);
        return [name, rows.map(({ row }) => JSON.stringify(row)).sort()];
      }),
    );
  await app.runner.caughtUp();
  const before = await rowsOf();
  await replay(app.ledger);
  expect(await rowsOf()).toEqual(before);
});

test('without a mailbox that sends, a letter is handed over as before', async () => {
  const { path } = await letterTo('orlov@byhand.example');
  expect(await codeOf(await send(path))).toBe('no-mailbox-sends');
  const handed = await app.call('POST', `${path}/handed-over`, { way: 'copy', at: null });
  expect(handed.status).toBe(200);
});
