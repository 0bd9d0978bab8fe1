import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replay } from '../../src/replay.ts';
import { atEnd } from '../support/at-end.ts';
import { certificateFor, HAS_OPENSSL, trust } from '../support/certificates.ts';
import { rowsOf } from '../support/made-anew.ts';
import { HAS_DOVECOT, HAS_POSTFIX } from '../support/mail-programs.ts';
import { type Dovecot, IMAP_PASSWORD, startDovecot, startPostfix } from '../support/mail-servers.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { startTokenProvider } from '../support/token-provider.ts';
import { letterWriter } from './letters.ts';

const database = await testDatabase();
const chance = seededChance('sending');
// Servers write the hour of this machine into what they send, also when all of this takes minutes.
const setClock = () => chance.setClock(Date.now());
setClock();
beforeEach(setClock);
const app = await testApp(database, { chance });
await database.pool.query("UPDATE workspaces SET name = 'Studio Kivi', own_addresses = '{me@firm.example}'");
const letterTo = await letterWriter(app, chance.now);
// What letters wait for before they leave is told elsewhere.
await app.ask('PUT', '/api/sendings/rules', { undoSec: 0, coolingMin: 0, second: 'never' });

type Row = Readonly<Record<string, unknown>>;
type Sending = Row & {
  readonly id: string;
  readonly state: string;
  readonly interactionId: string | null;
  readonly messageId: string;
  readonly transcript: readonly { by: string; text: string }[];
  readonly reports: readonly { became: string; recipient: string | null; status: string | null }[];
};

const added: string[] = [];
afterEach(async () => {
  for (const id of added.splice(0)) await app.ask('DELETE', `/api/mailboxes/${id}`);
});

async function mailbox(
  smtpPort: number,
  dovecot: Pick<Dovecot, 'port'> = { port: 1 },
  wish: { readonly smtp?: Row; readonly signIn?: Row; readonly secrets?: Row } = {},
): Promise<string> {
  const { id } = await app.ask<{ id: string }>('POST', '/api/mailboxes', {
    address: 'me@firm.example',
    settings: {
      kind: 'imap',
      imap: { host: '127.0.0.1', port: dovecot.port, security: 'none' },
      smtp: { host: '127.0.0.1', port: smtpPort, security: 'none', signsIn: false, ...wish.smtp },
      signIn: { by: 'password', user: 'me@firm.example', ...wish.signIn },
    },
    ...{ allows: 'known', parties: [], isOn: false, secrets: wish.secrets ?? { password: IMAP_PASSWORD } },
  });
  added.push(id);
  return id;
}

async function sendings(procedure: string): Promise<readonly Sending[]> {
  return (await app.ask<{ items: readonly Sending[] }>('GET', `/api/sendings?procedure=${procedure}`)).items;
}

const send = (path: string, wish: Row = {}) => app.call('POST', `${path}/send`, wish);
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
  });

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
  });

  test('that it was opened is what their mail program says: asked for, tied to the letter, apart from delivery', async () => {
    const dovecot = await startDovecot();
    const postfix = await startPostfix(['opened.example=discard:'], dovecot.maildir);
    const box = await mailbox(postfix.port, dovecot);
    const { id, path } = await letterTo('orlov@opened.example');
    expect((await send(path, { asksOpened: true })).status).toBe(200);
    const [sent] = await sendings(id);
    const original = await app.call('GET', `/api/interactions/${sent!.interactionId}/original`);
    expect(await original.text()).toMatch(/^Disposition-Notification-To: <?me@firm\.example>?\r$/m);
    dovecot.deliver('INBOX', [receipt('orlov@opened.example', sent!.messageId!)]);
    await expect
      .poll(
        async () => {
          await app.ask('POST', `/api/mailboxes/${box}/read`);
          await app.runner.caughtUp();
          return (await sendings(id))[0]!.reports.map(({ became, recipient }) => [became, recipient]);
        },
        { timeout: 30_000, interval: 500 },
      )
      .toContainEqual(['opened', 'orlov@opened.example']);
    expect((await sendings(id))[0]).toMatchObject({ state: 'accepted' });
  });

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
  });
});

/** What a mail program sends when its user lets it say that a mail was opened. @source RFC 8098 */
function receipt(from: string, messageId: string): string {
  return [
    ...[`From: ${from}`, 'To: me@firm.example', 'Subject: Read: your letter'],
    ...[
      `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: <mdn-${Date.now()}@opened.example>`,
    ],
    ...[
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=disposition-notification; boundary=r',
    ],
    ...['', '--r', 'Content-Type: text/plain', '', 'Your mail was displayed.', '--r'],
    ...['Content-Type: message/disposition-notification', '', `Final-Recipient: rfc822;${from}`],
    ...[`Original-Message-ID: ${messageId}`],
    ...['Disposition: manual-action/MDN-sent-manually; displayed', '', '--r--', ''],
  ].join('\n');
}

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
    'sending_rules',
    'mail_folders',
    'mail_uids',
    'sender_checks',
    'runs',
    'sources',
  ];
  const rows = () => rowsOf(database.pool, tables);
  await app.runner.caughtUp();
  const before = await rows();
  await replay(app.ledger);
  expect(await rows()).toEqual(before);
});

test('without a mailbox that sends, a letter is handed over as before', async () => {
  const { path } = await letterTo('orlov@byhand.example');
  expect(await codeOf(await send(path))).toBe('no-mailbox-sends');
  const handed = await app.call('POST', `${path}/handed-over`, { way: 'copy', at: null });
  expect(handed.status).toBe(200);
});

describe.skipIf(!HAS_OPENSSL)('by a server that encrypts and takes tokens', () => {
  /** A real server of mail that keeps what it is given. */
  async function server(certificate: { cert: string; key: string }, isGood: (token: string) => boolean) {
    const mails: string[] = [];
    const { SMTPServer } = await import('smtp-server');
    const smtp = new SMTPServer({
      ...{ secure: true, cert: certificate.cert, key: certificate.key, authMethods: ['XOAUTH2'] },
      onAuth: (auth, _session, done) =>
        isGood(String(auth.accessToken)) ? done(null, { user: auth.username! }) : done(null, { data: {} }),
      onData: (stream, _session, done) => {
        let text = '';
        stream.on('data', (piece: Buffer) => {
          text += piece.toString();
        });
        stream.on('end', () => {
          mails.push(text);
          done(null);
        });
      },
    });
    smtp.on('error', () => {});
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    atEnd(() => new Promise<void>((resolve) => smtp.close(resolve)));
    return { mails, port: (smtp.server.address() as { port: number }).port };
  }

  test('nothing is said to one whose certificate nobody vouches for; to a trusted one the letter leaves, once', async () => {
    const certificate = certificateFor('IP:127.0.0.1');
    const provider = await startTokenProvider('me@firm.example');
    const { port, mails } = await server(certificate, (token) => token.startsWith('access-'));
    const signIn = { by: 'oauth2', tokenEndpoint: provider.endpoint, clientId: 'evenkeel-test' };
    await mailbox(port, undefined, {
      ...{ smtp: { security: 'tls', signsIn: true }, signIn },
      secrets: { refreshToken: provider.refreshToken() },
    });
    const { id, path } = await letterTo('orlov@tls.example');
    expect(await codeOf(await send(path))).toBe('certificate-refused');
    expect(mails).toEqual([]);
    atEnd(trust(certificate));
    expect((await send(path)).status).toBe(200);
    expect(mails).toHaveLength(1);
    const [sent] = await sendings(id);
    expect(sent).toMatchObject({ state: 'accepted' });
    expect(JSON.stringify(sent!.transcript)).not.toContain('xyzzy');
    expect(await codeOf(await send(path))).toBe('letter-sent');
    expect(mails).toHaveLength(1);
  });

  test('a server that does not encrypt where it was to is said so, and nothing was sent', async () => {
    const plain = await silentServer();
    for (const security of ['tls', 'starttls']) {
      await mailbox(plain.port, undefined, { smtp: { security } });
      const { path } = await letterTo(`orlov@no-${security}.example`);
      expect(await codeOf(await send(path)), security).toBe('tls-missing');
      for (const id of added.splice(0)) await app.ask('DELETE', `/api/mailboxes/${id}`);
    }
    expect(plain.mails()).toBe(0);
  });

  test('a token that the server does not take is said so, and nothing was sent', async () => {
    const certificate = certificateFor('IP:127.0.0.1');
    atEnd(trust(certificate));
    const provider = await startTokenProvider('me@firm.example');
    const { port, mails } = await server(certificate, () => false);
    const signIn = { by: 'oauth2', tokenEndpoint: provider.endpoint, clientId: 'evenkeel-test' };
    await mailbox(port, undefined, {
      ...{ smtp: { security: 'tls', signsIn: true }, signIn },
      secrets: { refreshToken: provider.refreshToken() },
    });
    const { id, path } = await letterTo('orlov@untaken.example');
    expect(await codeOf(await send(path))).toBe('mail-sign-in-refused');
    expect(mails).toEqual([]);
    expect(JSON.stringify(await sendings(id))).not.toContain('xyzzy');
  });
});
