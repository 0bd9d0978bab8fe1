import { openingPath, PATH } from './bundle-format.ts';
import { equalBytes } from './bytes.ts';
import { attemptAsync, Wrong } from './findings.ts';
import { decodeLeaf, LEAF_BYTES } from './leaf.ts';
import { checkRotation } from './rotation.ts';
import { type KnownKey, openHead, rootsAt } from './verify-heads.ts';
import type { OpenedEntry, Scene } from './verify-openings.ts';
import type { Findings, HeadReport, KeyChange } from './verify-report.ts';

const ROTATED = 'log.key-rotated';

/** The keys of the log in the order in which they signed, the present one last, and how each came after another. */
export type KeyChain = { readonly keys: readonly KnownKey[]; readonly changes: readonly KeyChange[] };

export const NO_CHAIN: KeyChain = { keys: [], changes: [] };

/**
 * Follows the log's key through its changes: each is a line of the log, signed by the old key and the new, and holds the
 * last head that the old one signed.
 */
export async function checkKeys(scene: Scene, opened: ReadonlyMap<number, OpenedEntry>): Promise<KeyChain> {
  const { log, findings } = scene;
  const changes: KeyChange[] = [];
  for (const [index, { envelope }] of [...opened].sort(([a], [b]) => a - b)) {
    if (envelope.kind !== ROTATED) continue;
    const at = [openingPath(index), 'wrong-key-change'] as const;
    const change = await attemptAsync(findings, at, () => checkChange(scene, index, envelope.fact));
    if (change !== null) changes.push(change);
  }
  const keys: KnownKey[] = changes.map(({ from, index }) => ({ vkey: from, until: index }));
  for (const [i, { index, to }] of changes.entries())
    if (to !== (changes[i + 1]?.from ?? log.vkey))
      findings.fail(
        openingPath(index),
        'wrong-key-change',
        'The key that it names is not the one that came after.',
      );
  return { keys: log.vkey === null ? keys : [...keys, { vkey: log.vkey, until: null }], changes };
}

async function checkChange(
  { sha256, log }: Scene,
  index: number,
  fact: Readonly<Record<string, unknown>>,
): Promise<KeyChange> {
  const text = (name: string) => {
    const value = fact[name];
    if (typeof value !== 'string') throw new Wrong('wrong-key-change', `The line leaves out ${name}.`);
    return value;
  };
  const [from, to] = [text('from'), text('to')];
  const leaf = log.leaves.subarray(index * LEAF_BYTES, (index + 1) * LEAF_BYTES);
  if (decodeLeaf(leaf).kind !== 'key')
    throw new Wrong('wrong-key-change', 'The line is not one about a key.');
  const head = await checkRotation({
    from,
    to,
    checkpoint: text('checkpoint'),
    statement: text('statement'),
  });
  if (head.size > index)
    throw new Wrong('wrong-key-change', 'The old key signed a head that came after it was given up.');
  const root = rootsAt(sha256, log.leaves, [head.size]).get(head.size);
  if (!root || !equalBytes(root, head.root))
    throw new Wrong('wrong-key-change', 'The last head of the old key is not one of this log.');
  return { index, from, to };
}

/** Whether the key that was expected is the log's, or handed it over to the one that signs now. */
export function compareKeys(
  key: string | null,
  { keys }: KeyChain,
  expected: readonly string[],
  findings: Findings,
): boolean | null {
  if (expected.length === 0) return null;
  if ([key, ...keys.map(({ vkey }) => vkey)].some((known) => known !== null && expected.includes(known)))
    return true;
  findings.fail(
    PATH.logKey,
    'unexpected-key',
    'The bundle was signed with another key than the one you expect.',
  );
  return false;
}

/** Compares heads that the reader kept from before with the history that the bundle tells. */
export async function checkHeads(
  { sha256, log, findings }: Scene,
  { keys }: KeyChain,
  notes: readonly string[],
): Promise<readonly HeadReport[]> {
  const reports: HeadReport[] = [];
  for (const note of notes) {
    const at = [PATH.checkpoint, 'other-history'] as const;
    const head = await attemptAsync(findings, at, async () => {
      try {
        return await openHead(note, keys);
      } catch (error) {
        throw new Wrong(
          'other-history',
          `The head that you kept cannot be compared: ${(error as Error).message}`,
        );
      }
    });
    if (head === null) continue;
    const root = rootsAt(sha256, log.leaves, [head.size]).get(head.size);
    const agrees = root ? equalBytes(root, head.root) : null;
    if (agrees === false)
      findings.fail(
        PATH.checkpoint,
        'other-history',
        `The head of ${head.size} entries that you kept is not one of this log: its history was written anew.`,
      );
    reports.push({ size: head.size, agrees });
  }
  return reports;
}
