import { beforeAll, describe, expect, test } from 'vitest';
import type { Rights } from '../../src/kernel/http.ts';
import { pageOfEntries } from '../../src/modules/ledger/ledger.store.ts';
import { filesIn, mail } from '../support/mails.ts';
import { PASSWORD, peopleApp } from '../support/people-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { eventsOf, type Json } from '../support/test-app.ts';

const DAY_MS = 24 * 3_600_000;
const ME = 'me@firm.example';
const THREAT = 'I will see you in court.';
const ORLOV_WROTE = `The login does not work since Monday. ${THREAT}`;
/** Stands in every letter of the other client, and may stand in nothing that counsel gets. */
const ELSEWHERE = 'zinnober';

const { app, now, later, ask } = await peopleApp('counsel');
const lastDay = (days: number) => new Date(Date.parse(now()) + days * DAY_MS).toISOString().slice(0, 10);

const here = async (method: string, path: string, body?: unknown) => {
  const done = await ask(method, path, null, body);
  if (done.status >= 400) throw new Error(`${method} ${path}: ${done.status} ${done.text}`);
  return done.body as Record<string, never>;
};

type One = { party: string; caseId: string; letters: readonly string[] };
let a: One;
let b: One;
let counsel = '';
let memberId = '';

const invited = (caseId: string, days = 10, name = 'Laki') =>
  ask('POST', `/api/cases/${caseId}/counsel`, null, { name, day: lastDay(days) });
const joins = (code: unknown, name: string) =>
  ask('POST', '/api/join', '', { code, name, password: PASSWORD });
const signsIn = (name: string) => ask('POST', '/api/sign-in', '', { name, password: PASSWORD });
const counselOf = async (caseId: string) =>
  (await here('GET', `/api/cases/${caseId}/counsel`)) as unknown as {
    people: { id: string; name: string; isHere: boolean }[];
    invitations: { id: string }[];
  };
const asCounsel = (method: string, path: string, body?: unknown) => ask(method, path, counsel, body);

async function caseWith(name: string, quote: string, text: string): Promise<One> {
  const party = String((await here('GET', `/api/parties/meant?word=${name}@client.example`)).id);
  const page = await here('GET', `/api/parties/${party}/timeline`);
  const letters = (page.items as unknown as { id: string; direction: string }[]).toSorted((one) =>
    one.direction === 'inbound' ? -1 : 1,
  );
  const start = text.indexOf(quote);
  const cite = { interactionId: letters[0]!.id, start, end: start + quote.length, quote };
  const wish = { kind: 'threat', title: quote, cite, expected: null, aboutId: null };
  const point = String((await here('POST', `/api/parties/${party}/points`, wish)).id);
  const made = await here('POST', `/api/parties/${party}/cases`, {
    ...{ title: `With ${name}`, wanted: `Peace with ${name}`, points: [point] },
  });
  await here('POST', `/api/parties/${party}/chronology`, {
    ...{ date: '2026-05-05', says: `What ${name} wrote came in.`, records: [letters[0]!.id] },
  });
  return { party, caseId: String(made.id), letters: letters.map(({ id }) => id) };
}

beforeAll(async () => {
  const code = await app.firstRunCode();
  await ask('POST', '/api/first-run', '', { code, name: 'Alex', addresses: [ME], password: PASSWORD });
  const letter = (name: string, subject: string, body: string) =>
    mail({
      ...{ from: `${name} <${name.toLowerCase()}@client.example>`, to: ME, subject, body },
      date: 'Tue, 5 May 2026 09:14:00 +0300',
    });
  const ours = (to: string, subject: string, body: string) =>
    mail({
      ...{ from: `Me <${ME}>`, to, subject, body, date: 'Tue, 5 May 2026 10:02:00 +0300' },
    });
  const folder = filesIn(temporaryFolder(), {
    '1.eml': letter('Orlov', 'From Orlov', ORLOV_WROTE),
    '2.eml': letter('Virtanen', `From Virtanen ${ELSEWHERE}`, `The ${ELSEWHERE} invoice was paid in April.`),
    '3.eml': ours('orlov@client.example', 'The login', 'The login is in line 4.'),
    '4.eml': ours('virtanen@client.example', `The ${ELSEWHERE}`, `The ${ELSEWHERE} is booked.`),
    '5.eml': ours('orlov@client.example, virtanen@client.example', 'To both', 'We are closed on Friday.'),
  });
  const { run } = await here('POST', '/api/imports', { paths: [folder], me: [ME] });
  const events = await app.fetch(new Request(`http://evenkeel.local/api/runs/${run}/events`), {
    isLocal: true,
  });
  await eventsOf(events);
  await app.runner.caughtUp();
  a = await caseWith('orlov', THREAT, ORLOV_WROTE);
  b = await caseWith('virtanen', `The ${ELSEWHERE} invoice`, `The ${ELSEWHERE} invoice was paid in April.`);
  const come = await joins((await invited(a.caseId)).body.code, 'Laki Oy');
  counsel = come.cookie;
  memberId = String((come.body.member as Json).id);
});

type Route = { method: string; path: string; rights: Rights };
const routes = (): readonly Route[] =>
  app.api.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== 'route') return [];
    const { method, path, 'x-rights': rights } = definition.route;
    return [{ method: method.toUpperCase(), path, rights: rights as Rights }];
  });

/** A path with ids in it: the first names the case or whatever else it is, the others a record. */
function pathOf(path: string, first: string, record: string): string {
  return path
    .replace('{id}', first)
    .replace('{sha256}', '0'.repeat(64))
    .replaceAll(/\{(?:\w*[iI]d|room)\}/g, record)
    .replaceAll(/\{\w+\}/g, '1');
}

describe('counsel of one case', () => {
  test('signs in and is told which case it is', async () => {
    expect((await asCounsel('GET', '/api/session')).body).toMatchObject({
      member: { name: 'Laki Oy', role: 'counsel', caseId: a.caseId },
    });
  });

  test('reads its brief: what is wanted, what was threatened word by word, what happened when', async () => {
    const { status, body } = await asCounsel('GET', `/api/cases/${a.caseId}/brief`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ title: 'With orlov', wanted: 'Peace with orlov', points: [] },
      threats: [{ number: 1, asked: [{ quote: THREAT, interactionId: a.letters[0] }] }],
      chronology: [{ date: '2026-05-05', says: 'What orlov wrote came in.', records: [a.letters[0]] }],
    });
  });

  test('reads each record of it: words, exact bytes, where they came from; privileged ones too, and sees that they are', async () => {
    const [letter] = a.letters;
    const privilege = { kind: 'counsel', basis: 'Laki Oy, on the login' };
    await here('POST', '/api/privileges', { interactions: [letter], privilege });
    const page = (await asCounsel('GET', `/api/cases/${a.caseId}/records`)).body;
    const items = page.items as unknown as { id: string; privilege: string | null }[];
    expect(items.map(({ id }) => id).sort()).toEqual([...a.letters].sort());
    expect(items.filter(({ privilege }) => privilege !== null)).toMatchObject([
      { id: letter, privilege: 'counsel' },
    ]);
    const at = `/api/cases/${a.caseId}/records/${letter}`;
    expect((await asCounsel('GET', at)).body).toMatchObject({ row: { id: letter }, detail: { id: letter } });
    expect((await asCounsel('GET', `${at}/original`)).text).toContain(THREAT);
    expect((await asCounsel('GET', `${at}/provenance`)).body).toMatchObject({
      recomputed: { bytesAreTheRecorded: true, entryIsInTheLog: true, headIsSigned: true },
    });
  });

  test('is told all of it, and a mediator nothing that rests on a record that stays with us, until that is waived', async () => {
    const briefFor = async (reader: string) =>
      (await asCounsel('GET', `/api/cases/${a.caseId}/brief?reader=${reader}`)).body;
    expect(await briefFor('counsel')).toMatchObject({
      leftOut: 0,
      threats: [{ number: 1, ground: 'not_looked_at' }],
    });
    const { threats } = await briefFor('counsel');
    expect((await asCounsel('GET', `/api/cases/${a.caseId}/threats`)).body).toEqual({ items: threats });
    const without = await briefFor('mediator');
    expect(without).toMatchObject({ leftOut: 2, threats: [], chronology: [] });
    expect(JSON.stringify(without)).not.toContain(THREAT);
    const change = (to: string) =>
      here('POST', `/api/interactions/${a.letters[0]}/privilege`, { change: to, reason: 'They may see it.' });
    await change('waive');
    expect(await briefFor('mediator')).toMatchObject({ leftOut: 0, threats: [{ number: 1, ground: null }] });
    await change('end-waiver');
  });

  test('sees which bundles were made of the case, to compare the file they were handed; making one stays with us', async () => {
    const made = await ask('POST', '/api/bundles', null, { party: a.party, disclosure: 'send' });
    expect(made.status).toBe(200);
    await ask('POST', '/api/bundles', null, { party: b.party, disclosure: 'send' });
    const { items } = (await asCounsel('GET', `/api/cases/${a.caseId}/bundles`)).body as {
      items: { partyId: string; manifestSha256: string }[];
    };
    expect(items).toMatchObject([
      { partyId: a.party, manifestSha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect((await asCounsel('POST', '/api/bundles', { party: a.party })).status).toBe(403);
  });

  test('sees a letter that went to two clients, and not that the other one is a client', async () => {
    const both = a.letters.find((id) => b.letters.includes(id))!;
    const at = `/api/cases/${a.caseId}/records/${both}/provenance`;
    expect((await asCounsel('GET', at)).body.filed).toMatchObject([{ partyId: a.party }]);
    expect((await ask('GET', `/api/interactions/${both}/provenance`, null)).body.filed).toHaveLength(2);
  });

  test('sees a record of somebody else while it is part of the case, and not before or after', async () => {
    const stranger = b.letters.find((id) => !a.letters.includes(id))!;
    const at = `/api/cases/${a.caseId}/records/${stranger}`;
    const take = (isIn: boolean) => here('PUT', at, { isIn, reason: 'It names the login.' });
    expect((await asCounsel('GET', at)).status).toBe(404);
    await take(true);
    expect((await asCounsel('GET', at)).status).toBe(200);
    expect((await asCounsel('GET', `${at}/provenance`)).body.filed).toEqual([]);
    await take(false);
    expect((await asCounsel('GET', at)).status).toBe(404);
  });

  test('is in the list of accesses with each record that was opened', async () => {
    const { items } = (await here('GET', `/api/custody?act=opening&actor=member:${memberId}`)) as unknown as {
      items: { subject: string; role: string; operation: string }[];
    };
    expect(items).toContainEqual(
      expect.objectContaining({
        ...{ role: 'counsel', subject: a.letters[0] },
        operation: 'GET /api/cases/{id}/records/{recordId}/original',
      }),
    );
  });

  test('works here for nobody: no second person, no owner of anything, in no other role', async () => {
    const second = { role: 'second', name: 'Laki Oy', member: `member:${memberId}` };
    expect((await ask('POST', `/api/cases/${a.caseId}/people`, null, second)).code).toBe('member-unknown');
    const owner = (await signsIn('Alex')).cookie;
    const role = await ask('PUT', `/api/people/${memberId}/role`, owner, { role: 'owner' });
    expect(role).toMatchObject({ status: 409, code: 'counsel-stays' });
  });
});

describe('of everything else', () => {
  test('counsel is refused every call that is not of a case, before it is read', async () => {
    const others = routes().filter(({ rights }) => rights.roles !== 'anyone' && rights.scope === 'workspace');
    expect(others.length).toBeGreaterThan(200);
    const let_in: string[] = [];
    for (const { method, path } of others)
      for (const { party, letters } of [a, b]) {
        const given = pathOf(path, path.startsWith('/api/parties') ? party : letters[0]!, letters[0]!);
        const { status } = await asCounsel(method, given, method === 'GET' ? undefined : {});
        if (status !== 403) let_in.push(`${method} ${given}: ${status}`);
      }
    expect(let_in).toEqual([]);
  });

  test('each call of a case answers for their own, and is not there for another one', async () => {
    const ofCases = routes().filter(({ rights }) => rights.scope === 'case');
    expect(ofCases.length).toBeGreaterThanOrEqual(6);
    for (const { method, path } of ofCases) {
      const [own, foreign] = [a.letters[0]!, b.letters.find((id) => !a.letters.includes(id))!];
      const isFile = path.endsWith('{sha256}');
      const answered = await asCounsel(method, pathOf(path, a.caseId, own));
      expect([path, answered.status]).toEqual([path, isFile ? 404 : 200]);
      expect(answered.text).not.toContain(b.party);
      expect(answered.text).not.toContain(b.caseId);
      expect(answered.text.toLowerCase()).not.toContain(ELSEWHERE);
      for (const given of [pathOf(path, b.caseId, foreign), pathOf(path, b.caseId, own)])
        expect([given, (await asCounsel(method, given)).status]).toEqual([given, 404]);
      if (path.includes('{recordId}'))
        expect((await asCounsel(method, pathOf(path, a.caseId, foreign))).status).toBe(404);
      expect((await ask(method, pathOf(path, b.caseId, foreign), null)).status).toBe(isFile ? 404 : 200);
    }
  });

  test('what is their own is their session, their screen, and the page that checks a bundle', () => {
    const own = routes().filter(
      ({ rights }) =>
        rights.scope === 'self' && rights.roles !== 'anyone' && rights.roles.includes('counsel'),
    );
    expect(own.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
      'GET /api/bundles/verifier',
      'GET /api/custody/settings',
      'GET /api/screen-settings',
      'PUT /api/screen-settings',
    ]);
  });

  test('the session, the screen and the page say nothing of it', async () => {
    for (const path of [
      '/api/session',
      '/api/screen-settings',
      '/api/custody/settings',
      '/api/bundles/verifier',
    ]) {
      const { status, text } = await asCounsel('GET', path);
      expect(status).toBe(200);
      for (const word of [b.party, b.caseId, ELSEWHERE, 'irtanen']) expect(text).not.toContain(word);
    }
  });
});

describe('letting counsel in', () => {
  test('is for owners and managers, and not for agents or counsel', async () => {
    const [route] = routes().filter(
      ({ method, path }) => method === 'POST' && path === '/api/cases/{id}/counsel',
    );
    expect(route?.rights.roles).toEqual(['owner', 'manager']);
    expect((await asCounsel('POST', `/api/cases/${a.caseId}/counsel`, {})).status).toBe(403);
  });

  test('needs a case that there is and a day that is not over', async () => {
    expect((await invited(a.party)).code).toBe('case-unknown');
    expect((await invited(a.caseId, -2)).code).toBe('end-past');
    expect((await invited(a.caseId, 0)).status).toBe(201);
  });

  test('can be taken back before they come', async () => {
    const { id, code } = (await invited(a.caseId)).body;
    const at = `/api/cases/${a.caseId}/counsel/invitations/${id}`;
    expect((await ask('DELETE', at.replace(a.caseId, b.caseId), null)).code).toBe('invitation-unknown');
    expect((await ask('DELETE', at, null)).status).toBe(204);
    expect((await joins(code, 'Too Late')).code).toBe('invitation-refused');
  });

  test('stands in the ledger: who was asked, who came, and until when', async () => {
    const entries = await pageOfEntries(app.db, app.ledger.workspaceId, 0, 1000);
    expect(entries.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['account.counsel-invited', 'account.counsel-added']),
    );
  });

  test('ends at once when it is withdrawn, for the session that is open too, and for nobody else', async () => {
    const other = await joins((await invited(b.caseId)).body.code, 'Other Counsel');
    const end = (reason: string) =>
      ask('POST', `/api/cases/${a.caseId}/counsel/${memberId}/end`, null, { reason });
    expect((await end(' ')).code).toBe('reason-missing');
    expect((await asCounsel('GET', `/api/cases/${a.caseId}/brief`)).status).toBe(200);
    expect((await end('The matter is settled.')).status).toBe(204);
    expect((await asCounsel('GET', `/api/cases/${a.caseId}/brief`)).status).toBe(401);
    expect((await signsIn('Laki Oy')).code).toBe('sign-in-refused');
    expect((await end('Again.')).code).toBe('member-unknown');
    expect((await ask('GET', `/api/cases/${a.caseId}/threats`, other.cookie)).status).toBe(404);
    const seen = await ask('GET', `/api/cases/${b.caseId}/brief`, other.cookie);
    expect(seen.status).toBe(200);
    expect((await counselOf(a.caseId)).people).toMatchObject([{ name: 'Laki Oy', isHere: false }]);
  });

  test('ends by itself when the last day is over, and not before', async () => {
    const { cookie } = await joins((await invited(a.caseId, 2)).body.code, 'Short Counsel');
    const reads = () => ask('GET', `/api/cases/${a.caseId}/brief`, cookie);
    const listed = async () => (await ask('GET', '/api/members', null)).body;
    const named = (isHere: boolean) => expect.objectContaining({ name: 'Short Counsel', isHere });
    later(DAY_MS);
    expect((await reads()).status).toBe(200);
    expect(await listed()).toContainEqual(named(true));
    later(3 * DAY_MS);
    expect((await reads()).status).toBe(401);
    expect(await listed()).toContainEqual(named(false));
    expect((await signsIn('Short Counsel')).code).toBe('sign-in-refused');
  });
});
