import { readFileSync } from 'node:fs';
import { sql } from '../../src/kernel/db.ts';
import { openPacks } from '../../src/modules/procedure/packs.store.ts';
import type { MeasureWish } from '../../src/modules/procedure/restriction/deciding.ts';
import { tick } from '../../src/modules/procedure/tick.actions.ts';
import { openReader } from '../../src/modules/signal/reader.ts';
import { type Firm, firm } from '../casefile/firm.ts';
import { atEnd } from '../support/at-end.ts';
import type { Json } from '../support/test-app.ts';
import { player, refusedBy } from './playing.ts';

export const DATES = JSON.parse(
  readFileSync(new URL('../../../../fixtures/restriction/dates.json', import.meta.url), 'utf8'),
) as {
  readonly warning: { readonly due: string; readonly says: Readonly<Record<Lang, string>> };
  readonly plan: {
    readonly reviewOn: string;
    readonly untilOn: string;
    readonly reviewSays: Readonly<Record<Lang, string>>;
    readonly untilSays: Readonly<Record<Lang, string>>;
  };
  readonly appeal: { readonly asked: string; readonly due: string };
  readonly review: { readonly due: string; readonly lateFrom: string };
  readonly ending: {
    readonly earliest: string;
    readonly on: string;
    readonly says: Readonly<Record<Lang, string>>;
  };
};
export type Lang = 'en' | 'ru' | 'fi';
export const LANGS: readonly Lang[] = ['en', 'ru', 'fi'];

export const QUOTE = 'I want 400 euros back by Friday.';
const WROTE =
  'The login does not work since Monday. You never told me about line 4. I want 400 euros back by Friday.';
export const PLAN = {
  measure: {
    ...{ contact: null, subjects: ['the refund'], hours: null, perWeek: null },
    ...{ ways: ['call'], isWritingOnly: true, open: { way: 'mail', address: 'desk@firm.example' } },
  } as MeasureWish,
  weighing: {
    aim: 'Work on the other clients is possible again.',
    milder: 'Two reminders of the agreed hours, on 4 and 8 May.',
    effect: 'He waits a day longer for an answer.',
    ownHandling: 'Every question of his was answered; one answer was two days late.',
    otherWay: 'Asked on 8 May; he needs none.',
  },
  consulted: [{ who: 'Mira', says: 'Eleven calls in one morning.' }],
  safety: null,
  reviewOn: DATES.plan.reviewOn,
  untilOn: DATES.plan.untilOn,
};

export type Place = Awaited<ReturnType<typeof place>>;

/** The small firm in Finland, in May, with a letter of theirs to quote and letters of ours to name. */
export async function place() {
  const here: Firm = await firm();
  const { app, chance } = here;
  await sql`UPDATE workspaces SET zone = 'Europe/Helsinki'`.execute(app.db);
  await app.call('PUT', '/api/calendar/country', { country: 'FI' });
  const reader = openReader('nowhere');
  atEnd(() => reader.close());
  const ports = { ledger: app.ledger, sealer: app.sealer, packs: openPacks('nowhere'), reader };
  const clock = (iso: string) => chance.setClock(Date.parse(iso));
  clock('2026-05-12T10:00:00+03:00');
  const recordWith =
    (party: string, address: string) =>
    async (direction: 'inbound' | 'outbound', at: string, text: string) => {
      const { id } = await app.ask<{ id: string }>('POST', '/api/interactions', {
        ...{ text, party: { id: party }, direction, way: 'mail', at },
        ...(direction === 'inbound' ? { from: address } : {}),
      });
      return id;
    };
  const cite = async (interactionId: string, quote: string) => {
    const { text } = await app.ask<{ text: string }>('GET', `/api/interactions/${interactionId}`);
    const start = text.indexOf(quote);
    return { interactionId, start, end: start + quote.length, quote };
  };
  const refusal = async (path: string, body: unknown) => refusedBy(await app.call('POST', path, body));
  const packFor = async (subject: string) =>
    (await app.ask<{ packs: { id: string }[] }>('GET', `/api/procedures/packs?subject=${subject}`)).packs;
  const todayLines = async () => {
    const page = await app.ask<{ now: { items: Json[] }; later: { items: Json[] } }>('GET', '/api/today');
    return { now: page.now.items, later: page.later.items };
  };
  const quoted = await cite(here.letters.orlov, QUOTE);
  const common = { clock, cite, refusal, packFor, todayLines, reader, ports, play: player(app) };
  const whole = {
    ...here,
    ...common,
    record: recordWith(here.orlov, 'orlov@client.example'),
    quoted,
    tick: () => tick(ports),
  };
  /** The same place, with another client instead of Orlov who wrote the same. */
  const client = async (name: string): Promise<typeof whole> => {
    clock('2026-05-12T10:00:00+03:00');
    const address = `${name.toLowerCase()}@other.example`;
    const added = { name, state: 'client', identifiers: [address] };
    const { id } = await app.ask<{ id: string }>('POST', '/api/parties', added);
    const record = recordWith(id, address);
    const theirs = await record('inbound', '2026-05-05T09:14:00+03:00', `${name}: ${WROTE}`);
    const ours = await record('outbound', '2026-05-05T10:02:00+03:00', `${name}: The login is in line 4.`);
    const letters = { ...here.letters, orlov: theirs, ours };
    return { ...whole, orlov: id, letters, record, quoted: await cite(theirs, QUOTE) };
  };
  return { ...whole, client };
}

/** Fills, finishes and hands over the letter of the step of now; returns it as it was finished. */
export async function sendNow(
  { play }: Pick<Place, 'play'>,
  id: string,
  lang: Lang,
  fields: Readonly<Record<string, string>>,
) {
  const shown = await play.see(id);
  const { letter } = shown.steps.find((step) => step.id === shown.now?.step)!;
  await play.draft(id, letter!, fields, lang);
  const written = await play.final(id, letter!, lang);
  await play.hand(id, letter!);
  const after = await play.see(id);
  const sent = after.letters.findLast((one) => one.letter === letter);
  return { ...written, interactionId: sent!.interactionId! };
}
