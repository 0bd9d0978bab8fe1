import type { ExhibitInput, OpeningInput } from '@evenkeel/proof/bundle';
import { safeFileName } from '@evenkeel/proof/safe-path';
import { BrokenPromise } from '../../kernel/outcome.ts';
import type { AttachedFile, ExhibitSource } from '../interaction/detail.actions.ts';
import { extensionOf } from '../interaction/media.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { type Entry, sealedEnvelopeOf } from '../ledger/ledger.ts';
import { saltOf } from '../ledger/read.actions.ts';
import { objectOf } from '../vault/vault.store.ts';
import type { SealedObject, SlotId } from '../vault/vault.ts';
import { staysWithUs } from './apart.ts';
import type { Gathered } from './gather.actions.ts';

/** What of a party a bundle may exhibit: what was picked, or else everything; never what stays with us. */
export function exhibitedOf(gathered: Gathered, picked: readonly string[] | null): readonly ExhibitSource[] {
  const among = picked && new Set(picked);
  return gathered.sources.filter(
    ({ id, isFiled }) => isFiled && (among === null || among.has(id)) && !staysWithUs(gathered, id),
  );
}

/** The files that lie beside words recorded by hand. */
export function filesOf({ files }: Gathered, { id }: ExhibitSource): readonly AttachedFile[] {
  return files.get(id) ?? [];
}

/** The native file of one interaction, and the files attached to it, under one number. */
export function exhibitsOf(
  ledger: Ledger,
  gathered: Gathered,
  source: ExhibitSource,
  bates: string,
  objects: ReadonlyMap<SlotId, SealedObject>,
): readonly ExhibitInput[] {
  const { index } = gathered.recorded.get(source.recordId)!;
  const native = { ...source, fileName: `${bates}.${extensionOf(source.mediaType)}` };
  const attached = filesOf(gathered, source).map((file, i) => ({
    ...file,
    fileName: `${bates}-${i + 1}-${safeFileName(file.name, 'file')}`,
  }));
  return [native, ...attached].map(({ fileName, mediaType, sizeBytes, sha256, slot }) => ({
    ...{ bates, fileName, mediaType, sizeBytes, index },
    sha256: Buffer.from(sha256, 'hex'),
    object: objectOf(objects, slot).commitment,
    chunks: () => bytesOf(ledger, objectOf(objects, slot), bates),
  }));
}

async function* bytesOf(ledger: Ledger, object: SealedObject, bates: string): AsyncGenerator<Uint8Array> {
  const bytes = await ledger.vault.openObject(object);
  if (bytes === 'erased')
    throw new BrokenPromise('slot-missing', `A file of ${bates} was erased while the bundle was made.`);
  yield bytes;
}

/** Opens the party's entries and the recorded entries behind the exhibits, in the order of the ledger. */
export async function openingsOf(
  ledger: Ledger,
  gathered: Gathered,
  exhibited: readonly ExhibitSource[],
  keptBack: ReadonlySet<number>,
  objects: ReadonlyMap<SlotId, SealedObject>,
): Promise<readonly OpeningInput[]> {
  const named = new Map<string, readonly SealedObject[]>(
    exhibited.map((source) => {
      const slots = [source.slot, ...filesOf(gathered, source).map(({ slot }) => slot)];
      return [source.recordId, slots.map((slot) => objectOf(objects, slot))];
    }),
  );
  const filed = gathered.stream.entries
    .map((entry, i) => ({ entry, seq: i + 1 }))
    .filter(({ entry }) => entry.fact !== 'erased' && !keptBack.has(entry.index))
    .map(({ entry, seq }) => openingOf(ledger, entry, gathered.stream.name, seq, named.get(entry.id) ?? []));
  // What is kept back is not opened: its entry says who took part, and its place in the log is enough to count it. A copy
  // is an entry of the stream itself, and is opened there.
  const inStream = new Set<string>(gathered.stream.entries.map(({ id }) => id));
  const recorded = exhibited
    .filter(({ recordId }) => !inStream.has(recordId))
    .map(({ recordId }) => openingOf(ledger, gathered.recorded.get(recordId)!, '', 0, named.get(recordId)!));
  const opened = await Promise.all([...filed, ...recorded]);
  return opened.sort((a, b) => a.index - b.index);
}

/** One entry with what shows that its leaf is of these words. */
export async function openingOf(
  ledger: Ledger,
  entry: Entry,
  stream: string,
  seq: number,
  objects: readonly SealedObject[],
): Promise<OpeningInput> {
  const envelope = await ledger.vault.openEnvelope(sealedEnvelopeOf(entry));
  const r = await saltOf(ledger.vault, entry.slot);
  if (envelope === 'erased' || !r)
    throw new BrokenPromise('slot-missing', `Entry ${entry.index} was erased while the bundle was made.`);
  const salts = await Promise.all(
    objects.map(async (object) => ({
      commitment: object.commitment,
      r: (await saltOf(ledger.vault, object.slot))!,
    })),
  );
  const name =
    stream === ''
      ? (JSON.parse(Buffer.from(envelope).toString('utf8')) as { stream: string }).stream
      : stream;
  return { index: entry.index, kind: entry.kind, envelope, r, stream: name, seq, objects: salts };
}
