import type { Ladder, Worded } from '../../src/modules/agreement/ladder.ts';
import { type SeededChance, seededChance } from '../support/seeded-chance.ts';
import { type TestApp, testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

export type Cite = {
  readonly interactionId: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
};
type Body = Readonly<Record<string, unknown>> & { readonly code?: string; readonly id?: string };
export type Answer = { readonly status: number; readonly body: Body };

/** The clock of these tests begins on Wednesday, 13 May 2026, 12:00 in Helsinki. */
const NOW = Date.parse('2026-05-13T09:00:00.000Z');

export const HOURS = {
  kind: 'hours',
  says: 'We take calls from Monday to Friday, 9 to 18.',
  zone: 'Europe/Helsinki',
  workDays: [1, 2, 3, 4, 5],
  from: '09:00',
  until: '18:00',
  holidays: '2026-06-19 Midsummer Eve\n',
} as const;

/** A program with one client, and what tests of agreements do with it. */
export async function agreementGround() {
  const chance: SeededChance = seededChance('agreements');
  chance.setClock(NOW);
  const database = await testDatabase();
  const app: TestApp = await testApp(database, { chance });
  await database.pool.query("UPDATE workspaces SET zone = 'Europe/Helsinki', name = 'Keel & Co'");
  const { id: party } = await app.ask<{ id: string }>('POST', '/api/parties', {
    name: 'Baltika Oy',
    identifiers: ['orlov@baltika.example'],
  });

  const post = async (path: string, body: unknown): Promise<Answer> => {
    const response = await app.call('POST', path, body);
    return { status: response.status, body: (await response.json()) as Body };
  };
  /** What must work; gives the id of what was made. */
  const make = async (path: string, body: unknown): Promise<string> => {
    const { status, body: answer } = await post(path, body);
    if (status !== 201) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
    return answer.id!;
  };
  /** Keeps words of one side, and cites a part of them. */
  const said = async (
    direction: 'inbound' | 'outbound',
    text: string,
    { quote = text, at = '2026-05-12T11:00:00+03:00', way = 'mail' } = {},
  ): Promise<Cite> => {
    const kept = await app.ask<{ id: string }>('POST', '/api/interactions', {
      ...{ text, party: { id: party }, at, way, direction, from: null },
    });
    const start = text.indexOf(quote);
    return { interactionId: kept.id, start, end: start + quote.length, quote };
  };
  type Terms = {
    agreements: readonly {
      id: string;
      version: number;
      state: string;
      clauses: readonly {
        id: string;
        number: number;
        kind: string;
        state: string;
        says: string;
        agreedVersion: number | null;
        versions: readonly Record<string, unknown>[];
      }[];
    }[];
    understandings: readonly Record<string, unknown>[];
    sums: readonly Record<string, unknown>[];
    people: readonly Record<string, unknown>[];
  };
  const terms = () => app.ask<Terms>('GET', `/api/parties/${party}/agreements`);
  const open = async (clauses: readonly unknown[], title = 'Website'): Promise<string> =>
    make(`/api/parties/${party}/agreements`, { title, clauses });
  const clausesOf = async (agreement: string) =>
    (await terms()).agreements.find(({ id }) => id === agreement)!.clauses;
  return { app, chance, database, party, post, make, said, terms, open, clausesOf };
}

const inEach = (text: string): Worded => ({ en: text, ru: text, fi: text });

/** Reminder, warning, restriction, end; each with its own words. */
export const LADDER: Ladder = {
  says: inEach('Hours'),
  rungs: (['reminder', 'warning', 'restriction', 'end'] as const).map((action, i) => ({
    action,
    says: inEach(action),
    text: {
      en: `${action}. {{basis}} (§{{clauseNumber}}) “{{clause}}” {{count}}× “{{quote}}” open: {{open}}`,
      ru: `${action} §{{clauseNumber}} «{{clause}}» {{count}}× «{{quote}}» {{open}} {{review}}`,
      fi: `${action} §{{clauseNumber}} ”{{clause}}” {{count}}× ”{{quote}}” {{open}}`,
    },
    reviewDays: 14 * (i + 1),
    leavesOpen: i < 2 ? ['mail', 'call'] : ['mail'],
  })),
  appeal: inEach('To {{us}}: I disagree about “{{clause}}”. {{client}}'),
};
