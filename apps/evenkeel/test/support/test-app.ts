import { afterAll, expect } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import type { Chance } from '../../src/kernel/chance.ts';
import type { Connection } from '../../src/kernel/postgres.ts';
import type { RunEvent } from '../../src/modules/interaction/import.actions.ts';
import { verifyLog } from '../../src/modules/ledger/verify.actions.ts';
import type { Report } from '../../src/modules/source/source.actions.ts';
import { seededChance } from './seeded-chance.ts';
import { temporaryFolder } from './temporary-folder.ts';
import type { TestDatabase } from './test-database.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The whole program on a folder and a database of the test's own, spoken to as by this machine's owner. */
export type TestApp = App & {
  readonly dataDir: string;
  readonly call: (method: string, path: string, body?: unknown) => Promise<Response>;
  /** The JSON of an answer that must be a good one. */
  readonly ask: <T = Json>(method: string, path: string, body?: unknown) => Promise<T>;
  /** Imports to the end, and waits until everything can be found. */
  readonly bringIn: (wish: ImportWish) => Promise<Imported>;
};

export type ImportWish = {
  readonly paths: readonly string[];
  readonly uploads?: readonly string[];
  readonly me?: readonly string[];
  readonly only?: readonly string[] | null;
  readonly client?: string | null;
};
export type Imported = { readonly report: Report; readonly acknowledged: readonly string[] };

type Options = { readonly dataDir?: string; readonly chance?: Chance };

/** Opens it; at the end of the test file its whole ledger is audited once more, and it is closed. */
export async function testApp(database: TestDatabase, options: Options = {}): Promise<TestApp> {
  const app = await openTestApp(database.connection, options);
  afterAll(async () => {
    // What goes on by itself would write while the ledger is audited.
    await app.mailboxes.stop();
    const verdict = await verifyLog(app.ledger, app.sealer, app.dataDir, true);
    await app.close();
    expect(verdict).toMatchObject({ ok: true, failures: [] });
  });
  return app;
}

/** Opens it; the caller closes. */
export async function openTestApp(connection: Connection, options: Options = {}): Promise<TestApp> {
  const dataDir = options.dataDir ?? temporaryFolder();
  const app = await openApp({
    config: { data: dataDir, port: 0, host: '127.0.0.1', databaseUrl: urlOf(connection), pgBin: null },
    chance: options.chance ?? seededChance(dataDir),
    log: () => {},
    // Tests ask nobody outside.
    askNames: async () => Promise.reject(Object.assign(new Error('nobody asked'), { code: 'ENOTFOUND' })),
    say: () => {},
    forPeople: false,
  });
  const call: TestApp['call'] = async (method, path, body) =>
    app.fetch(requestOf(method, path, body), { isLocal: true });
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await call(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    // What answers with nothing was done; what answers with bytes gives them.
    if (response.status === 204) return undefined as T;
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return (isJson ? await response.json() : await response.arrayBuffer()) as T;
  };
  const bringIn = async (wish: ImportWish): Promise<Imported> => {
    const { run } = await ask<{ run: string }>('POST', '/api/imports', wish);
    const events = await eventsOf(await call('GET', `/api/runs/${run}/events`));
    await app.runner.caughtUp();
    return importedFrom(events);
  };
  return { ...app, dataDir, call, ask, bringIn };
}

/** `postgresql://…` of a connection, as `DATABASE_URL` would say it. */
export function urlOf({ host, port, user, password, database }: Connection): string {
  const query = new URLSearchParams({ host, port: String(port) });
  return `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@/${database}?${query}`;
}

export async function eventsOf(response: Response): Promise<readonly RunEvent[]> {
  const lines = (await response.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as RunEvent);
}

function importedFrom(events: readonly RunEvent[]): Imported {
  const failed = events.find((event) => 'failed' in event);
  if (failed) throw new Error(`the import failed: ${failed.failed.message}`);
  const report = events.find((event) => 'report' in event);
  if (!report) throw new Error('the import gave no report');
  const acknowledged = events.flatMap((event) => ('acknowledged' in event ? event.acknowledged : []));
  return { report: report.report, acknowledged };
}

/** A call as the web makes it. */
export function requestOf(method: string, path: string, body: unknown): Request {
  const url = new URL(path, 'http://evenkeel.local');
  if (body === undefined) return new Request(url, { method });
  const headers = { 'content-type': 'application/json' };
  return new Request(url, { method, headers, body: JSON.stringify(body) });
}
