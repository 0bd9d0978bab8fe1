import { beforeEach, describe, expect, test } from 'vitest';
import { replay } from '../../src/replay.ts';
import { PLAN } from '../procedure/restriction-ground.ts';
import { rowsOf } from '../support/made-anew.ts';
import { PASSWORD, peopleApp } from '../support/people-app.ts';
import { letterWriter } from './letters.ts';
import { mailboxAt, mailTaker } from './mail-taker.ts';

const { app, database, now, later, ask } = await peopleApp('waits');
const server = await mailTaker();
// A Tuesday, within our hours.
later(Date.parse('2026-05-12T10:00:00Z') - Date.parse(now()));

type Row = Readonly<Record<string, unknown>>;
type Wait = Row & {
  readonly id: string;
  readonly state: string;
  readonly verdict: string;
  readonly standing: readonly {
    readonly rule: string;
    readonly at: string | null;
    readonly kinds: string[];
    readonly line?: { readonly quote: string } | null;
  }[];
  readonly sha256: string;
};

const first = { code: await app.firstRunCode(), name: 'Alex', password: PASSWORD, addresses: [] };
const ALEX = (await ask('POST', '/api/first-run', '', first)).cookie;
await database.pool.query("UPDATE workspaces SET name = 'Studio Kivi', own_addresses = '{me@firm.example}'");

const good = async <T>(method: string, path: string, body?: unknown, as = ALEX): Promise<T> => {
  const { status, text, body: said } = await ask(method, path, as, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return said as T;
};
await good('POST', '/api/mailboxes', mailboxAt(server.port));
const writeTo = await letterWriter({ ask: good }, now);
let clients = 0;
const letterTo = (name = 'calm') => writeTo(`${name}${++clients}@client.example`);

const rules = (more: Row = {}) =>
  good('PUT', '/api/sendings/rules', { undoSec: 15, coolingMin: 30, second: 'never', ...more });
beforeEach(() => rules());

const sends = (path: string, wish: Row = {}, as = ALEX) => ask('POST', `${path}/send`, as, wish);
const does = (id: string, what: string, body: unknown = undefined, as = ALEX) =>
  ask('POST', `/api/sendings/waiting/${id}/${what}`, as, body);
const waitsOf = async (procedure: string, as = ALEX) =>
  (await good<{ waits: readonly Wait[] }>('GET', `/api/sendings?procedure=${procedure}`, undefined, as))
    .waits;
/** How many mails have left for the client of this letter. */
const leftFor = (id: string) =>
  good<{ items: readonly Row[] }>('GET', `/api/sendings?procedure=${id}`).then(({ items }) => items.length);
const MINUTE_MS = 60_000;
const wrote = (partyId: string, text: string) =>
  good('POST', '/api/interactions', {
    ...{ text, party: { id: partyId }, direction: 'inbound', way: 'mail', at: now() },
    from: 'orlov@client.example',
  });

describe('a letter that was sent', () => {
  test('waits for some seconds, leaves by itself, once', async () => {
    const { id, path } = await letterTo();
    expect((await sends(path)).body).toMatchObject({ waits: true });
    expect(await waitsOf(id)).toMatchObject([
      { state: 'waiting', verdict: 'waits', standing: [{ rule: 'undo' }], askedBy: 'Alex', isMine: true },
    ]);
    expect((await sends(path)).code).toBe('waits-already');
    await app.lookAtClocks();
    expect(await leftFor(id)).toBe(0);
    later(16_000);
    await Promise.all([app.lookAtClocks(), app.lookAtClocks()]);
    await app.lookAtClocks();
    expect(await leftFor(id)).toBe(1);
    expect(await waitsOf(id)).toMatchObject([{ state: 'left' }]);
    expect((await sends(path)).code).toBe('letter-sent');
  });

  test('is taken back within them, and can be sent anew', async () => {
    const { id, path } = await letterTo();
    const before = server.mails.length;
    const { id: wait } = (await sends(path)).body as { id: string };
    expect((await does(wait, 'taken-back')).status).toBe(200);
    later(16_000);
    await app.lookAtClocks();
    expect(server.mails).toHaveLength(before);
    expect((await does(wait, 'taken-back')).code).toBe('wait-over');
    await sends(path);
    expect((await waitsOf(id)).map(({ state }) => state)).toEqual(['taken-back', 'waiting']);
  });

  test('that was handed over otherwise meanwhile does not leave, and says why', async () => {
    const { id, path } = await letterTo();
    await sends(path);
    await good('POST', `${path}/handed-over`, { way: 'copy', at: null });
    later(16_000);
    await app.lookAtClocks();
    expect(await leftFor(id)).toBe(0);
    expect(await waitsOf(id)).toMatchObject([{ state: 'stopped', stoppedWhy: 'letter-sent' }]);
  });
});

describe('after hostile words of theirs', () => {
  test('a letter is looked at again after half an hour, and leaves by no clock', async () => {
    const { id, partyId, path } = await letterTo('heated');
    await wrote(partyId, 'You are a bunch of stupid idiots. Nobody can work with such morons.');
    await app.runner.caughtUp();
    const { id: wait } = (await sends(path)).body as { id: string };
    expect(await waitsOf(id)).toMatchObject([
      { verdict: 'look', standing: [{ rule: 'their-words', kinds: ['hostility'] }], until: null },
    ]);
    expect((await does(wait, 'looked-again')).code).toBe('look-too-early');
    later(31 * MINUTE_MS);
    await app.lookAtClocks();
    expect(await leftFor(id)).toBe(0);
    expect((await does(wait, 'looked-again')).body).toEqual({ id: wait, waits: false });
    expect(await leftFor(id)).toBe(1);
  });

  test('it leaves now all the same for a reason that is kept, and not without one', async () => {
    const { id, partyId, path } = await letterTo('heated');
    await wrote(partyId, 'You are a bunch of stupid idiots. Nobody can work with such morons.');
    await app.runner.caughtUp();
    const { id: wait } = (await sends(path)).body as { id: string };
    expect((await does(wait, 'all-the-same', { reason: ' ' })).code).toBe('reason-missing');
    expect(await leftFor(id)).toBe(0);
    const reason = 'They are at the airport and need the address.';
    expect((await does(wait, 'all-the-same', { reason })).body).toMatchObject({ waits: false });
    expect(await leftFor(id)).toBe(1);
    expect(await waitsOf(id)).toMatchObject([{ state: 'left', hurriedBy: 'Alex', hurriedWhy: reason }]);
  });

  test('where it is turned off, and where their words are calm, there is no such wait', async () => {
    const calm = await letterTo('calm');
    await wrote(calm.partyId, 'Thank you, that helped. Where is the login?');
    const heated = await letterTo('heated');
    await wrote(heated.partyId, 'You are a bunch of stupid idiots. Nobody can work with such morons.');
    await app.runner.caughtUp();
    expect(await good('GET', `${calm.path}/gate`)).toMatchObject({ verdict: 'waits' });
    expect(await good('GET', `${heated.path}/gate`)).toMatchObject({ verdict: 'look' });
    await rules({ coolingMin: 0 });
    expect(await good('GET', `${heated.path}/gate`)).toMatchObject({ verdict: 'waits' });
  });
});

test('warnings in our own words are named, and looked at again', async () => {
  const { path } = await warned();
  const gate = await good<{ standing: Wait['standing'] }>('GET', `${path}/gate`);
  expect(gate).toMatchObject({ verdict: 'look', standing: [{ rule: 'own-words' }] });
  expect(gate.standing[0]!.kinds).toContain('blame_customer');
});

const PROMISED = 'We will pay back 150 € for the photographs.';
const LESS = 'Our refund for the photographs is 100 €.';

describe('words that the record speaks against', () => {
  test('wait for a second look, with the line that they met; the same words in line with it do not', async () => {
    const { id, partyId, path } = await saying(LESS);
    expect(await good('GET', `${path}/gate`)).toMatchObject({ verdict: 'waits' });
    const interactionId = await promised(partyId, PROMISED);
    const line = { what: 'promise', number: 1, side: 'ours', quote: PROMISED, interactionId };
    const met = { rule: 'record', kinds: ['sum'], number: 1, id: interactionId, line };
    expect(await good('GET', `${path}/gate`)).toMatchObject({ verdict: 'look', standing: [met] });
    const { id: wait } = (await sends(path)).body as { id: string };
    expect(await waitsOf(id)).toMatchObject([{ verdict: 'look', standing: [met], until: null }]);
    expect((await does(wait, 'looked-again')).code).toBe('look-too-early');
    later(31 * MINUTE_MS);
    await app.lookAtClocks();
    expect(await leftFor(id)).toBe(0);
    expect((await does(wait, 'looked-again')).body).toEqual({ id: wait, waits: false });
    expect(await leftFor(id)).toBe(1);
    const body = server.mails.at(-1)!.split('\r\n\r\n').at(-1)!;
    expect(Buffer.from(body, 'base64').toString()).toContain(LESS);

    const kept = await saying('Our refund for the photographs is 150 €.');
    await promised(kept.partyId, PROMISED);
    expect(await good('GET', `${kept.path}/gate`)).toMatchObject({ verdict: 'waits' });
  });

  test('so does a promise on a day on which nobody works; no line of the record says that', async () => {
    const { path } = await saying('I will send you the font on Saturday 6 June.');
    expect(await good('GET', `${path}/gate`)).toMatchObject({
      verdict: 'look',
      standing: [{ rule: 'record', kinds: ['day-off'], line: null }],
    });
    const { path: other } = await saying('I will send you the font on Friday 5 June.');
    expect(await good('GET', `${other}/gate`)).toMatchObject({ verdict: 'waits' });
  });

  test('what was recorded while a letter waited is found when its time comes', async () => {
    const { id, partyId, path } = await saying(LESS);
    await sends(path);
    expect(await waitsOf(id)).toMatchObject([{ verdict: 'waits' }]);
    await promised(partyId, PROMISED);
    later(16_000);
    await app.lookAtClocks();
    expect(await leftFor(id)).toBe(0);
    expect(await waitsOf(id)).toMatchObject([{ verdict: 'look', standing: [{ line: { quote: PROMISED } }] }]);
  });
});

describe('outside our hours', () => {
  test('it leaves when they begin, if that was wished; now, if not', async () => {
    later(Date.parse('2026-05-16T20:00:00Z') - Date.parse(now()));
    const { id, path } = await letterTo();
    expect(await good('GET', `${path}/gate`)).toMatchObject({
      standing: [{ rule: 'hours' }, { rule: 'undo' }],
    });
    await sends(path, { atOpening: true });
    const [waits] = await waitsOf(id);
    expect(waits).toMatchObject({ verdict: 'waits', atOpening: true });
    later(MINUTE_MS);
    await app.lookAtClocks();
    expect(await leftFor(id)).toBe(0);
    const other = await letterTo();
    await sends(other.path);
    later(MINUTE_MS);
    await app.lookAtClocks();
    expect(await leftFor(other.id)).toBe(1);
    later(Date.parse(String(waits!.until)) - Date.parse(now()) + 1000);
    await app.lookAtClocks();
    expect(await leftFor(id)).toBe(1);
  });
});

describe('a second person', () => {
  test('who works alone is told that nobody else can look, and is not held up', async () => {
    await rules({ second: 'warnings' });
    const { path } = await warned();
    const gate = await good<{ standing: Wait['standing'] }>('GET', `${path}/gate`);
    expect(gate.standing.map(({ rule }) => rule)).toContain('nobody-else');
    expect(gate.standing.map(({ rule }) => rule)).not.toContain('second-person');
  });

  test('approves the very words; not the one who sent them, and not other words', async () => {
    const mira = await joined('Mira', 'agent');
    await rules({ second: 'warnings', coolingMin: 0 });
    const { id, path } = await warned();
    const { id: wait } = (await sends(path)).body as { id: string };
    const [shown] = await waitsOf(id);
    expect(shown).toMatchObject({ verdict: 'second-person', mayApprove: false });
    expect(await waitsOf(id, mira)).toMatchObject([{ mayApprove: true, isMine: false }]);
    const { sha256 } = shown!;
    expect((await does(wait, 'approved', { sha256 })).code).toBe('approval-by-another');
    expect((await does(wait, 'approved', { sha256 }, null as never)).code).toBe('approval-by-another');
    expect((await does(wait, 'approved', { sha256: '0'.repeat(64) }, mira)).code).toBe('letter-changed');
    // A reason hurries it past every clock, and past nobody.
    expect((await does(wait, 'all-the-same', { reason: 'It is late.' })).body).toMatchObject({ waits: true });
    later(60 * MINUTE_MS);
    await app.lookAtClocks();
    expect(await leftFor(id)).toBe(0);
    expect((await does(wait, 'approved', { sha256 }, mira)).body).toMatchObject({ waits: false });
    expect(await leftFor(id)).toBe(1);
    expect(await waitsOf(id)).toMatchObject([{ state: 'left', approvedBy: 'Mira' }]);
  });

  test('changed words need a new approval', async () => {
    await rules({ second: 'warnings', coolingMin: 0 });
    const { id, path } = await warned();
    await sends(path);
    await good('PUT', path, {
      ...{ lang: 'en', text: null },
      fields: { 'what-was-agreed': 'You are an idiot, as ever.', 'next-step': 'Monday.' },
    });
    await good('POST', `${path}/final`, { lang: 'en' });
    const [waits] = await waitsOf(id);
    const mira = await signedIn('Mira');
    expect((await does(waits!.id, 'approved', { sha256: waits!.sha256 }, mira)).code).toBe('letter-changed');
    expect(await leftFor(id)).toBe(0);
    expect(await waitsOf(id)).toMatchObject([{ state: 'stopped', stoppedWhy: 'letter-changed' }]);
    expect((await sends(path)).body).toMatchObject({ waits: true });
    expect((await waitsOf(id)).at(-1)).toMatchObject({ state: 'waiting', verdict: 'second-person' });
  });

  test('a second person looks at words that the record speaks against, where warnings ask for one', async () => {
    await rules({ second: 'warnings', coolingMin: 0 });
    const { partyId, path } = await saying(LESS);
    expect(await good('GET', `${path}/gate`)).toMatchObject({ verdict: 'waits' });
    await promised(partyId, PROMISED);
    expect(await good('GET', `${path}/gate`)).toMatchObject({ verdict: 'second-person' });
  });

  test('somebody in danger waits for nobody', async () => {
    await rules({ second: 'warnings', coolingMin: 0 });
    const { id, path } = await warned();
    const { id: wait } = (await sends(path)).body as { id: string };
    const wish = { reason: 'He says that he is on his way to her.', forSafety: true };
    expect((await does(wait, 'all-the-same', wish)).body).toMatchObject({ waits: false });
    expect(await waitsOf(id)).toMatchObject([{ state: 'left', forSafety: true, hurriedBy: 'Alex' }]);
  });
});

describe('what is forbidden', () => {
  test('a restriction that closes mail stops a letter and says since when; of others nothing is stopped', async () => {
    const { partyId, path } = await letterTo();
    const other = await letterTo();
    await restricted(partyId);
    const gate = await good<{ standing: Wait['standing'] }>('GET', `${path}/gate`);
    expect(gate).toMatchObject({
      verdict: 'forbidden',
      standing: [{ rule: 'restriction-way', number: 1, at: expect.stringMatching(/^2026-05/) }],
    });
    const refused = await sends(path);
    expect(refused).toMatchObject({ code: 'contact-restricted', body: { params: { number: 1 } } });
    expect(await good('GET', `${other.path}/gate`)).toMatchObject({ verdict: 'waits' });
  });

  test('while a case is with counsel nothing leaves, also what waited before; before that it does', async () => {
    const { id, partyId, path } = await letterTo();
    const opened = await good<{ id: string }>('POST', `/api/parties/${partyId}/cases`, {
      ...{ title: 'The refund', wanted: null },
    });
    expect(await good('GET', `${path}/gate`)).toMatchObject({ verdict: 'waits' });
    await sends(path);
    const stage = { stage: 'counsel', reason: 'Their lawyer wrote.' };
    await good('POST', `/api/cases/${opened.id}/stage`, stage);
    later(MINUTE_MS);
    await app.lookAtClocks();
    expect(await leftFor(id)).toBe(0);
    expect(await waitsOf(id)).toMatchObject([{ state: 'stopped', stoppedWhy: 'through-counsel' }]);
    expect((await sends(path)).code).toBe('through-counsel');
  });
});

test('what letters wait for is said by an owner or manager, and seen by all', async () => {
  const eve = await joined('Eve', 'agent');
  const wish = { undoSec: 0, coolingMin: 0, second: 'never' };
  expect((await ask('PUT', '/api/sendings/rules', eve, wish)).code).toBe('not-allowed');
  expect((await ask('PUT', '/api/sendings/rules', ALEX, { ...wish, undoSec: 9000 })).code).toBe(
    'not-understood',
  );
  expect((await ask('GET', '/api/sendings/rules', eve)).body).toMatchObject({ coolingMin: 30 });
});

test('what waits and waited is the same when it is made anew from the record', async () => {
  const rows = () => rowsOf(database.pool, ['sending_waits', 'sending_rules', 'sendings']);
  await app.runner.caughtUp();
  const before = await rows();
  await replay(app.ledger);
  expect(await rows()).toEqual(before);
});

/** A finished letter that says something it should not. */
const warned = () => saying('You never listen, you idiot.');

/** A finished letter with these words in it. */
async function saying(words: string) {
  const letter = await letterTo();
  await good('PUT', letter.path, {
    ...{ lang: 'en', text: null },
    fields: { 'what-was-agreed': words, 'next-step': 'Monday.' },
  });
  await good('POST', `${letter.path}/final`, { lang: 'en' });
  return letter;
}

/** A promise of ours in the record, by the words it was made in; gives the message. */
async function promised(partyId: string, quote: string): Promise<string> {
  const { id: interactionId } = await good<{ id: string }>('POST', '/api/interactions', {
    ...{ text: quote, party: { id: partyId }, direction: 'outbound', way: 'mail', at: now() },
  });
  await good('POST', `/api/parties/${partyId}/commitments`, {
    ...{ side: 'ours', who: 'Alex', what: 'Refund for the photographs', due: null },
    cites: [{ interactionId, start: 0, end: quote.length, quote }],
  });
  return interactionId;
}

/** A restriction in force at once, for safety, that closes mail. */
async function restricted(partyId: string): Promise<void> {
  const quote = 'I stand at your door tonight.';
  const { id: interactionId } = await good<{ id: string }>('POST', '/api/interactions', {
    ...{ text: quote, party: { id: partyId }, direction: 'inbound', way: 'chat', at: now() },
    from: 'orlov@client.example',
  });
  const { id } = await good<{ id: string }>('POST', `/api/parties/${partyId}/restrictions`, {
    ...PLAN,
    measure: {
      ...{ contact: null, subjects: [], hours: null, perWeek: null, ways: ['mail'], isWritingOnly: false },
      open: { way: 'letter', address: 'Street 1' },
    },
    cites: [{ interactionId, start: 0, end: quote.length, quote }],
    safety: 'He stood at the door of the office at night.',
  });
  const decision = { reason: 'He stood at the door.', warning: null };
  await good('POST', `/api/restrictions/${id}/decision`, decision);
  const notice = await good<{ id: string }>('POST', '/api/interactions', {
    ...{ text: 'Until November we answer by letter only.', party: { id: partyId } },
    ...{ direction: 'outbound', way: 'mail', at: now() },
  });
  await good('POST', `/api/restrictions/${id}/force`, { notice: notice.id });
}

const cookies = new Map<string, string>();

async function joined(name: string, role: string): Promise<string> {
  const { code } = await good<{ code: string }>('POST', '/api/people/invitations', { role, name });
  const { cookie } = await ask('POST', '/api/join', '', { code, name, password: PASSWORD });
  cookies.set(name, cookie);
  return cookie;
}

async function signedIn(name: string): Promise<string> {
  return cookies.get(name) ?? joined(name, 'agent');
}
