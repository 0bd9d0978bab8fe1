import type { Ledger } from '../ledger/ledger.actions.ts';
import { type KnownUid, knownUids, lookedUpTo, otherEpoch } from '../source/mailbox.actions.ts';
import type { Connected, Folder, Seen } from '../source/mailbox.imap.ts';
import type { FolderRead } from '../source/mailbox.ts';
import type { RunIssue } from '../source/source.ts';
import { mailNote, usableUids } from './mailbox.ts';
import type { MailRun } from './mailbox-run.actions.ts';

type Ports = { readonly ledger: Ledger; readonly connected: Connected };
export type Known = ReadonlyMap<number, readonly KnownUid[]>;

/** What a folder holds now beside what it held before. */
export type Compared = {
  /** What is looked at in this reading, ascending; with the numbers whose bytes are compared again. */
  readonly uids: readonly number[];
  /** Everything before this number was looked at. */
  readonly from: number;
  /** What the server lists from there on, ascending. */
  readonly listed: readonly number[];
  /** Numbers from here on were looked at in no reading before. */
  readonly newFrom: number;
  /** Whether anything of this folder was looked at before, under these numbers. */
  readonly isKnown: boolean;
  readonly gone: readonly number[];
  readonly issues: RunIssue[];
  readonly known: Known;
};

const LOOKED_AT_ONCE = 1000;

/** @param isFirst whether a few known messages are to be compared again */
export async function compareFolder(
  { ledger: { db, workspaceId }, connected }: Ports,
  { state }: MailRun,
  folder: Folder,
  before: FolderRead | null,
  isFirst: boolean,
): Promise<Compared> {
  const at = { source: state.begun.source, path: folder.path, uidValidity: folder.uidValidity };
  const issues: RunIssue[] = [];
  const epoch = before ? null : await otherEpoch(db, workspaceId, at);
  if (epoch !== null) issues.push(mailNote('uidvalidity-changed', folder.path, epoch));
  const isBack = before !== null && folder.uidNext <= before.until;
  if (isBack)
    issues.push(mailNote('uids-backwards', folder.path, `${before.uidNext}, then ${folder.uidNext}`));
  const from = before && !isBack ? before.until + 1 : 1;
  const fresh = usableUids(await connected.uidsFrom(from)).filter((uid) => uid >= from);
  const known = byNumber(await knownUids(db, workspaceId, at));
  const gone = missing(known, await listedWhole(connected, folder, before, from, fresh));
  if (gone.length > 0) issues.push(mailNote('gone-from-server', folder.path, String(gone.length)));
  const there = [...known.keys()].filter((uid) => !gone.includes(uid));
  const doubted = await doubtedAmong(connected, known, there, isBack, isFirst && before !== null);
  const uids = usableUids([...fresh.filter((uid) => !known.has(uid)), ...doubted]);
  const lookedAtUpTo = await lookedUpTo(db, workspaceId, at);
  const look = { listed: fresh, newFrom: Math.max(from, lookedAtUpTo + 1), isKnown: lookedAtUpTo > 0 };
  return { uids, from, ...look, gone, issues, known };
}

function byNumber(known: readonly KnownUid[]): Known {
  const found = new Map<number, KnownUid[]>();
  for (const one of known) found.set(one.uid, [...(found.get(one.uid) ?? []), one]);
  return found;
}

/** All numbers of the folder; null when their count already says that none of the known is missing. */
async function listedWhole(
  connected: Connected,
  folder: Folder,
  before: FolderRead | null,
  from: number,
  fresh: readonly number[],
): Promise<readonly number[] | null> {
  if (from === 1 || !before) return fresh;
  if (folder.messages === before.messages + fresh.length) return null;
  return usableUids(await connected.uidsFrom(1));
}

function missing(known: Known, listed: readonly number[] | null): readonly number[] {
  const there = new Set(listed);
  return listed === null ? [] : [...known.keys()].filter((uid) => !there.has(uid));
}

/**
 * A few known messages are asked for again at each connection; where one has another size, or where numbers went back,
 * the sizes of all of them are compared.
 */
async function doubtedAmong(
  connected: Connected,
  known: Known,
  there: readonly number[],
  isBack: boolean,
  isSampled: boolean,
): Promise<readonly number[]> {
  if (there.length === 0 || !(isBack || isSampled)) return [];
  const sample = usableUids([there[0]!, there[there.length >> 1]!, there.at(-1)!]);
  const odd = (seen: readonly Seen[]) => seen.filter((one) => isOtherSize(known, one)).map(({ uid }) => uid);
  if (!isBack && odd(await connected.look(sample)).length === 0) return sample;
  const doubted = [...sample];
  for (let at = 0; at < there.length; at += LOOKED_AT_ONCE)
    doubted.push(...odd(await connected.look(there.slice(at, at + LOOKED_AT_ONCE))));
  return usableUids(doubted);
}

function isOtherSize(known: Known, { uid, sizeBytes }: Seen): boolean {
  return known.get(uid)?.every((one) => one.sizeBytes !== sizeBytes) ?? false;
}
