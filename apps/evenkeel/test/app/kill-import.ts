import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App, openApp } from '../../src/app.ts';
import { sql } from '../../src/kernel/db.ts';
import { verifyLog } from '../../src/modules/ledger/verify.actions.ts';
import { reportOf } from '../../src/modules/source/source.actions.ts';
import { zipOf } from '../interaction/weird-files.ts';
import { bareEnvironment } from '../support/bare-environment.ts';
import { filesIn, mail, mbox } from '../support/mails.ts';
import { seededChance } from '../support/seeded-chance.ts';

const PROGRAM = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export type KillPlan = {
  readonly seed: number;
  /** How often the program is killed in all, over as many folders as that takes. */
  readonly kills: number;
  readonly mails: number;
  readonly say: (line: string) => void;
};

/** What went wrong; empty when nothing did. */
export type KillResult = {
  readonly faults: readonly string[];
  readonly kills: number;
  readonly folders: number;
};

type Ended = {
  readonly wasKilled: boolean;
  readonly code: number | null;
  readonly acknowledged: readonly string[];
  readonly report: Report | null;
  readonly said: string;
};
type Report = { readonly totals: unknown; readonly issues: readonly unknown[] };

/**
 * Kills real imports at moments drawn by the seed, each time starting the same import again, until it ends. Then what
 * was acknowledged must be there, the whole ledger sound, and the report that of an import that nobody disturbed.
 */
export async function killImports(plan: KillPlan): Promise<KillResult> {
  const draw = drawing(plan.seed);
  const root = await mkdtemp(join(tmpdir(), 'evenkeel-kill-'));
  const faults: string[] = [];
  let kills = 0;
  let folders = 0;
  try {
    const input = writeInput(join(root, 'input'), plan.mails, draw);
    const began = Date.now();
    const calm = await runImport(join(root, 'calm'), input, null);
    const calmMs = Date.now() - began;
    if (!calm.report) return { faults: [`the undisturbed import failed: ${calm.said}`], kills, folders };
    plan.say(`undisturbed: ${calmMs} ms, ${JSON.stringify(calm.report.totals)}`);
    while (kills < plan.kills && faults.length === 0) {
      const dataDir = join(root, `folder-${folders++}`);
      const killed = await untilItEnds(dataDir, input, calmMs, plan.kills - kills, draw);
      kills += killed.kills;
      faults.push(...(await faultsOf(dataDir, killed, calm.report)));
      plan.say(`folder ${folders}: ${killed.kills} kills, ${killed.acknowledged.size} acknowledged`);
      await rm(dataDir, { recursive: true, force: true });
    }
    return { faults, kills, folders };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

type Killed = { readonly kills: number; readonly acknowledged: ReadonlySet<string>; readonly last: Ended };

async function untilItEnds(
  dataDir: string,
  input: string,
  calmMs: number,
  mostKills: number,
  draw: () => number,
): Promise<Killed> {
  const acknowledged = new Set<string>();
  for (let kills = 0; ; ) {
    const killAfterMs = kills < mostKills ? Math.floor(draw() * calmMs) : null;
    const ended = await runImport(dataDir, input, killAfterMs, draw() < 0.3);
    for (const id of ended.acknowledged) acknowledged.add(id);
    if (!ended.wasKilled) return { kills, acknowledged, last: ended };
    kills += 1;
  }
}

async function runImport(
  dataDir: string,
  input: string,
  killAfterMs: number | null,
  withDatabase = false,
): Promise<Ended> {
  const child = spawn(
    process.execPath,
    [PROGRAM, 'import', '--json', '--data', dataDir, '--me', 'me@firm.example', input],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: bareEnvironment(),
    },
  );
  let out = '';
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const timer =
    killAfterMs === null
      ? null
      : setTimeout(async () => {
          const database = withDatabase ? await postmasterOf(dataDir) : null;
          child.kill('SIGKILL');
          if (database !== null) killIfThere(database);
        }, killAfterMs);
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once('close', (...how) => resolve(how)),
  );
  if (timer) clearTimeout(timer);
  return {
    wasKilled: signal === 'SIGKILL',
    code,
    acknowledged: acknowledgedIn(said),
    report: reportIn(out),
    said,
  };
}

/** Only whole lines count: the last may have been cut by the kill. */
function acknowledgedIn(said: string): readonly string[] {
  const lines = said.slice(0, said.lastIndexOf('\n') + 1).split('\n');
  return lines
    .filter((line) => line.startsWith('{"acknowledged"'))
    .map((line) => (JSON.parse(line) as { acknowledged: string }).acknowledged);
}

function reportIn(out: string): Report | null {
  const line = out.trim().split('\n').at(-1);
  if (!line) return null;
  const { totals, issues } = JSON.parse(line) as Report;
  return { totals, issues };
}

/** The database that this folder's own import started. */
async function postmasterOf(dataDir: string): Promise<number | null> {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, cluster] = text.split('\n');
  return cluster?.startsWith(dataDir) ? Number(pid) : null;
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}

async function faultsOf(
  dataDir: string,
  { acknowledged, last }: Killed,
  calm: Report,
): Promise<readonly string[]> {
  const faults: string[] = [];
  if (last.code !== 0) return [`the last import ended with ${last.code}: ${last.said.slice(-2000)}`];
  const app = await openApp({
    config: { data: dataDir, port: 0, host: '127.0.0.1', databaseUrl: null, pgBin: null },
    chance: seededChance(dataDir),
    log: () => {},
    say: () => {},
    forPeople: false,
  });
  try {
    const report = await firstReport(app);
    if (JSON.stringify(report) !== JSON.stringify(calm))
      faults.push(`the report differs: ${JSON.stringify(report)} instead of ${JSON.stringify(calm)}`);
    const { rows } = await sql<{ id: string }>`SELECT id FROM interactions`.execute(app.db);
    const there = new Set(rows.map(({ id }) => id));
    const lost = [...acknowledged].filter((id) => !there.has(id));
    if (lost.length > 0) faults.push(`${lost.length} acknowledged ids are not there: ${lost.slice(0, 3)}`);
    const { imported } = calm.totals as { imported: number };
    if (there.size !== imported) faults.push(`${there.size} interactions instead of ${imported}`);
    const verdict = await verifyLog(app.ledger, app.sealer, dataDir, true);
    if (!verdict.ok) faults.push(`the ledger is not sound: ${JSON.stringify(verdict.failures.slice(0, 3))}`);
    await app.runner.caughtUp();
    const { rows: found } = await sql<{ count: number }>`SELECT count(*) AS count FROM search_rows`.execute(
      app.db,
    );
    if (found[0]?.count !== imported) faults.push(`${found[0]?.count} can be found instead of ${imported}`);
  } finally {
    await app.close();
  }
  return faults;
}

/** The report of the run that was cut off: a kill may also come when it had ended, and what follows is another run. */
async function firstReport({ db, ledger }: App): Promise<Report | null> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM runs ORDER BY started_at, id LIMIT 1`.execute(db);
  const found = rows[0] ? await reportOf(ledger, rows[0].id) : null;
  return found && { totals: found.totals, issues: found.issues };
}

/** Files of every kind, with copies, other line ends, odd members and stretches that cannot be read. */
function writeInput(folder: string, count: number, draw: () => number): string {
  const all = Array.from({ length: count }, (_, i) =>
    mail({
      subject: `mail ${i}`,
      from: `Person ${i % 23} <p${i % 23}@kill.example>`,
      body: Array.from(
        { length: 1 + Math.floor(draw() * 40) },
        () => `word${Math.floor(draw() * 5000)}`,
      ).join(' '),
      ...(i % 5 === 4 ? { inReplyTo: `<mail ${i - 1}@client.example>` } : {}),
    }),
  );
  const third = Math.floor(count / 3);
  const zipped = Object.fromEntries(
    all.slice(0, 50).map((text, i) => [`old/${i}.eml`, text.replaceAll('\n', '\r\n')]),
  );
  return filesIn(folder, {
    'a.mbox': mbox(all.slice(0, 2 * third)),
    'b/odd.bin': Buffer.from([0, 1, 2, 3]),
    'b/zipped.zip': zipOf({
      '../out.eml': mail({ subject: 'out', from: 'out@kill.example' }),
      ...zipped,
      'odd.bin': '\0\u0001',
    }),
    'c.mbox': mbox([...all.slice(2 * third), ...all.slice(0, third)]),
    'd.eml': mail({ subject: 'last', from: 'last@kill.example' }),
    'e.zip': zipOf({ 'cut.eml': mail({ subject: 'cut' }) }).subarray(0, -20),
  });
}

/** Numbers in [0, 1), the same for the same seed. */
function drawing(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
