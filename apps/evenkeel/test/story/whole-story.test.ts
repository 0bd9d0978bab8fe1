import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openZip } from '@evenkeel/proof/zip';
import { beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../../../fixtures/story/letter.ts';
import { storyMails } from '../../../../fixtures/story/mails.ts';
import { story } from '../../../../fixtures/story/story.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { Json, TestApp } from '../support/test-app.ts';
import { toldStory } from '../support/told-story.ts';
import { neverSaid, withoutQuotes } from './plain-words.ts';

const LANGS = ['en', 'ru', 'fi'] as const;
const PACKS = fileURLToPath(new URL('../../../../packs', import.meta.url));
let app: TestApp;
let party: string;

type Items<T> = { readonly items: readonly T[] };
type Run = {
  readonly id: string;
  readonly pack: { readonly id: string };
  readonly outcome: { readonly id: string } | null;
  readonly now: { readonly step: string } | null;
  readonly letters: readonly { readonly letter: string; readonly handedOverAt: string | null }[];
  readonly steps: readonly { readonly letter: string | null }[];
};
const of = <T>(rest: string) => app.ask<T>('GET', `/api/parties/${party}/${rest}`);
const meant = async (address: string) =>
  (await app.ask<{ id: string }>('GET', `/api/parties/meant?word=${address}`)).id;

async function runs(): Promise<readonly Run[]> {
  const { items } = await app.ask<Items<{ id: string }>>('GET', `/api/procedures?party=${party}&limit=100`);
  return Promise.all(items.map(({ id }) => app.ask<Run>('GET', `/api/procedures/${id}`)));
}

beforeAll(async () => {
  ({ app } = await toldStory('whole-story'));
  party = await meant(people.dmitri.address);
}, 300_000);

describe('the whole story', () => {
  test('begins with an inquiry that was looked at, and its answers are the agreement', async () => {
    const { items } = await app.ask<Items<Json>>('GET', '/api/screenings');
    const first = items.find((one) => one.partyId === party)!;
    expect(first).toMatchObject({ state: 'accepted', writtenAt: '2026-01-12T08:21:40.000Z' });
    type Terms = { agreements: { id: string; version: number; clauses: { says: string }[] }[] };
    const { agreements } = await of<Terms>('agreements');
    const agreement = agreements.find(({ id }) => id === first.agreementId)!;
    expect(agreement.version).toBeGreaterThan(0);
    expect(agreement.clauses.map(({ says }) => says)).toContain('Rounds of changes in the price: three');
  });

  test('each procedure that was begun came to its end, but the restriction, which still holds', async () => {
    const all = await runs();
    const ends = all.map(({ pack, outcome, now }) => [pack.id, outcome?.id ?? now?.step]);
    expect(ends.toSorted()).toEqual([
      ['after-call', 'summary-accepted'],
      ['complaint-house', 'second-decision-stands'],
      ['contact-restriction', 'while-it-holds'],
      ['ending-the-work', 'ended-and-answered'],
      ['file-without-reply', 'filed-until-the-day'],
      ['hostile-words', 'limit-sent'],
      ['legal-threat', 'no-particulars'],
      ['legal-threat', 'particulars-with-counsel'],
      ['meeting-talk', 'meeting-written-down'],
    ]);
    for (const { letters } of all) for (const one of letters) expect(one.handedOverAt).not.toBeNull();
  });

  test('is restricted after a warning, by a second person, with a notice, a day of review and an open route', async () => {
    const { items } = await of<Items<Json>>('restrictions');
    expect(items).toMatchObject([
      {
        state: 'in-force',
        isInForce: true,
        decided: { second: { who: 'outsider', outsider: { name: 'Riitta Halme' } } },
        review: { on: '2026-09-01' },
        measure: { open: { way: 'mail' } },
      },
    ]);
    expect([items[0]!.warning, items[0]!.notice]).not.toContain(null);
  });

  test('reads every repeat, files it, and brings what is new to a person', async () => {
    type Silence = { isQuiet: boolean; looks: { isNew: boolean; settled: string | null; at: string }[] };
    const { items } = await of<Items<Silence>>('silences');
    expect(items.map(({ isQuiet }) => isQuiet)).toEqual([true, false]);
    const looks = items[1]!.looks.map(({ at, isNew, settled }) => [at.slice(0, 10), isNew, settled]);
    expect(looks).toContainEqual(['2026-06-16', false, null]);
    expect(looks).toContainEqual(['2026-06-18', true, 'answered']);
  });

  test('ends on a day that was told, with one answer after it, and the client is a former one', async () => {
    const { items } = await of<Items<Json>>('endings');
    expect(items).toMatchObject([{ state: 'over', on: { on: '2026-07-31' } }]);
    expect([items[0]!.letter, items[0]!.answeredTo]).not.toContain(null);
    expect(await app.ask('GET', `/api/parties/${party}`)).toMatchObject({ state: 'former' });
    const { totals } = await of<{ totals: unknown[] }>('stay-or-leave');
    expect(totals).toEqual([]);
  });

  test('knows who asks anew: two identifiers, and what a person said of it', async () => {
    const { items } = await app.ask<Items<{ id: string; partyId: string; state: string }>>(
      'GET',
      '/api/screenings',
    );
    const neva = await meant(people.neva.address);
    const { id } = items.find((one) => one.partyId === neva && one.state === 'open')!;
    const { matches, flags } = await app.ask<{ matches: Json[]; flags: { kind: string }[] }>(
      'GET',
      `/api/screenings/${id}`,
    );
    expect(matches).toMatchObject([
      { partyId: party, level: 'two-identifiers', verdict: { verdict: 'same' } },
    ]);
    expect(flags.length).toBeGreaterThan(0);
  });

  test('takes a complaint from its number over two decisions to the way that is left, one point upheld and one not', async () => {
    const { items } = await app.ask<Items<{ id: string }>>('GET', `/api/complaints?party=${party}`);
    expect(items).toHaveLength(1);
    expect(await app.ask('GET', `/api/complaints/${items[0]!.id}`)).toMatchObject({
      number: '2026-001',
      state: 'closed',
      stage: 2,
      decisions: [
        { stage: 1, second: null },
        { stage: 2, second: { who: 'outsider', name: 'Riitta Halme' } },
      ],
      nextRoute: expect.stringContaining('Mediator'),
    });
  });

  test('makes a case of a lawyer’s letter: what they ask, who is who, what we want, nothing erased, counsel speaks', async () => {
    const { items } = await app.ask<Items<{ id: string }>>('GET', `/api/cases?party=${party}`);
    expect(items).toHaveLength(1);
    type Case = Json & { points: Json[]; people: { role: string }[]; holds: { released: unknown }[] };
    const found = await app.ask<Case>('GET', `/api/cases/${items[0]!.id}`);
    expect(found).toMatchObject({ stage: 'counsel', wanted: expect.stringContaining('nothing is owed') });
    expect(found.people.map(({ role }) => role).toSorted()).toEqual([
      ...['lawyer', 'responsible', 'second', 'their-lawyer', 'their-side'],
    ]);
    expect(found.points).toHaveLength(3);
    expect(found.holds).toMatchObject([{ released: null }]);
    const { items: bundles } = await app.ask<Items<Json>>('GET', '/api/bundles');
    expect(bundles.length).toBeGreaterThan(0);
  });

  test('knows that the colour of a header was decided three times, each in words of theirs', async () => {
    type Points = Items<{ title: string; decided: { role: string; at: string }[] }>;
    const { items } = await of<Points>('points');
    const header = items.find(({ title }) => title === 'Colour of the header')!;
    expect(header.decided.map(({ role, at }) => [role, at.slice(0, 10)])).toEqual([
      ['agreed', '2026-02-05'],
      ['new_fact', '2026-05-14'],
      ['agreed', '2026-05-14'],
      ['agreed', '2026-05-26'],
    ]);
  });

  test('has policies in three languages that were read, and a live session under a handle', async () => {
    const { items } = await app.ask<Items<{ lang: string; isCurrent: boolean }>>('GET', '/api/policies');
    expect(items.map(({ lang, isCurrent }) => [lang, isCurrent])).toEqual([
      ['fi', true],
      ['ru', true],
      ['en', true],
    ]);
    const viewer = await meant('rex_77');
    const { items: rows } = await app.ask<Items<{ kind: string }>>('GET', `/api/parties/${viewer}/timeline`);
    expect(rows.map(({ kind }) => kind).filter((kind) => kind === 'session')).toHaveLength(1);
    expect(rows).toHaveLength(5);
  });
});

describe('nothing of ours says what nobody should say, nor names a type of person', () => {
  test.each([
    ['en', 'A tamper-proof file about a difficult client.', 2],
    ['ru', 'Неизменяемый журнал и сложный клиент, агрессивный хам.', 4],
    ['fi', 'Juridisesti sitova ja hankala, vaikean asiakkaan tapaus.', 3],
    ['en', 'This is hard for both of us.', 0],
  ] as const)('which would be seen in %s: %s', (_lang, words, count) => {
    expect(neverSaid(words)).toHaveLength(count);
  });

  test.each(LANGS)('in the letters of its procedures in %s', async (lang) => {
    const texts: string[] = [];
    for (const { id, steps } of await runs())
      for (const { letter } of steps) {
        if (letter === null) continue;
        const path = `/api/procedures/${id}/letters/${letter}?lang=${lang}`;
        const { subject, text } = await app.ask<{ subject: string; text: string }>('GET', path);
        texts.push(`${subject}\n${text}`);
      }
    expect(texts.length).toBeGreaterThanOrEqual(12);
    for (const text of texts) expect(neverSaid(withoutQuotes(text))).toEqual([]);
  });

  test.each(LANGS)(
    'in the policies, the letter of a no and the texts of a live session in %s',
    async (lang) => {
      const { items } = await app.ask<Items<{ lang: string; documents: { title: string; text: string }[] }>>(
        'GET',
        '/api/policies',
      );
      const documents = items.find((one) => one.lang === lang)!.documents;
      const { rules } = await app.ask<{ rules: { steps: { texts: Record<string, string> }[] }[] }>(
        'GET',
        '/api/live/rules?handle=rex_77',
      );
      const no = readFileSync(join(PACKS, `letters/no-to-inquiry.${lang}.md`), 'utf8');
      const texts = [
        ...documents.map(({ title, text }) => `${title}\n${text}`),
        ...rules.flatMap(({ steps }) => steps.map(({ texts: said }) => said[lang]!)),
        no,
      ];
      for (const text of texts) expect(neverSaid(text)).toEqual([]);
    },
  );

  test.each(LANGS)('in any letter that ships, in %s', (lang) => {
    const files = globSync(`**/*.${lang}.md`, { cwd: PACKS });
    expect(files.length).toBeGreaterThan(40);
    for (const file of files) {
      expect(neverSaid(file), file).toEqual([]);
      expect(neverSaid(readFileSync(join(PACKS, file), 'utf8')), file).toEqual([]);
    }
  });

  test('in the bundle: its file names, what is printed, and what it says of our own record', async () => {
    const wish = { party, exhibits: null, withMatters: true, zone: 'Europe/Helsinki' };
    const response = await app.call('POST', '/api/bundles', wish);
    expect(
      response.status,
      await response
        .clone()
        .text()
        .catch(() => ''),
    ).toBe(200);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const zip = await openZip({ size: bytes.length, read: async (start, end) => bytes.subarray(start, end) });
    const paths = zip.entries.map(({ path }) => path);
    expect(neverSaid(paths.join('\n'))).toEqual([]);
    const printed = zip.entries.filter(({ path }) => path.endsWith('.pdf') && !path.startsWith('exhibits/'));
    expect(printed.length).toBeGreaterThan(0);
    for (const entry of printed) {
      const text = textOfPdf(await zip.read(entry, 1 << 28));
      expect(text).toContain('Про суд и про любителей');
      expect(neverSaid(withoutTheirs(text)), entry.path).toEqual([]);
    }
    for (const entry of zip.entries.filter(({ path }) => path.endsWith('.txt')))
      expect(neverSaid(Buffer.from(await zip.read(entry, 1 << 28)).toString('utf8')), entry.path).toEqual([]);
  });

  test('in the mails of the firm, and in how the files of the story are called', () => {
    expect(
      neverSaid(
        storyMails()
          .map(({ path }) => path)
          .join('\n'),
      ),
    ).toEqual([]);
    const ours = story.mails.filter(({ from }) => story.workspace.me.includes(people[from].address));
    for (const { subject, text } of ours) expect(neverSaid(`${subject}\n${withoutQuotes(text)}`)).toEqual([]);
  });
});

function textOfPdf(bytes: Uint8Array): string {
  const path = join(temporaryFolder(), 'printed.pdf');
  writeFileSync(path, bytes);
  return execFileSync('pdftotext', ['-enc', 'UTF-8', path, '-'], { maxBuffer: 1 << 28 }).toString('utf8');
}

/** What they wrote may say anything: such words of theirs are taken out where they stand. */
function withoutTheirs(printed: string): string {
  const said = story.mails
    .filter(({ from }) => !story.workspace.me.includes(people[from].address))
    .flatMap(({ text }) => neverSaid(text).map((found) => found.slice(0, found.indexOf(':'))));
  return said.reduce((rest, word) => rest.replaceAll(word, ''), printed);
}
