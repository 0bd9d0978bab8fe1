import { type SeededChance, seededChance } from '../support/seeded-chance.ts';
import { type TestApp, testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

export type Cite = {
  readonly interactionId: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
};
export type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** The clock of these tests begins on Wednesday, 13 May 2026, 12:00 in Helsinki. */
export const NOW = Date.parse('2026-05-13T09:00:00.000Z');

/** A program with one client, and what tests of promises and offers do with it. */
export async function promiseGround() {
  const chance: SeededChance = seededChance('promises');
  chance.setClock(NOW);
  const database = await testDatabase();
  const app: TestApp = await testApp(database, { chance });
  await database.pool.query("UPDATE workspaces SET zone = 'Europe/Helsinki'");
  const { id: party } = await app.ask<{ id: string }>('POST', '/api/parties', {
    name: 'Baltika Oy',
    identifiers: ['orlov@baltika.example'],
  });

  /** Keeps words of one side, and cites a part of them. */
  const said = async (
    direction: 'inbound' | 'outbound',
    text: string,
    quote = text,
    at = '2026-05-13T11:00:00+03:00',
  ): Promise<Cite> => {
    const kept = await app.ask<{ id: string }>('POST', '/api/interactions', {
      ...{
        text,
        party: { id: party },
        at,
        way: 'mail',
        direction,
        from: direction === 'inbound' ? 'Orlov' : 'Alex',
      },
    });
    const start = text.indexOf(quote);
    return { interactionId: kept.id, start, end: start + quote.length, quote };
  };
  const post = async (path: string, body: unknown, method = 'POST'): Promise<Answer> => {
    const response = await app.call(method, path, body);
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
  };
  const refused = ({ status, body }: Answer) => ({ status, code: body.code });
  return { app, chance, database, party, said, post, refused };
}
