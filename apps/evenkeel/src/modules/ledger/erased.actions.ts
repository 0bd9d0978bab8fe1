import { decodeLeaf, tagMaker } from '@evenkeel/proof/leaf';
import type { Instant } from '../../kernel/instant.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { erasedLines } from './erased.store.ts';
import type { Ledger } from './ledger.actions.ts';
import { loadStreams } from './ledger.store.ts';

export type ErasedNumber = { readonly number: number; readonly index: number; readonly erasedAt: Instant };

/** The numbers of a stream whose words were erased; nobody can tell any more once the stream's own secret is gone. */
export async function erasedNumbers(
  { db, workspaceId, vault }: Pick<Ledger, 'db' | 'workspaceId' | 'vault'>,
  stream: string,
): Promise<readonly ErasedNumber[]> {
  const erased = await erasedLines(db, workspaceId);
  const [head] = erased.length === 0 ? [] : await loadStreams(db, workspaceId, [stream]);
  const key = head ? await vault.secretOf(head.slot) : 'erased';
  if (!head || key === 'erased') return [];
  const byTag = new Map(erased.map((line) => [textOf(decodeLeaf(line.leaf).tag), line]));
  const tagOf = tagMaker(sha256, key);
  const found: ErasedNumber[] = [];
  for (let number = 1; number <= head.length; number++) {
    const line = byTag.get(textOf(tagOf(number)));
    if (line) found.push({ number, index: line.index, erasedAt: line.erasedAt });
  }
  return found;
}

function textOf(tag: Uint8Array): string {
  return Buffer.from(tag).toString('latin1');
}
