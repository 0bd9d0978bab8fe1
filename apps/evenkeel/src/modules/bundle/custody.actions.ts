import type { Actor } from '../../kernel/brand.ts';
import type { Caller, Rights } from '../../kernel/http.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept } from '../../kernel/outcome.ts';
import { loadEverybody } from '../account/account.actions.ts';
import { csvOf } from '../casefile/csv.ts';
import { deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { LOCAL_OWNER, WORKSPACE_STREAM } from '../ledger/ledger.ts';
import {
  type CustodySettings,
  custodyState,
  insertLine,
  keysCopiedAt,
  type LineFilter,
  linesBetween,
  loadSettings,
  pageOfLines,
  projectCustody,
  saveSettings,
  seals,
} from './custody.store.ts';
import { actOf, type CustodyFact, digestOfLines, isSealDue } from './custody.ts';

/** A call as it is noted. */
export type Access = {
  readonly caller: Caller;
  readonly rights: Rights;
  readonly method: string;
  readonly operation: string;
  readonly subject: string | null;
};

export type Custody = {
  /** Before a bundle is made: what was noted until then is bound by the ledger. */
  readonly before: (rights: Rights) => Promise<void>;
  readonly note: (access: Access) => Promise<void>;
  /** Seals when there is something new and an hour has passed. */
  readonly look: () => Promise<void>;
  readonly seal: () => Promise<void>;
  readonly keysCopiedAt: () => Promise<Instant | null>;
  readonly settings: () => Promise<CustodySettings>;
  readonly choose: (caller: Caller, notesReading: boolean) => Promise<void>;
};

/** A screen asks for the same thing several times a minute: that is one opening. */
const SAME_OPENING_MS = 60_000;
const REMEMBERED = 2000;

export function makeCustody(ledger: Ledger): Custody {
  const { db, workspaceId, chance } = ledger;
  let queue: Promise<unknown> = Promise.resolve();
  let known: CustodySettings | null = null;
  const opened = new Map<string, number>();
  const settings = async () => {
    known ??= await loadSettings(db, workspaceId);
    return known;
  };
  const write = (line: Parameters<typeof insertLine>[2]) => {
    const run = queue.then(() => insertLine(db, workspaceId, line));
    queue = run.catch(() => {});
    return run;
  };
  const isRepeated = (key: string) => {
    const now = Date.parse(chance.now());
    const last = opened.get(key);
    if (opened.size > REMEMBERED) opened.clear();
    opened.set(key, now);
    return last !== undefined && now - last < SAME_OPENING_MS;
  };
  const custody: Custody = {
    before: async ({ custody: act }) => {
      if (act === 'bundle') await custody.seal();
    },
    note: async ({ caller, rights, method, operation, subject }) => {
      const act = actOf(rights, caller.role, method, (await settings()).notesReading);
      const { actor, role } = caller;
      if (act === null || (act === 'opening' && isRepeated(`${actor} ${operation} ${subject}`))) return;
      await write({ at: chance.now(), actor, role, act, operation, subject });
    },
    look: async () => {
      const { firstUnsealedAt } = await custodyState(db, workspaceId);
      if (isSealDue(firstUnsealedAt, chance.now())) await custody.seal();
    },
    seal: () => sealLines(ledger),
    keysCopiedAt: () => keysCopiedAt(db, workspaceId),
    settings,
    choose: async ({ actor }, notesReading) => {
      await saveSettings(db, workspaceId, notesReading, actor, chance.now());
      known = null;
    },
  };
  return custody;
}

/** One entry for all lines since the last seal; none when there is nothing new. */
async function sealLines(ledger: Ledger): Promise<void> {
  const { workspaceId } = ledger;
  await deciding<null, never>(ledger, LOCAL_OWNER as Actor, 'custody', async (book) => {
    const { sealed, last } = await custodyState(book.tx, workspaceId);
    if (last === sealed) return accept(null);
    const from = sealed + 1;
    const digest = digestOfLines(await linesBetween(book.tx, workspaceId, from, last));
    const fact: CustodyFact = { kind: 'custody.sealed', from, until: last, digest };
    await book.record(WORKSPACE_STREAM, [fact], projectCustody);
    return accept(null);
  });
}

/** Whether the lines are still those that were sealed. */
export async function checkCustody({ db, workspaceId }: Ledger) {
  const { sealed, last } = await custodyState(db, workspaceId);
  let from = 1;
  const changed: { readonly from: number; readonly until: number }[] = [];
  for (const { until, digest } of await seals(db, workspaceId)) {
    if (digestOfLines(await linesBetween(db, workspaceId, from, until)) !== digest)
      changed.push({ from, until });
    from = until + 1;
  }
  return { lines: last, sealed, ok: changed.length === 0, changed };
}

const PAGE = 100;

/** A page of lines, the newest first, with members' names as they are now. */
export async function custodyPage({ db, workspaceId }: Ledger, filter: LineFilter, before: number | null) {
  const found = await pageOfLines(db, workspaceId, filter, before, PAGE + 1);
  const names = await namesOf({ db, workspaceId });
  const items = found.slice(0, PAGE).map((line) => ({ ...line, name: names.get(line.actor) ?? null }));
  return { items, next: found.length > PAGE ? items.at(-1)!.number : null };
}

/** All lines as a table for a spreadsheet; who they were, by name as members are called now. */
export async function custodyCsv({ db, workspaceId }: Ledger): Promise<string> {
  const { last } = await custodyState(db, workspaceId);
  const names = await namesOf({ db, workspaceId });
  const lines = await linesBetween(db, workspaceId, 1, last);
  return csvOf([
    ['number', 'at', 'who', 'name', 'role', 'act', 'call', 'subject'],
    ...lines.map((l) => [
      ...[l.number, l.at, l.actor, names.get(l.actor) ?? null, l.role, l.act, l.operation, l.subject],
    ]),
  ]);
}

/** Members' names by how lines name them. */
async function namesOf({
  db,
  workspaceId,
}: Pick<Ledger, 'db' | 'workspaceId'>): Promise<ReadonlyMap<string, string>> {
  return new Map((await loadEverybody(db, workspaceId)).map(({ id, name }) => [`member:${id}`, name]));
}
