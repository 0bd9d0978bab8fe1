import { resolve } from 'node:dns/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { type Ground, type GroundPorts, giveUp, openGround } from './ground.ts';
import type { Actor } from './kernel/brand.ts';
import { idMaker } from './kernel/chance.ts';
import { type Db, holdDatabase, openDb, openPool, type Tx } from './kernel/db.ts';
import type { Holding } from './kernel/holder.ts';
import { type Api, checkRights, createApi } from './kernel/http.ts';
import type { Log } from './kernel/log.ts';
import { migrate } from './kernel/migrate.ts';
import type { Fetch } from './kernel/server.ts';
import { VERSION } from './kernel/version.ts';
import { startThread } from './kernel/workers.ts';
import type { Account } from './modules/account/account.actions.ts';
import { makeCustody } from './modules/bundle/custody.actions.ts';
import { noteAccesses } from './modules/bundle/custody.routes.ts';
import { type Eraser, makeEraser } from './modules/casefile/erasure.actions.ts';
import { draftRecord } from './modules/desk/draft/against-record.actions.ts';
import { type Importer, makeImporter } from './modules/interaction/import.actions.ts';
import { type Analyst, indexFollower } from './modules/interaction/index.follower.ts';
import { type Mailboxes, makeMailboxes } from './modules/interaction/mailbox.actions.ts';
import { seenInExportsFollower } from './modules/interaction/seen-in-exports.follower.ts';
import type { Resolve } from './modules/interaction/sender-check.auth.ts';
import { threadFollower } from './modules/interaction/thread.follower.ts';
import { openUploads } from './modules/interaction/uploads.store.ts';
import { makeAnchorer } from './modules/ledger/anchor.actions.ts';
import { OVER_HTTP } from './modules/ledger/anchor.fetch.ts';
import { type Runner, runFollowers } from './modules/ledger/follower.actions.ts';
import { append, type Ledger, makeLedger, sealFacts } from './modules/ledger/ledger.actions.ts';
import { type Fact, LOCAL_OWNER, WORKSPACE_STREAM } from './modules/ledger/ledger.ts';
import { openLog } from './modules/ledger/open.actions.ts';
import { makeSealer, type Sealer } from './modules/ledger/sealer.actions.ts';
import { makeGatekeeper } from './modules/outbox/gatekeeper.actions.ts';
import { gatekeeperFollower } from './modules/outbox/gatekeeper.follower.ts';
import { deleteDueDrafts } from './modules/outbox/kept/kept-draft.actions.ts';
import { awaitedReports, reportTying } from './modules/outbox/report.actions.ts';
import { reportFollower } from './modules/outbox/report.follower.ts';
import { findCutOff } from './modules/outbox/sending.actions.ts';
import { openPacks } from './modules/procedure/packs.store.ts';
import { lookAgain, procedureFollower } from './modules/procedure/procedure.follower.ts';
import { warmCalendar } from './modules/signal/days-off.actions.ts';
import { openReader } from './modules/signal/reader.ts';
import { signalFollower } from './modules/signal/signal.follower.ts';
import { letPass } from './modules/signal/turn.actions.ts';
import type { Keys } from './modules/vault/keys.store.ts';
import { openVault } from './modules/vault/vault.actions.ts';
import { projectionTables, replayKinds } from './replay.ts';
import { wireRoutes } from './routes.ts';

const askNames: Resolve = async (name, type) => (await resolve(name, type)) as string[];
const SEAL_EVERY_MS = 1000;
const CLOCKS_EVERY_MS = 60_000;

/** Everything that runs in the process that holds a data folder. */
export type App = {
  readonly fetch: Fetch;
  readonly api: Api;
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly ledger: Ledger;
  readonly sealer: Sealer;
  readonly runner: Runner;
  readonly importer: Importer;
  readonly mailboxes: Mailboxes;
  readonly eraser: Eraser;
  /** Resolves when all that is recorded now is found by a search and stands in its conversation. */
  readonly findable: () => Promise<void>;
  /** Takes everything on that waits for a day or an hour, letters too; it happens by itself within a minute. */
  readonly lookAtClocks: () => Promise<void>;
  /** Has the head stamped if an hour has passed; by itself this is done once a minute too. */
  readonly lookAtTime: () => Promise<void>;
  readonly holding: Holding;
  /** The code that makes the first member; null when there is one already. */
  readonly firstRunCode: () => Promise<string | null>;
  /** Loads what the first person to sign in would wait for. */
  readonly warm: () => Promise<unknown>;
  readonly close: () => Promise<void>;
};

export type AppPorts = GroundPorts & {
  readonly log: Log;
  /** Whether people will sign in: only then is the sign-in library loaded. */
  readonly forPeople: boolean;
  /** Asks the domain name system about senders of mail; without it this machine's own resolver. */
  readonly askNames?: Resolve;
  /** Whether the folder holds the fictional story. */
  readonly isStory?: boolean;
  /** Runs when the schema is there and nothing has been read from it yet. */
  readonly beforeReading?: (db: Db) => Promise<void>;
  /** Runs when the ledger is open and no follower has read from it yet. */
  readonly beforeFollowing?: (ledger: Ledger) => Promise<void>;
};

/**
 * Opens a data folder: starts its database, checks its head, and wires the modules together.
 *
 * @param ground when the folder was taken already; it is given up with the rest
 */
export async function openApp(ports: AppPorts, ground?: Ground): Promise<App> {
  const { config, chance } = ports;
  const { holding, keys, connection, closing } = ground ?? (await openGround(ports));
  const close = () => giveUp(closing);
  try {
    const pool = openPool(connection);
    const db = openDb(pool);
    closing.push(() => db.destroy());
    if (config.databaseUrl) closing.push(await holdDatabase(pool, keys.workspaceId));
    await migrate(pool, fileURLToPath(new URL('../migrations', import.meta.url)));
    await ports.beforeReading?.(db);
    const vault = await openVault(db, config.data, keys, chance);
    closing.push(() => vault.close());
    return await wire(ports, { holding, keys, connection, db, pool, vault, close, closing });
  } catch (error) {
    await close();
    throw error;
  }
}

type Opened = {
  holding: Holding;
  keys: Keys;
  connection: pg.PoolConfig;
  db: Db;
  pool: pg.Pool;
  vault: Awaited<ReturnType<typeof openVault>>;
  close: () => Promise<void>;
  closing: (() => Promise<unknown>)[];
};

async function wire(ports: AppPorts, opened: Opened): Promise<App> {
  const { config, chance, log } = ports;
  const { db, pool, keys, vault, holding, close, closing } = opened;
  const sealer = makeSealer(db, keys, config.data);
  let runner: Runner | null = null;
  let hasNews = false;
  const ledger = makeLedger({
    db,
    vault,
    chance,
    newId: idMaker(chance),
    wake: () => {
      hasNews = true;
      runner?.wake();
    },
  });
  await openLog(ledger, sealer, config.data);
  await ports.beforeFollowing?.(ledger);

  const anchorer = makeAnchorer(ledger, sealer, log, OVER_HTTP);
  const importer = makeImporter(ledger, sealer, log);
  const mailboxes = makeMailboxes({
    ledger,
    sealer,
    log,
    awaits: awaitedReports(ledger),
    resolve: ports.askNames ?? askNames,
    findable: (leaving) => letPass(ledger, 'interaction.index', leaving),
  });
  const custody = makeCustody(ledger);
  const threads = threadFollower(ledger);
  const eraser = makeEraser({
    ...{ ledger, sealer, log, remake: replayKinds, projections: projectionTables },
    rejoin: threads.handle,
    caughtUp: async () => runner?.caughtUp(),
    quiet: importer.idle,
    isOurServer: config.databaseUrl === null || config.databaseUrl === undefined,
    keysCopiedAt: custody.keysCopiedAt,
  });
  await eraser.resume();
  const uploads = await openUploads(config.data);
  const reader = openReader(join(config.data, 'packs'));
  closing.push(() => reader.close());
  const packs = openPacks(join(config.data, 'packs', 'procedures'));
  const look = lookAgain({ ledger, sealer, packs, reader });
  const leaving = new AbortController();
  const index = indexFollower(ledger, lazyAnalyst(closing));
  // Marking words is the least urgent: what was brought in is findable before it is read for them.
  const marking = signalFollower(ledger, reader, () => letPass(ledger, index.name, leaving.signal));
  const followers = [index, threads, marking, procedureFollower(look), seenInExportsFollower(ledger)];
  followers.push(reportFollower(reportTying(ledger)));
  const gatekeeper = makeGatekeeper({ ledger, sealer, packs, reader, draftRecord }, log);
  followers.push(gatekeeperFollower(gatekeeper));
  await findCutOff(ledger, log);
  const running = runFollowers(ledger, followers, log);
  runner = running;
  closing.push(() => running.stop());
  closing.push(() => gatekeeper.stop());
  await gatekeeper.arm();
  closing.push(async () => leaving.abort());
  closing.push(
    sealRegularly(
      sealer,
      log,
      () => hasNews,
      () => {
        hasNews = false;
      },
    ),
  );
  closing.push(
    watchClocks(() => Promise.all([look(), anchorer.look(), custody.look(), deleteDueDrafts(ledger)]), log),
  );
  closing.push(() => importer.stop());
  closing.push(() => mailboxes.stop());

  const api = createApi(log);
  const { account, ...people } = ports.forPeople
    ? await welcomePeople(api, ports, opened, ledger)
    : localOnly(api);
  noteAccesses(api, custody);
  wireRoutes(api, {
    ledger,
    sealer,
    anchorer,
    importer,
    mailboxes,
    uploads,
    runner: running,
    reader,
    draftRecord,
    packs,
    eraser,
    custody,
    log,
    dataDir: config.data,
  });
  if (account) {
    const { counselRoutes } = await import('./modules/casefile/counsel.routes.ts');
    counselRoutes(api, ledger, account);
  }
  checkRights(api);
  return {
    api,
    db,
    pool,
    ledger,
    sealer,
    runner: running,
    importer,
    mailboxes,
    eraser,
    findable: () => running.caughtUp([index.name, threads.name]),
    lookAtClocks: () => Promise.all([look(), gatekeeper.look(), deleteDueDrafts(ledger)]).then(() => {}),
    lookAtTime: anchorer.look,
    holding,
    close,
    ...people,
    fetch: (request, mark) => api.fetch(request, mark),
  };
}

type People = Pick<App, 'firstRunCode' | 'warm'> & { readonly account: Account | null };

/** Without a web page nobody signs in: the control socket's caller owns this machine, everybody else is nobody. */
function localOnly(api: Api): People {
  api.use('*', async (c, next) => {
    const isLocal = (c.env as { isLocal?: boolean } | undefined)?.isLocal === true;
    c.set('caller', isLocal ? { actor: LOCAL_OWNER, role: 'owner', name: 'owner', isLocal } : null);
    await next();
  });
  return { account: null, firstRunCode: async () => null, warm: async () => {} };
}

async function welcomePeople(
  api: Api,
  { config, chance, log, isStory = false }: AppPorts,
  opened: Opened,
  ledger: Ledger,
): Promise<People> {
  const [
    { openAccount, hasMembers },
    { authenticate, registerAccount },
    { newFirstRunCode },
    { registerPhones },
  ] = await Promise.all([
    import('./modules/account/account.actions.ts'),
    import('./modules/account/account.routes.ts'),
    import('./modules/account/account.ts'),
    import('./modules/account/phone.routes.ts'),
  ]);
  const firstRunCode = newFirstRunCode(chance);
  const account = openAccount({
    db: opened.db,
    chance,
    log,
    firstRunCode,
    workspaceId: ledger.workspaceId,
    secret: opened.keys.derive('sign-in'),
    connection: opened.connection,
    record: (tx, actor, fact) => recordHere(tx, ledger, actor, fact),
  });
  opened.closing.push(() => account.close());
  api.use('*', authenticate(account));
  registerAccount(api, account, { version: VERSION, isStory });
  registerPhones(api, account, config.address ?? null);
  return {
    account,
    firstRunCode: async () => ((await hasMembers(account)) ? null : firstRunCode),
    warm: () => Promise.all([account.warm(), warmCalendar(ledger)]),
  };
}

async function recordHere(tx: Tx, ledger: Ledger, actor: Actor, fact: Fact): Promise<void> {
  await append(tx, ledger, await sealFacts(ledger, [{ fact, stream: WORKSPACE_STREAM, actor }]));
}

/** The words that it remembers grow to that in every import. */
const ANALYST_ROOM_MB = 96;

/** The thread that analyses text for the index is started at the first text. */
function lazyAnalyst(closing: (() => Promise<unknown>)[]): () => Analyst {
  let analyst: Analyst | null = null;
  closing.push(async () => analyst?.close());
  return () => {
    if (!analyst || analyst.hasEnded())
      analyst = startThread(
        new URL('./modules/interaction/analyse.worker.ts', import.meta.url),
        ANALYST_ROOM_MB,
      );
    return analyst;
  };
}

/** Looks once a minute at what goes on by itself: a day passes without an entry. */
function watchClocks(lookAgain: () => Promise<unknown>, log: Log): () => Promise<void> {
  let looking: Promise<unknown> = Promise.resolve();
  const look = () => {
    looking = lookAgain().catch((error: unknown) =>
      log('procedures.stopped', { reason: error instanceof Error ? error.message : String(error) }),
    );
  };
  const timer = setInterval(look, CLOCKS_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await looking;
  };
}

/** Signs the head within a second of any entry. */
function sealRegularly(
  sealer: Sealer,
  log: Log,
  hasNews: () => boolean,
  seen: () => void,
): () => Promise<void> {
  const timer = setInterval(() => {
    if (!hasNews()) return;
    seen();
    sealer
      .seal()
      .catch((error: unknown) =>
        log('sealer.refused', { reason: error instanceof Error ? error.message : String(error) }),
      );
  }, SEAL_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    if (hasNews()) await sealer.seal().catch(() => {});
  };
}
