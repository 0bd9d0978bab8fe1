import { decodeLeaf, LEAF_BYTES, tagMaker } from '@evenkeel/proof/leaf';
import { sha256 } from '../../kernel/sha256.ts';
import type { Ledger } from './ledger.actions.ts';
import { allStreams, type StreamHead } from './ledger.store.ts';
import { leavesUpTo } from './read.actions.ts';

type Fail = (where: string, code: string, message: string) => void;

/** Opens the secret of every stream, and finds each of its numbers in exactly one leaf, and no leaf besides. */
export async function compareStreams(ledger: Ledger, size: number, fail: Fail): Promise<void> {
  const places = await placesOfTags(ledger, size, fail);
  let isAccounted = true;
  for (const stream of await allStreams(ledger.db, ledger.workspaceId)) {
    isAccounted = (await compareStream(ledger, stream, places, fail)) && isAccounted;
  }
  // Where a stream's secret is gone nobody can say which leaves were its own.
  if (!isAccounted) return;
  for (const index of places.values())
    fail(`entry ${index}`, 'stream-unknown', 'Its number belongs to no stream.');
}

async function placesOfTags(ledger: Ledger, size: number, fail: Fail): Promise<Map<string, number>> {
  const places = new Map<string, number>();
  let index = 0;
  for await (const leaves of leavesUpTo(ledger, size)) {
    for (let at = 0; at < leaves.length; at += LEAF_BYTES, index++) {
      const tag = textOf(decodeLeaf(leaves.subarray(at, at + LEAF_BYTES)).tag);
      if (places.has(tag))
        fail(`entry ${index}`, 'number-twice', `It has the number of entry ${places.get(tag)}.`);
      places.set(tag, index);
    }
  }
  return places;
}

/** @returns whether all its numbers could be looked for */
async function compareStream(
  ledger: Ledger,
  { stream, slot, length }: StreamHead,
  places: Map<string, number>,
  fail: Fail,
): Promise<boolean> {
  const where = `keys/slots, slot ${slot} (stream ${stream})`;
  const secret = await ledger.vault.secretOf(slot).catch(() => null);
  if (secret === null) fail(where, 'slot-missing', 'The secret of this stream is damaged or missing.');
  if (secret === null || secret === 'erased') return false;
  const tagOf = tagMaker(sha256, secret);
  for (let number = 1; number <= length; number++) {
    if (!places.delete(textOf(tagOf(number))))
      fail(where, 'number-missing', `No entry has number ${number} of this stream.`);
  }
  return true;
}

function textOf(tag: Uint8Array): string {
  return Buffer.from(tag).toString('latin1');
}
