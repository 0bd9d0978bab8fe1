import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Instant } from '../../src/kernel/instant.ts';
import { LOCAL_OWNER } from '../../src/modules/ledger/ledger.ts';
import { addOwnCalendar, busyAt } from '../../src/modules/signal/own-calendar.actions.ts';
import { fetchCalendar, INTERNET, isPrivate, type Net } from '../../src/modules/signal/own-calendar.fetch.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type Json, testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const chance = seededChance('own-calendar');
const app = await testApp(await testDatabase(), { chance });
const HOUR_MS = 3_600_000;
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

async function serve(answer: RequestListener, host = '127.0.0.1'): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  server.listen(0, host);
  await once(server, 'listening');
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

const CALENDAR = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//x//y//EN',
  'BEGIN:VEVENT',
  'UID:dentist',
  'DTSTAMP:20260101T000000Z',
  'DTSTART:20260518T090000Z',
  'DTEND:20260518T110000Z',
  'SUMMARY:Dentist',
  'RRULE:FREQ=WEEKLY;COUNT=2',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:birthday',
  'DTSTAMP:20260101T000000Z',
  'DTSTART;VALUE=DATE:20260519',
  'TRANSP:TRANSPARENT',
  'SUMMARY:Birthday',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:past',
  'DTSTAMP:20260101T000000Z',
  'DTSTART:20260101T090000Z',
  'DTEND:20260101T110000Z',
  'SUMMARY:Long ago',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');
const asCalendar: RequestListener = (_, answer) =>
  answer.writeHead(200, { 'content-type': 'text/calendar' }).end(CALENDAR);
const list = async () => (await app.ask<{ items: Json[] }>('GET', '/api/calendar/own')).items;
const MAY = ['2026-05-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z'] as [Instant, Instant];

describe('a calendar of our own', () => {
  test('is read from its address: when we are busy in the year to come, and nothing else', async () => {
    const address = `${await serve(asCalendar)}/me.ics`;
    const { id } = await app.ask<{ id: string }>('POST', '/api/calendar/own', { address });
    expect(await list()).toMatchObject([{ id, address, name: '127.0.0.1', times: 2, problem: null }]);
    expect(await busyAt(app.ledger, ...MAY)).toEqual([
      busy('2026-05-18T09:00:00.000Z', '2026-05-18T11:00:00.000Z'),
      busy('2026-05-25T09:00:00.000Z', '2026-05-25T11:00:00.000Z'),
    ]);
    const page = await app.ask<Json>('GET', '/api/calendar?from=2026-05-18&to=2026-05-18');
    expect(page).toMatchObject({ busy: [{ startsAt: '2026-05-18T09:00:00.000Z', title: null }] });
    const { rows } = await app.pool.query('SELECT * FROM own_busy_times WHERE title IS NOT NULL');
    expect(rows).toEqual([]);
    expect((await app.call('DELETE', `/api/calendar/own/${id}`)).status).toBe(204);
    expect(await busyAt(app.ledger, ...MAY)).toEqual([]);
  });

  test('keeps titles only when that is chosen, and can be brought as a file', async () => {
    const wish = { text: CALENDAR, name: 'Mine', hasTitles: true };
    const { id } = await app.ask<{ id: string }>('POST', '/api/calendar/own', wish);
    expect((await busyAt(app.ledger, ...MAY)).map(({ title }) => title)).toEqual(['Dentist', 'Dentist']);
    const again = await app.call('POST', `/api/calendar/own/${id}/read`);
    expect([again.status, (await again.json()) as Json]).toMatchObject([422, { code: 'nothing-to-read' }]);
    await app.call('DELETE', `/api/calendar/own/${id}`);
  });

  test('is read again when asked, at most once an hour; what was read stays while it cannot be reached', async () => {
    let asked = 0;
    let isDown = false;
    const address = await serve((request, answer) => {
      asked += 1;
      if (isDown) answer.writeHead(503).end();
      else asCalendar(request, answer);
    });
    const { id } = await app.ask<{ id: string }>('POST', '/api/calendar/own', { address });
    const soon = await app.call('POST', `/api/calendar/own/${id}/read`);
    expect([soon.status, (await soon.json()) as Json]).toMatchObject([429, { code: 'read-lately' }]);
    expect(asked).toBe(1);

    chance.setClock(Date.parse(chance.now()) + HOUR_MS);
    isDown = true;
    const down = await app.call('POST', `/api/calendar/own/${id}/read`);
    expect([down.status, (await down.json()) as Json]).toMatchObject([422, { code: 'calendar-unreachable' }]);
    expect(await list()).toMatchObject([{ times: 2, problem: 'calendar-unreachable' }]);

    chance.setClock(Date.parse(chance.now()) + HOUR_MS);
    isDown = false;
    expect((await app.call('POST', `/api/calendar/own/${id}/read`)).status).toBe(204);
    expect(await list()).toMatchObject([{ times: 2, problem: null }]);
    await app.call('DELETE', `/api/calendar/own/${id}`);
  });
});

describe('an address is refused, and nothing is kept', () => {
  const refusedAs = async (address: string) => {
    const refused = await app.call('POST', '/api/calendar/own', { address });
    expect(await list()).toEqual([]);
    return { status: refused.status, ...((await refused.json()) as Json) };
  };

  test.each([
    ['no address', 'my calendar', 'address-unusable'],
    ['a file of this machine', 'file:///etc/passwd', 'address-unusable'],
    ['plain http elsewhere', 'http://calendar.example/me.ics', 'address-unusable'],
    ['with a password in it', 'https://me:secret@calendar.example/me.ics', 'address-unusable'],
    ['in a private network', 'https://192.168.1.10/me.ics', 'address-private'],
    ['of the cloud around us', 'https://169.254.169.254/latest', 'address-private'],
    ['in a private network, as IPv6', 'https://[fd00::1]/me.ics', 'address-private'],
    ['IPv4 in the clothes of IPv6', 'https://[::ffff:10.0.0.1]/me.ics', 'address-private'],
    ['IPv4 as one number', 'https://3232235786/me.ics', 'address-private'],
  ])('%s: %s', async (_what, address, code) => {
    expect(await refusedAs(address)).toMatchObject({ status: 422, code });
  });

  test('that is no calendar, with the line that shows it', async () => {
    const page = await serve((_, answer) => answer.end('<!doctype html>\n<title>Sign in</title>'));
    expect(await refusedAs(page)).toMatchObject({
      code: 'calendar-unreadable',
      params: { line: 1, found: '<!doctype html>' },
    });
  });

  test.each([
    ['said beforehand', { 'content-length': String(6 * 1024 * 1024) }],
    ['not said', {}],
  ])('that sends more than 5 MB, %s', async (_how, headers) => {
    const large = await serve((_, answer) => {
      answer.writeHead(200, headers);
      answer.end(Buffer.alloc(6 * 1024 * 1024, 'x'));
    });
    expect(await refusedAs(large)).toMatchObject({ code: 'calendar-too-large' });
  });

  test('that leads on to a private address, although it was typed as this machine', async () => {
    const away = await serve((_, answer) =>
      answer.writeHead(302, { location: 'https://10.0.0.5/me.ics' }).end(),
    );
    expect(await refusedAs(away)).toMatchObject({ code: 'address-private', params: { host: '10.0.0.5' } });
    const other = await serve(asCalendar);
    const besides = await serve((_, answer) => answer.writeHead(302, { location: other }).end());
    expect(await refusedAs(besides)).toMatchObject({ code: 'address-unusable' });
  });

  test('that leads in a circle', async () => {
    const circle = await serve((_, answer) => answer.writeHead(302, { location: '/again' }).end());
    expect(await refusedAs(circle)).toMatchObject({
      code: 'calendar-unreachable',
      params: { why: 'redirects' },
    });
  });

  test('where nobody answers', async () => {
    const address = await serve(asCalendar);
    servers.pop()!.close();
    expect(await refusedAs(address)).toMatchObject({ code: 'calendar-unreachable' });
  });
});

describe('a name', () => {
  test('that stands for a private address is refused, also when a public one stands beside it', async () => {
    const net: Net = { resolve: async () => ['93.184.215.14', '192.168.0.1'] };
    expect(await fetchCalendar('https://calendar.example/me.ics', net)).toMatchObject({
      reason: 'address-private',
      params: { host: 'calendar.example' },
    });
  });

  test('that nobody knows is said to be one', async () => {
    const net: Net = { resolve: () => Promise.reject(new Error('ENOTFOUND')) };
    expect(await fetchCalendar('https://calendar.example/me.ics', net)).toMatchObject({
      reason: 'calendar-unreachable',
      params: { why: 'name' },
    });
  });

  test.each([
    ['8.8.8.8', false],
    ['172.15.255.255', false],
    ['172.16.0.1', true],
    ['100.64.0.1', true],
    ['127.9.9.9', true],
    ['0.0.0.0', true],
    ['255.255.255.255', true],
    ['2606:4700::1111', false],
    ['::1', true],
    ['fe80::1', true],
    ['64:ff9b::a00:1', true],
    ['2002:a00:1::', true],
    ['::ffff:8.8.8.8', false],
  ])('%s is private: %s', (address, is) => {
    expect(isPrivate(address)).toBe(is);
  });
});

const openssl = ['/usr/bin/openssl', '/usr/local/bin/openssl'].find((path) => existsSync(path));
if (!openssl) console.log('openssl is not here, so no https server of our own is asked');

describe.runIf(openssl)('over https', () => {
  const folder = temporaryFolder();
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];

  async function serveSecure(): Promise<string> {
    const alt = 'subjectAltName=IP:127.0.0.1';
    const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    execFileSync(
      openssl!,
      [...args, '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=x', '-addext', alt],
      {
        stdio: 'ignore',
      },
    );
    const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, asCalendar);
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}/me.ics`;
  }

  test('a calendar is read when its certificate is trusted, and not when it is not', async () => {
    const address = await serveSecure();
    const trusting: Net = { ...INTERNET, ca: readFileSync(cert, 'utf8') };
    const wish = { name: '', address, text: null, hasTitles: false };
    expect(await addOwnCalendar(app.ledger, trusting, LOCAL_OWNER, wish)).toMatchObject({ ok: true });
    expect(await fetchCalendar(address, INTERNET)).toMatchObject({ reason: 'calendar-unreachable' });
    const webcal = address.replace('https:', 'webcal:');
    expect(await fetchCalendar(webcal, trusting)).toEqual({ ok: true, value: CALENDAR });
  });
});

function busy(startsAt: string, endsAt: string) {
  return { startsAt, endsAt, isWholeDay: false, title: null };
}
