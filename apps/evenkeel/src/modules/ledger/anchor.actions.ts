import type { Actor } from '../../kernel/brand.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Log } from '../../kernel/log.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import {
  hasNewsSince,
  lastAnchors,
  noteSilence,
  replaceAuthorities,
  timeAuthorities,
  witnesses,
} from './anchor.store.ts';
import {
  type AnchorAttempt,
  type AuthorityRefusal,
  askFor,
  decideAuthorities,
  factOf,
  isDue,
  type TimeAuthority,
} from './anchor.ts';
import { append, type Ledger, sealFacts } from './ledger.actions.ts';
import { WORKSPACE_STREAM } from './ledger.ts';
import { recordOutside } from './outside.actions.ts';
import { type FetchRevocation, keepRevocation } from './revocation.actions.ts';
import type { SealedHead, Sealer } from './sealer.actions.ts';
import { type ShowWitness, showWitness } from './witness.actions.ts';

export { newestAnchors, newestOutside, stampsInOrder, timeAuthorities } from './anchor.store.ts';

const NONCE_BYTES = 16;

/** Posts a request to an authority; null when there is no answer. */
export type AskAuthority = (url: string, request: Uint8Array) => Promise<Uint8Array | null>;

/** The ways to those outside. */
export type Outside = {
  readonly ask: AskAuthority;
  readonly show: ShowWitness;
  readonly fetch: FetchRevocation;
};

export type Anchorer = {
  /** Has the head stamped and cosigned now, by all who are named. */
  readonly anchor: () => Promise<Outcome<readonly AnchorAttempt[], 'no-authority'>>;
  /**
   * The same with each of whom the last word is an hour old, when something was recorded since. Who was silent is asked
   * again after five minutes, whose answer does not hold after an hour: a later head covers all that the missed one did.
   */
  readonly look: () => Promise<void>;
};

const AGAIN_AFTER_MS = 5 * 60_000;
const REFUSED_AGAIN_MS = 60 * 60_000;

/** One who is asked; the asking never throws for what happens outside. */
type Asked = { readonly name: string; readonly attempt: (head: SealedHead) => Promise<AnchorAttempt> };

export function makeAnchorer(ledger: Ledger, sealer: Sealer, log: Log, outside: Outside): Anchorer {
  const { db, workspaceId, chance } = ledger;
  const quietUntil = new Map<string, number>();
  const all = async (): Promise<readonly Asked[]> => [
    ...(await timeAuthorities(db, workspaceId)).map((one) => ({
      name: one.name,
      attempt: (head: SealedHead) => attempt(ledger, one, head, outside),
    })),
    ...(await witnesses(db, workspaceId)).map((one) => ({
      name: one.name,
      attempt: (head: SealedHead) => showWitness(ledger, one, head, outside.show),
    })),
  ];
  const askAll = async (asked: readonly Asked[]) => {
    const head = await sealer.seal();
    return Promise.all(
      asked.map(async ({ name, attempt: tryIt }) => {
        const tried = await tryIt(head);
        await noteSilence(db, workspaceId, name, tried.failure === 'silent', chance.now());
        return tried;
      }),
    );
  };
  const anchor: Anchorer['anchor'] = async () => {
    const asked = await all();
    return asked.length === 0 ? refuse('no-authority') : accept(await askAll(asked));
  };
  const look = async () => {
    const now = chance.now();
    const isQuiet = ({ name }: Asked) => Date.parse(now) < (quietUntil.get(name) ?? 0);
    const due = await dueNow(
      ledger,
      (await all()).filter((one) => !isQuiet(one)),
      now,
    );
    if (due.length === 0) return;
    for (const { authority, failure } of await askAll(due)) {
      if (failure === null) continue;
      const wait = failure === 'silent' ? AGAIN_AFTER_MS : REFUSED_AGAIN_MS;
      quietUntil.set(authority, Date.parse(now) + wait);
      log('anchor.failed', { authority, failure });
    }
  };
  return { anchor, look };
}

async function dueNow(
  { db, workspaceId }: Ledger,
  asked: readonly Asked[],
  now: Instant,
): Promise<readonly Asked[]> {
  const last = await lastAnchors(db, workspaceId);
  const due: Asked[] = [];
  for (const one of asked) {
    const { size = 0, recordedAt = null } = last.get(one.name) ?? {};
    if (isDue(now, recordedAt, await hasNewsSince(db, workspaceId, size))) due.push(one);
  }
  return due;
}

async function attempt(
  ledger: Ledger,
  authority: TimeAuthority,
  head: SealedHead,
  { ask, fetch }: Outside,
): Promise<AnchorAttempt> {
  const nonce = ledger.chance.bytes(NONCE_BYTES);
  const request = await askFor(head, nonce);
  const response = await ask(authority.url, request);
  const told = { authority: authority.name, size: head.size };
  if (!response) return { ...told, stampedAt: null, failure: 'silent' };
  const fact = await factOf(authority, { head, nonce, request, response }, ledger.chance.now());
  await recordOutside(ledger, fact);
  if (fact.kind === 'log.anchor-failed') return { ...told, stampedAt: null, failure: fact.code };
  await keepRevocation(ledger, authority, fact, fetch);
  return { ...told, stampedAt: fact.stampedAt, failure: null };
}

type AuthoritiesChanged = { readonly kind: 'log.authorities-set'; readonly names: readonly string[] };

/** Says whom to ask from now on; who was asked before stays in their receipts. */
export async function setAuthorities(
  ledger: Ledger,
  actor: Actor,
  wished: readonly TimeAuthority[],
): Promise<Outcome<readonly TimeAuthority[], AuthorityRefusal>> {
  const decided = decideAuthorities(wished);
  if (!decided.ok) return decided;
  const fact: AuthoritiesChanged = { kind: 'log.authorities-set', names: wished.map(({ name }) => name) };
  const pending = await sealFacts(ledger, [{ fact, stream: WORKSPACE_STREAM, actor }]);
  await ledger.db.transaction().execute(async (tx) => {
    await replaceAuthorities(tx, ledger.workspaceId, decided.value);
    await append(tx, ledger, pending);
  });
  ledger.wake();
  return decided;
}
