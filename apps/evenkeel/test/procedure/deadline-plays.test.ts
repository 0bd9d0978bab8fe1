import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sql } from '../../src/kernel/db.ts';
import type { Caller } from '../../src/kernel/http.ts';
import type { Cite } from '../../src/modules/interaction/cites.store.ts';
import { LOCAL_OWNER } from '../../src/modules/ledger/ledger.ts';
import { openPoint } from '../../src/modules/point/point.actions.ts';
import { LANGS, type Lang } from '../../src/modules/procedure/pack.ts';
import { openPacks } from '../../src/modules/procedure/packs.store.ts';
import { doStep } from '../../src/modules/procedure/procedure.actions.ts';
import { tick } from '../../src/modules/procedure/tick.actions.ts';
import { openReader } from '../../src/modules/signal/reader.ts';
import { ALEX, firm, MIRA } from '../casefile/firm.ts';
import { atEnd } from '../support/at-end.ts';
import { player } from './playing.ts';

/** A way through a pack as fixtures/deadlines/plays.json tells it, each date by hand. */
type Turn = {
  readonly step: string;
  readonly due: string;
  readonly choose?: string;
  readonly reply?: boolean;
  readonly proof?: boolean;
  readonly second?: boolean;
};
type Play = {
  readonly pack: string;
  readonly zone: string;
  readonly country: string;
  readonly subject: 'complaint' | 'party';
  readonly way: readonly Turn[];
  readonly outcome: string;
};

const { plays } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/deadlines/plays.json', import.meta.url), 'utf8'),
) as { plays: readonly Play[] };
const WORDS = 'The login does not work since Monday.';
const CAME = '2026-05-12T09:00:00+03:00';
const DONE = '2026-05-12T10:00:00+03:00';
const REPLIED = '2026-05-13T09:30:00+03:00';
const READ = '2026-05-13T10:00:00+03:00';
/** What no letter says of a person, in three languages. */
const NEVER =
  /difficult|aggressive|unreasonabl|toxic|manipulat|токсичн|агрессивн|неадекватн|hankala asiakas/iu;

const reader = openReader('nowhere');
atEnd(() => reader.close());
const alex: Caller = { actor: ALEX, role: 'owner', name: 'Alex', isLocal: false };
const mira: Caller = { ...alex, actor: MIRA, role: 'manager', name: 'Mira' };

const here = await firm();
await here.addMember(ALEX, 'Alex', 'owner');
await here.addMember(MIRA, 'Mira', 'manager');
await sql`UPDATE workspaces SET name = 'Kettu Studio'`.execute(here.app.db);
const play = player(here.app);
const { ledger, sealer } = here.app;
const ports = { ledger, sealer, packs: openPacks('nowhere'), reader };
const at = (moment: string) => here.chance.setClock(Date.parse(moment));

/** A client of its own for each play, so that no play reads another's reply. */
type Client = {
  readonly partyId: string;
  readonly address: string;
  readonly point: string;
  readonly cite: Cite;
};

async function newClient(name: string): Promise<Client> {
  const address = `${name}@client.example`;
  const { id } = await here.app.ask<{ id: string }>('POST', '/api/interactions', {
    ...{ text: WORDS, party: { name, identifier: address }, direction: 'inbound', way: 'mail' },
    ...{ at: CAME, from: address },
  });
  const { id: partyId } = await here.app.ask<{ id: string }>('GET', `/api/parties/meant?word=${address}`);
  const found = { interactionId: id, start: 0, end: WORDS.length, quote: WORDS };
  const wish = { kind: 'complaint', title: WORDS, cite: found, expected: null, aboutId: null } as const;
  const opened = await openPoint(ledger, LOCAL_OWNER, partyId, wish);
  if (!opened.ok) throw new Error(opened.reason);
  return { partyId, address, point: opened.value.id, cite: found };
}

async function registered({ partyId, point, cite }: Client): Promise<string> {
  const { body } = await here.post(`/api/parties/${partyId}/complaints`, {
    ...{ receivedAt: CAME, way: 'mail', cite, remedy: 'Half of the price back.', remedyCite: null },
    points: [point],
  });
  return body.id as string;
}

/** Gives the point an outcome, and decides the stage that is going on where the step asks for it. */
async function decided(
  complaint: string,
  { point, cite }: Client,
  needs: readonly string[],
  isSecond: boolean,
) {
  if (needs.includes('every-point-answered'))
    await here.put(`/api/complaints/${complaint}/points/${point}/outcome`, {
      ...{ outcome: 'partly', reason: 'The login worked from Wednesday.', source: { kind: 'record', cite } },
    });
  if (!needs.includes('stage-decided')) return;
  const outsider = { name: 'Anna from the bank', proof: here.letters.bank };
  const wish = { says: 'Half is paid.', reason: 'It was late.', ...(isSecond ? { outsider } : {}) };
  const { status, body } = await here.post(`/api/complaints/${complaint}/decision`, wish);
  expect([status, body]).toEqual([200, expect.anything()]);
}

/** Fills what a person is asked for, finishes the letter, and says that it left. */
async function sent(id: string, letter: string, lang: Lang): Promise<string> {
  const { fields } = await play.letter(id, letter, lang);
  const asked = fields.filter(({ title }) => title !== null).map(({ name }) => [name, `A line for ${name}.`]);
  await play.draft(id, letter, Object.fromEntries(asked), lang);
  const { finished, missing, subject } = await play.final(id, letter, lang);
  expect([letter, missing]).toEqual([letter, []]);
  await play.hand(id, letter);
  return `${subject}\n${finished!.text}`;
}

async function replied({ partyId, address }: Client): Promise<void> {
  at(READ);
  await here.app.ask('POST', '/api/interactions', {
    ...{ text: 'I do not agree. Please look again.', party: { id: partyId }, direction: 'inbound' },
    ...{ way: 'mail', at: REPLIED, from: address },
  });
  await tick(ports);
}

type Running = {
  readonly id: string;
  readonly about: string;
  readonly client: Client;
  readonly lang: Lang;
};

/** Takes one turn as the play tells it; returns the letter that went out. */
async function taken({ id, about, client, lang }: Running, turn: Turn): Promise<string> {
  const shown = await play.see(id);
  expect([shown.now?.step, shown.now?.due?.date]).toEqual([turn.step, turn.due]);
  if (turn.reply) {
    await replied(client);
    return '';
  }
  const needs = shown.now!.needs.map(({ predicate }) => predicate);
  await decided(about, client, needs, turn.second ?? false);
  const { letter } = shown.steps.find((step) => step.id === turn.step)!;
  const text = letter ? await sent(id, letter, lang) : '';
  if (turn.proof) await proved(id);
  const wish = { step: turn.step, choice: turn.choose ?? null, reason: null, outsider: null };
  const done = await doStep(ports, turn.second ? mira : alex, id, wish);
  expect([turn.step, done]).toEqual([turn.step, expect.objectContaining({ ok: true })]);
  return text;
}

/** What was handed over is in the record, and proves the letter. */
async function proved(id: string): Promise<void> {
  const { letter, interactionId } = (await play.see(id)).letters[0]!;
  await here.app.ask('POST', `/api/procedures/${id}/letters/${letter}/proof`, { interactionId });
}

describe.each(plays)('$pack', ({ pack, zone, country, subject, way, outcome }) => {
  test.each(LANGS)('runs to its end in %s on the dates worked out by hand', async (lang) => {
    await sql`UPDATE workspaces SET zone = ${zone}`.execute(here.app.db);
    expect((await here.app.call('PUT', '/api/calendar/country', { country })).ok).toBe(true);
    at(DONE);
    const client = await newClient(`${pack}-${lang}`);
    const about = subject === 'complaint' ? await registered(client) : client.partyId;
    const id = await play.start(pack, client.partyId, { kind: subject, id: about });
    const letters: string[] = [];
    for (const turn of way) letters.push(await taken({ id, about, client, lang }, turn));
    const ended = await play.see(id);
    expect(ended.outcome?.id).toBe(outcome);
    for (const text of letters) {
      expect(text).not.toMatch(/\{\{/);
      expect(text).not.toMatch(NEVER);
    }
  });
});

test('the refusal of a Finnish consumer names the board in each language, and the text for the site does too', async () => {
  const { packs } = await openPacks('nowhere').load();
  const { pack } = packs.find((one) => one.pack.place === 'FI')!;
  for (const letter of ['board-notice', 'consumer-decision', 'consumer-final'])
    for (const lang of LANGS)
      expect(pack.letterTexts[letter]![lang]).toMatch(/kuluttajariitalautakun.*www\.kuluttajariita\.fi/i);
  expect(Object.values(pack.letterTexts).flatMap(Object.values).join('\n')).not.toMatch(
    /ec\.europa\.eu|\bodr\b/i,
  );
});
