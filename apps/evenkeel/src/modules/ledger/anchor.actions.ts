import type { Actor } from '../../kernel/brand.ts';
import type { Log } from '../../kernel/log.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import {
  hasNewsSince,
  lastAnchor,
  projectAnchors,
  replaceAuthorities,
  timeAuthorities,
} from './anchor.store.ts';
import {
  type AnchorFact,
  type AuthorityRefusal,
  askFor,
  decideAuthorities,
  factOf,
  isDue,
  type TimeAuthority,
} from './anchor.ts';
import { append, type Ledger, sealFacts } from './ledger.actions.ts';
import { LOCAL_OWNER, WORKSPACE_STREAM } from './ledger.ts';
import type { SealedHead, Sealer } from './sealer.actions.ts';

export { anchorEntries, newestAnchors, stampsInOrder, timeAuthorities } from './anchor.store.ts';

const NONCE_BYTES = 16;

/** Posts a request to an authority; null when there is no answer. */
export type AskAuthority = (url: string, request: Uint8Array) => Promise<Uint8Array | null>;

/** What became of asking one authority. `silent`: no answer; it is asked again later. */
export type AnchorAttempt = {
  readonly authority: string;
  readonly size: number;
  readonly stampedAt: string | null;
  readonly failure: string | null;
};

export type Anchorer = {
  /** Has the head stamped now, by every authority. */
  readonly anchor: () => Promise<Outcome<readonly AnchorAttempt[], 'no-authority'>>;
  /** The same when an hour has passed and something was recorded; silent authorities are asked again later. */
  readonly look: () => Promise<void>;
};

const AGAIN_AFTER_MS = 5 * 60_000;

export function makeAnchorer(ledger: Ledger, sealer: Sealer, log: Log, ask: AskAuthority): Anchorer {
  const { db, workspaceId, chance } = ledger;
  let quietUntil = 0;
  const anchor: Anchorer['anchor'] = async () => {
    const authorities = await timeAuthorities(db, workspaceId);
    if (authorities.length === 0) return refuse('no-authority');
    const head = await sealer.seal();
    return accept(await Promise.all(authorities.map((one) => attempt(ledger, one, head, ask))));
  };
  const look = async () => {
    const now = chance.now();
    if (Date.parse(now) < quietUntil) return;
    const last = await lastAnchor(db, workspaceId);
    if (!isDue(now, last?.recordedAt ?? null, await hasNewsSince(db, workspaceId, last?.size ?? 0))) return;
    const tried = await anchor();
    if (tried.ok && tried.value.every(({ stampedAt }) => stampedAt !== null)) return;
    quietUntil = Date.parse(now) + AGAIN_AFTER_MS;
    if (tried.ok) log('anchor.failed', { failures: tried.value.map(({ failure }) => failure).join() });
  };
  return { anchor, look };
}

async function attempt(
  ledger: Ledger,
  authority: TimeAuthority,
  head: SealedHead,
  ask: AskAuthority,
): Promise<AnchorAttempt> {
  const nonce = ledger.chance.bytes(NONCE_BYTES);
  const request = await askFor(head, nonce);
  const response = await ask(authority.url, request);
  const told = { authority: authority.name, size: head.size };
  if (!response) return { ...told, stampedAt: null, failure: 'silent' };
  const fact = await factOf(authority, { head, nonce, request, response }, ledger.chance.now());
  await record(ledger, fact);
  if (fact.kind === 'log.anchored') return { ...told, stampedAt: fact.stampedAt, failure: null };
  return { ...told, stampedAt: null, failure: fact.code };
}

async function record(ledger: Ledger, fact: AnchorFact): Promise<void> {
  const leafKind = fact.kind === 'log.anchored' ? 'anchor' : 'record';
  const pending = await sealFacts(ledger, [{ fact, stream: WORKSPACE_STREAM, actor: LOCAL_OWNER, leafKind }]);
  const [{ id, recordedAt, actor }] = pending as [(typeof pending)[number]];
  await ledger.db.transaction().execute(async (tx) => {
    await projectAnchors(tx, ledger.workspaceId, [{ recordId: id, recordedAt, actor, fact }]);
    await append(tx, ledger, pending);
  });
  ledger.wake();
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
