import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openPacks } from '../../src/modules/procedure/packs.store.ts';
import { tick } from '../../src/modules/procedure/tick.actions.ts';
import { openReader } from '../../src/modules/signal/reader.ts';
import { atEnd } from '../support/at-end.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { player, refusedBy, type Shown, type Words } from './playing.ts';

// Each situation is played to each of its ends in three languages. By when its steps are due was worked out by hand, and so was
// when things happen; fixtures/procedures/README.md says how.
const chance = seededChance('situations');
const STARTED = Date.parse('2026-04-30T09:00:00+03:00');
const LETTER = Date.parse('2026-05-05T10:00:00+03:00');
const REPLY = Date.parse('2026-05-11T09:00:00+03:00');
chance.setClock(STARTED);
const database = await testDatabase();
const app = await testApp(database, { chance });
await database.pool.query("UPDATE workspaces SET zone = 'Europe/Helsinki'");
await app.call('PUT', '/api/calendar/country', { country: 'FI' });
const play = player(app);
const reader = openReader('nowhere');
atEnd(() => reader.close());
const ports = { ledger: app.ledger, sealer: app.sealer, packs: openPacks('nowhere'), reader };

type Due = { readonly pack: string; readonly step: string; readonly due: string };
const BY_HAND = readFileSync(
  new URL('../../../../fixtures/procedures/due-dates.jsonl', import.meta.url),
  'utf8',
)
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Due);

const LANGS = ['en', 'ru', 'fi'] as const;

/** What is said at each step that asks; steps that only wait are left by a reply or by silence. */
const PLAYS: readonly (readonly [pack: string, end: string, ...said: string[]])[] = [
  ['legal-threat', 'no-particulars', ...first('insurer-told', 'no-denial-yet', 'counsel-named'), 'silence'],
  [
    ...(['legal-threat', 'particulars-with-counsel'] as const),
    ...first('no-cover', 'denial-by-us', 'no-counsel-yet', 'without-for-now'),
    ...['reply', 'still-general', 'reply', 'particulars-came'],
  ],
  [
    ...(['legal-threat', 'settled-by-words'] as const),
    ...first('cover-unknown', 'denial-by-others', 'no-counsel-yet', 'counsel-found'),
    ...['reply', 'threat-taken-back'],
  ],
  ['no-decision-yet', 'they-decided', 'something-missing', 'reply', 'decision-made'],
  [
    ...(['no-decision-yet', 'work-paused', 'nothing-missing'] as const),
    ...['reply', 'still-undecided', 'insist-once-more', 'silence'],
  ],
  ['no-decision-yet', 'work-to-end', 'nothing-missing', 'silence', 'end-the-work'],
  [
    ...(['no-decision-yet', 'they-decided', 'nothing-missing', 'reply', 'still-undecided'] as const),
    ...['insist-once-more', 'reply', 'decided-at-last'],
  ],
  [
    ...(['everything-criticised', 'criticism-settled', 'examples-came', 'some-is-founded'] as const),
    ...['reply', 'new-point-came', 'reply', 'they-are-content'],
  ],
  ['everything-criticised', 'answered-once', 'only-in-general', 'none-is-founded', 'silence'],
  [
    'everything-criticised',
    'nothing-new-came',
    'examples-came',
    'some-is-founded',
    'reply',
    'same-in-other-words',
  ],
  ['hostile-words', 'it-stopped', 'i-am-safe', 'limit-was-heard'],
  [
    ...(['hostile-words', 'limit-sent', 'i-am-safe', 'it-went-on', 'ended-with-thanks'] as const),
    ...['platform-told', 'write-the-limit'],
  ],
  [
    'hostile-words',
    'ended-without-words',
    'i-am-not-safe',
    'ended-at-once',
    'nobody-outside',
    'no-letter-sent',
  ],
  ['one-rule-each', 'rule-agreed', 'rule-kept-by-us', 'reply', 'they-agree-to-it'],
  ['one-rule-each', 'rule-not-shared', 'rule-kept-by-us', 'silence'],
  ['one-rule-each', 'we-missed-it-too', 'rule-missed-by-us'],
  ['money-does-not-add-up', 'money-adds-up', 'nothing-was-moved', 'sums-agree'],
  [
    ...(['money-does-not-add-up', 'taken-further', 'something-was-moved', 'sums-differ'] as const),
    ...['reply', 'money-unexplained', 'bank-was-told'],
  ],
  ['money-does-not-add-up', 'money-stays-still', 'nothing-was-moved', 'sums-differ', 'silence'],
  ['contact-that-burdens', 'our-part-first', 'ours-comes-first'],
  ['contact-that-burdens', 'no-was-said', 'ours-is-in-order', 'comes-back-again'],
  ['contact-that-burdens', 'frame-was-set', 'ours-is-in-order', 'asks-beyond-agreed'],
  ['contact-that-burdens', 'going-on-without', 'ours-is-in-order', 'holds-back-facts', 'silence'],
  ['contact-that-burdens', 'list-arrived', 'ours-is-in-order', 'holds-back-facts', 'reply', 'list-is-enough'],
  ['contact-that-burdens', 'point-was-answered', 'ours-is-in-order', 'argues-past-facts'],
  ['contact-that-burdens', 'limit-was-set', 'ours-is-in-order', 'hurts-or-threatens'],
];

function first(...said: readonly string[]): readonly string[] {
  return ['court-or-lawyer', ...said];
}

/** Each letter goes out in each language; the other ways through a pack take turns. */
const WITH_LETTERS: ReadonlySet<string> = new Set([
  'no-particulars',
  'work-paused',
  'answered-once',
  'limit-sent',
  'rule-agreed',
  'taken-further',
  'no-was-said',
  'frame-was-set',
  'going-on-without',
  'point-was-answered',
  'limit-was-set',
]);

function isPlayedIn(lang: Lang) {
  return ([, end]: readonly string[], i: number) => WITH_LETTERS.has(end as string) || LANGS[i % 3] === lang;
}

const WORDS = {
  en: 'I will see you in court, and the {{client}} will hear of it.\nBy Friday!',
  ru: 'Увидимся в суде, и все об этом узнают.\nДо пятницы!',
  fi: 'Nähdään oikeudessa, ja kaikki kuulevat tästä.\nPerjantaihin mennessä!',
} as const;
const FILLED = {
  en: 'One plain sentence.',
  ru: 'Одно простое предложение.',
  fi: 'Yksi selvä lause.',
} as const;
/** The date of the words as each language writes it. */
const WORDS_OF = { en: '29 April 2026', ru: '29 апреля 2026', fi: '29. huhtikuuta 2026' } as const;
type Lang = keyof typeof WORDS;

async function message(partyId: string, text: string, at: number): Promise<string> {
  const { id } = await app.ask<{ id: string }>('POST', '/api/interactions', {
    ...{ text, party: { id: partyId }, direction: 'inbound', way: 'mail' },
    ...{ at: new Date(at).toISOString(), from: 'orlov@baltika.example' },
  });
  return id;
}

let clients = 0;
async function client(): Promise<string> {
  clients += 1;
  const { id } = await app.ask<{ id: string }>('POST', '/api/parties', {
    ...{ name: `Orlov ${clients}`, state: 'client', identifiers: [`orlov${clients}@baltika.example`] },
  });
  return id;
}

async function begin(pack: string, lang: Lang) {
  chance.setClock(STARTED);
  const partyId = await client();
  const quote = WORDS[lang];
  const id = await message(partyId, quote, Date.parse('2026-04-29T21:00:00+03:00'));
  const cite = { interactionId: id, start: 0, end: quote.length, quote };
  const body = { pack, partyId, subject: { kind: 'message', id }, cite };
  const started = await app.ask<{ id: string }>('POST', '/api/procedures', body);
  return { partyId, id: started.id };
}

/** The letter of a step, filled with what a person would be asked for, finished and sent. */
async function send(id: string, letter: string, lang: Lang) {
  chance.setClock(
    Math.max(chance.now() < new Date(LETTER).toISOString() ? LETTER : 0, Date.parse(chance.now())),
  );
  const empty = await play.letter(id, letter, lang);
  const asked = empty.fields.filter(({ title, value }) => title !== null && value === null);
  await play.draft(id, letter, Object.fromEntries(asked.map(({ name }) => [name, FILLED[lang]])), lang);
  const final = await play.final(id, letter, lang);
  await play.hand(id, letter);
  return final;
}

async function wait(said: string | undefined, partyId: string, shown: Shown) {
  if (said === 'silence') chance.setClock(Date.parse(shown.now!.due!.at) + 60_000);
  else {
    const now = Math.max(REPLY, Date.parse(chance.now()) + 60_000);
    chance.setClock(now);
    await message(partyId, `Here is what I say at ${now}.`, now);
  }
  await tick(ports);
}

type Step = Shown['steps'][number] & {
  readonly role: string;
  readonly choices: readonly { readonly id: string; readonly asks: Words | null }[];
};

/** Plays until it is over; says the letters that went out and what stood in the way of a choice that asks. */
async function playThrough(pack: string, lang: Lang, said: readonly string[]) {
  const { partyId, id } = await begin(pack, lang);
  const left = [...said];
  const letters = [];
  for (let shown = await play.see(id); ; shown = await play.see(id)) {
    if (shown.now === null) return { shown, letters, left };
    const step = shown.steps.find((one) => one.id === shown.now?.step) as Step;
    if (step.role === 'clock') {
      await wait(left.shift(), partyId, shown);
      continue;
    }
    if (step.letter !== null) letters.push(await send(id, step.letter, lang));
    const choice = step.choices.length > 0 ? left.shift() : null;
    const asks = step.choices.find((one) => one.id === choice)?.asks ?? null;
    if (asks) {
      const bare = await app.call('POST', `/api/procedures/${id}/steps/${step.id}/done`, { choice });
      expect(await refusedBy(bare)).toMatchObject({ status: 422, code: 'words-needed', params: { choice } });
    }
    await play.done(id, step.id, { choice, reason: asks && FILLED[lang] });
  }
}

/** What no letter of ours says of anybody; the words that are quoted are theirs. */
const NEVER =
  /difficult|aggressive|unreasonabl|manipulat|toxic|агрессив|неадекват|манипул|скандал|hankala|aggressii|kohtuut|manipuloi/iu;

for (const lang of LANGS)
  test.each(PLAYS.filter(isPlayedIn(lang)))(
    `${lang}: %s comes to its end “%s”`,
    async (pack, end, ...said) => {
      const { shown, letters, left } = await playThrough(pack, lang, said);
      expect(shown.outcome?.id).toBe(end);
      expect(left).toEqual([]);
      for (const step of shown.steps) {
        const dues = BY_HAND.filter((one) => one.pack === pack && one.step === step.id);
        const [visit] = step.visits;
        if (visit?.due)
          expect(
            dues.map(({ due }) => due),
            step.id,
          ).toContain(visit.due.date);
      }
      for (const { finished, subject } of letters) {
        const text = `${subject}\n${finished?.text}`;
        const own = text.replace(`> ${WORDS[lang].replace('\n', '\n> ')}`, '');
        if (own !== text) expect(own).toContain(WORDS_OF[lang]);
        expect(own).not.toMatch(NEVER);
        expect(own).not.toContain('{{');
      }
      if (letters.length > 0) expect(letters[0]?.finished?.text).toContain(`> ${WORDS[lang].split('\n')[0]}`);
    },
  );

test('every line of the table was played', async () => {
  const { rows } = await database.pool.query<{ pack: string; step: string }>(
    `SELECT DISTINCT p.pack_id AS pack, v.step FROM procedure_visits v
     JOIN procedures p ON p.workspace_id = v.workspace_id AND p.id = v.procedure_id`,
  );
  const played = new Set(rows.map(({ pack, step }) => `${pack} ${step}`));
  expect(BY_HAND.filter(({ pack, step }) => !played.has(`${pack} ${step}`))).toEqual([]);
});

test('what is owed is shown, and every other date keeps running through a legal threat', async () => {
  chance.setClock(STARTED);
  const partyId = await client();
  const text = 'We will send the report by Friday, 15 May.';
  const { id: ours } = await app.ask<{ id: string }>('POST', '/api/interactions', {
    ...{ text, party: { id: partyId }, direction: 'outbound', way: 'mail' },
    ...{ at: '2026-04-28T12:00:00+03:00', from: 'alex@example.fi' },
  });
  const words = { interactionId: ours, start: 0, end: text.length, quote: text };
  await app.ask('POST', `/api/parties/${partyId}/commitments`, {
    ...{ side: 'ours', who: 'Alex', what: 'The report', due: { date: '2026-05-15' }, cites: [words] },
  });
  await app.ask('POST', `/api/parties/${partyId}/sums`, {
    ...{ side: 'ours', amount: '400', currency: 'EUR', what: 'refund of April', dueOn: '2026-05-08' },
    reason: 'It was agreed on the phone.',
  });
  const dues = () => app.ask('GET', `/api/calendar?from=2026-05-01&to=2026-05-31&party=${partyId}`);
  const quote = WORDS.en;
  const id = await message(partyId, quote, STARTED);
  const before = JSON.stringify(await dues());
  expect(before).toContain('The report');
  const cite = { interactionId: id, start: 0, end: quote.length, quote };
  const body = { pack: 'legal-threat', partyId, subject: { kind: 'message', id }, cite };
  const started = await app.ask<{ id: string }>('POST', '/api/procedures', body);
  const begun = await play.see(started.id);
  const shown = await play.done(started.id, begun.now!.step, { choice: 'wrongdoing-alleged' });
  expect((shown.now as { standing?: object }).standing).toMatchObject([
    { kind: 'sum', side: 'ours', says: '400.00 EUR: refund of April', dueOn: '2026-05-08' },
    { kind: 'promise', side: 'ours', says: 'The report', dueOn: '2026-05-15' },
  ]);
  const others = (calendar: unknown) =>
    (calendar as { items: { room: string }[] }).items.filter(({ room }) => room !== 'procedure');
  expect(others(await dues())).toEqual(others(JSON.parse(before)));
  expect(others(await dues())).toHaveLength(3);
});

test('for somebody’s safety a step is left out at once, with no wait and nobody else', async () => {
  const { id } = await begin('hostile-words', 'en');
  const left: string[] = [];
  for (let shown = await play.see(id); shown.now !== null; shown = await play.see(id)) {
    left.push(shown.now.step);
    await app.ask('POST', `/api/procedures/${id}/steps/${shown.now.step}/skipped`, {
      reason: 'I am leaving.',
    });
  }
  expect(left).toEqual(['safe-or-not', 'end-it-now', 'choose-who-helps', 'write-or-not']);
});
