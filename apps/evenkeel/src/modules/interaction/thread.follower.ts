import type { Tx } from '../../kernel/db.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import type { LineFollower } from '../ledger/follower.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadNamed, type Named } from './interaction.store.ts';
import { recordsReadAgain } from './read-as.store.ts';
import { recordedFollower } from './recorded.follower.ts';
import { insertThreads, leaveThreads, type Membership, mergeThreads, threadsOfKeys } from './thread.store.ts';

/** A letter that names more is not looked after further back. */
const MOST_ANSWERED = 100;

/** Joins messages that name each other's Message-ID into conversations; a subject alone joins nothing. */
export function threadFollower(ledger: Ledger): LineFollower {
  return recordedFollower({
    name: 'interaction.threads',
    project: async (tx, records) => joinThreads(tx, ledger, await loadNamed(tx, ledger.workspaceId, records)),
    // What was joined stays joined: a letter that names others now may join more.
    readAgain: async (tx, entries) => {
      const again = await recordsReadAgain(tx, ledger.workspaceId, entries);
      const records = again.map(({ recordId }) => recordId);
      await leaveThreads(tx, ledger.workspaceId, records);
      await joinThreads(tx, ledger, await loadNamed(tx, ledger.workspaceId, records));
    },
  });
}

async function joinThreads(tx: Tx, ledger: Ledger, messages: readonly Named[]): Promise<void> {
  const keyDigest = digester();
  const keysOf = new Map(
    messages.map((m) => [
      m.id,
      [...new Set([...(m.messageId ? [m.messageId] : []), ...m.replyIds])].map(keyDigest),
    ]),
  );
  const known = await threadsOfKeys(tx, ledger.workspaceId, [...new Set([...keysOf.values()].flat())]);
  const threadOf = new Map(known);
  const renamed = new Map<string, string>();
  const name = (thread: string): string => (renamed.has(thread) ? name(renamed.get(thread)!) : thread);
  const members: Membership[] = [];
  for (const message of messages) {
    const keys = keysOf.get(message.id) ?? [];
    const met = [...new Set(keys.flatMap((key) => threadOf.get(key) ?? []).map(name))].sort();
    // Ids sort by time of recording: the first conversation keeps its name whatever arrives later.
    const thread = met[0] ?? message.id;
    for (const other of met.slice(1)) renamed.set(other, thread);
    for (const key of keys) threadOf.set(key, thread);
    members.push({
      ...{ interactionId: message.id, recordId: message.recordId, threadId: thread },
      name: message.messageId ? keyDigest(message.messageId) : null,
      answers: message.replyIds.toReversed().slice(0, MOST_ANSWERED).map(keyDigest),
    });
  }
  for (const from of renamed.keys()) await mergeThreads(tx, ledger.workspaceId, from, name(from));
  const named = [...threadOf].map(([key, thread]) => [key, name(thread)] as const);
  const keys = new Map(named.filter(([key, thread]) => known.get(key) !== thread));
  await insertThreads(
    tx,
    ledger.workspaceId,
    members.map((m) => ({ ...m, threadId: name(m.threadId) })),
    keys,
  );
}

/** The letters of a conversation name each other again and again. */
function digester(): (messageId: string) => string {
  const known = new Map<string, string>();
  return (messageId) => {
    const digest = known.get(messageId) ?? sha256Hex(messageId);
    known.set(messageId, digest);
    return digest;
  };
}
