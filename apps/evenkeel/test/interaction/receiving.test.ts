import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { HAS_POSTFIX } from '../support/mail-programs.ts';
import { freePort, startPostfix } from '../support/mail-servers.ts';
import { mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const database = await testDatabase();
const app = await testApp(database);

type Row = Readonly<Record<string, unknown>>;

async function receiving(protocol: 'smtp' | 'lmtp', more: Row = {}) {
  const port = await freePort();
  const { id } = await app.ask<{ id: string }>('POST', '/api/mailboxes', {
    address: 'journal@firm.example',
    settings: { kind: 'receiving', protocol, port, ...more },
    ...{ allows: 'known', parties: [], isOn: true },
  });
  await expect.poll(async () => (await status(id)).triedAt).not.toBeNull();
  return { id, port };
}

async function status(id: string): Promise<Row> {
  const { items } = await app.ask<{ items: readonly Row[] }>('GET', '/api/mailboxes');
  return items.find((one) => one.id === id)!;
}

/** Says lines to a server, each after the answer to the one before; gives the answers. */
function say(port: number, lines: readonly string[]): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const answers: string[] = [];
    const rest = [...lines];
    let held = '';
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.on('close', () => resolve(answers));
    socket.on('data', (bytes) => {
      held += bytes.toString();
      for (let end = held.indexOf('\r\n'); end >= 0; end = held.indexOf('\r\n')) {
        const line = held.slice(0, end);
        held = held.slice(end + 2);
        if (line[3] === '-') continue;
        answers.push(line);
        const next = rest.shift();
        if (next === undefined) socket.end();
        else socket.write(`${next}\r\n`);
      }
    });
  });
}

const dataOf = (text: string) => `${text.replaceAll(/\r?\n/g, '\r\n').replaceAll(/^\./gm, '..')}.`;

async function party(address: string): Promise<string> {
  const wish = { name: address, state: 'client', identifiers: [address] };
  return (await app.ask<{ id: string }>('POST', '/api/parties', wish)).id;
}

test('mail that is brought to us is kept as it came, with its envelope; that of strangers is only counted', async () => {
  const known = await party('orlov@journal.example');
  const { id, port } = await receiving('smtp');
  const text = mail({
    subject: 'journaled',
    from: 'orlov@journal.example',
    body: '.a line with a dot\nand more',
  });
  const about = ['EHLO them.example', 'MAIL FROM:<bounce@journal.example>', 'RCPT TO:<journal@firm.example>'];
  const answers = await say(port, [...about, 'DATA', dataOf(text), 'QUIT']);
  expect(answers.at(-2)).toMatch(/^250 /);
  await say(port, [
    ...about,
    'DATA',
    dataOf(mail({ from: 'mother@home.example', subject: 'private' })),
    'QUIT',
  ]);
  expect(await status(id)).toMatchObject({ totals: { items: 2, imported: 1, leftOut: 1 } });
  const { items } = await app.ask<{ items: readonly Row[] }>('GET', `/api/parties/${known}/timeline`);
  const original = await app.call('GET', `/api/interactions/${items[0]!.id}/original`);
  expect(await original.text()).toBe(text.replaceAll('\n', '\r\n'));
  const { rows } = await database.pool.query('SELECT mail_from, rcpt_to, peer, protocol FROM mail_envelopes');
  expect(rows).toEqual([
    {
      mail_from: 'bounce@journal.example',
      rcpt_to: ['journal@firm.example'],
      peer: '127.0.0.1',
      protocol: 'smtp',
    },
  ]);
  const sender = await app.ask<Row>('GET', `/api/interactions/${items[0]!.id}/sender`);
  expect(sender).toMatchObject({ verdict: 'unverified' });
  await app.ask('DELETE', `/api/mailboxes/${id}`);
});

test('what is too large, and too many recipients, are refused while they are handed over', async () => {
  const { id, port } = await receiving('smtp', { maxBytes: 1 << 20, maxRecipients: 1 });
  const about = ['EHLO them.example', 'MAIL FROM:<a@b.example>', 'RCPT TO:<one@firm.example>'];
  const answers = await say(port, [...about, 'RCPT TO:<two@firm.example>', 'QUIT']);
  expect(answers[4]).toMatch(/^452 /);
  const large = dataOf(mail({ body: `${'x'.repeat(70)}\n`.repeat(20_000) }));
  expect((await say(port, [...about, 'DATA', large, 'QUIT'])).at(-2)).toMatch(/^552 /);
  await app.ask('DELETE', `/api/mailboxes/${id}`);
});

describe.skipIf(!HAS_POSTFIX)('from a real Postfix', () => {
  test('mail comes by LMTP', async () => {
    const known = await party('orlov@lmtp.example');
    const { id, port } = await receiving('lmtp');
    const postfix = await startPostfix([`journal.example=lmtp:inet:127.0.0.1:${port}`], temporaryFolder());
    const text = mail({ subject: 'by lmtp', from: 'orlov@lmtp.example' });
    const about = ['EHLO them.example', 'MAIL FROM:<orlov@lmtp.example>', 'RCPT TO:<me@journal.example>'];
    await say(postfix.port, [...about, 'DATA', dataOf(text), 'QUIT']);
    await expect
      .poll(async () => (await status(id)).totals, { timeout: 30_000 })
      .toMatchObject({ imported: 1 });
    const { items } = await app.ask<{ items: readonly Row[] }>('GET', `/api/parties/${known}/timeline`);
    expect(items).toMatchObject([{ subject: 'by lmtp', direction: 'inbound' }]);
    await app.ask('DELETE', `/api/mailboxes/${id}`);
  });
});
