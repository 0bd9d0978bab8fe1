import { randomBytes } from 'node:crypto';
import { afterAll } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { seededChance } from './seeded-chance.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { type Json, requestOf, urlOf } from './test-app.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';

/** Whose cookies; '' is somebody who did not sign in, null is this machine's owner. */
export type Asker = string | null;

/** What came back: the refusal's word, the JSON if there is any, and the cookies as the next call gives them. */
export type Asked = {
  readonly status: number;
  readonly code: string;
  readonly text: string;
  readonly body: Json;
  readonly cookie: string;
  readonly cookies: readonly string[];
};

/** The program as people sign in to it, on a folder and a database of the test's own. */
export type PeopleApp = {
  readonly app: App;
  readonly database: TestDatabase;
  readonly now: () => Instant;
  /** Moves the clock forward. */
  readonly later: (ms: number) => void;
  readonly ask: (method: string, path: string, as?: Asker, body?: unknown) => Promise<Asked>;
  /** A call with the headers that a test is about. */
  readonly answerTo: (request: Request, as?: Asker) => Promise<Asked>;
};

/** Long enough, and the same for everybody. */
export const PASSWORD = 'a long enough password';

/** Opens it; it is closed at the end of the test file. Codes and tokens are drawn by chance, the clock is the test's. */
export async function peopleApp(seed: string, address?: string): Promise<PeopleApp> {
  const database = await testDatabase();
  const chance = { ...seededChance(seed), bytes: (sizeBytes: number) => randomBytes(sizeBytes) };
  const app = await openApp({
    config: {
      ...{ data: temporaryFolder(), port: 0, host: '127.0.0.1', pgBin: null },
      ...{ databaseUrl: urlOf(database.connection), ...(address === undefined ? {} : { address }) },
    },
    chance,
    log: () => {},
    say: () => {},
    // Tests ask nobody outside.
    askNames: async () => Promise.reject(Object.assign(new Error('nobody asked'), { code: 'ENOTFOUND' })),
    forPeople: true,
  });
  afterAll(() => app.close());
  const answerTo: PeopleApp['answerTo'] = async (request, as = '') => {
    if (as) request.headers.set('cookie', as);
    return askedFrom(await app.fetch(request, { isLocal: as === null }));
  };
  return {
    ...{ app, database, now: chance.now, answerTo },
    later: (ms) => chance.setClock(Date.parse(chance.now()) + ms),
    ask: (method, path, as, body) => answerTo(requestOf(method, path, body), as),
  };
}

async function askedFrom(response: Response): Promise<Asked> {
  const text = await response.text();
  const body = /^[{[]/.test(text) ? (JSON.parse(text) as Json) : {};
  const cookies = response.headers.getSetCookie();
  return {
    ...{ status: response.status, code: String(body.code ?? ''), text, body, cookies },
    cookie: cookies.map((each) => each.split(';')[0]).join('; '),
  };
}
