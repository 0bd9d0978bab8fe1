import { attachmentBytes } from '@evenkeel/records/attachment';
import { readMail } from '@evenkeel/records/mail';
import { sha256Stream } from '../../kernel/sha256.ts';
import { type ExhibitSource, isMail } from '../interaction/detail.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { objectOf } from '../vault/vault.store.ts';
import type { SealedObject, SlotId } from '../vault/vault.ts';
import { filesOf } from './exhibits.actions.ts';
import type { Gathered } from './gather.actions.ts';
import { pictureIn } from './picture.ts';
import type { Rendition } from './rendition.ts';

/** Of one exhibit: so many pictures, of so many bytes, and of so many dots each, which is what drawing them takes. */
const MOST = { pictures: 20, bytes: 8 << 20, dots: 40_000_000 } as const;
const PICTURE = /^image\//;

/** The pictures that an exhibit brings along, out of the files that the bundle holds and no others. */
export async function picturesOf(
  ledger: Ledger,
  gathered: Gathered,
  source: ExhibitSource,
  objects: ReadonlyMap<SlotId, SealedObject>,
): Promise<Pick<Rendition, 'pictures' | 'notDrawn'>> {
  if (!source.attachments.some(({ mediaType }) => PICTURE.test(mediaType)))
    return { pictures: [], notDrawn: 0 };
  const found = [
    ...(isMail(source) ? await inMail(ledger, source, objects) : []),
    ...(await beside(ledger, gathered, source, objects)),
  ];
  const pictures = found
    .flatMap(({ name, bytes }) => {
      const read = bytes === null ? null : pictureIn(bytes);
      return read && read.width * read.height <= MOST.dots
        ? [{ name, format: read.format, bytes: bytes! }]
        : [];
    })
    .slice(0, MOST.pictures);
  return { pictures, notDrawn: found.length - pictures.length };
}

/** Null for the bytes of one that is too large to be looked at. */
type Found = { readonly name: string; readonly bytes: Uint8Array | null };

async function inMail(
  ledger: Ledger,
  { slot }: ExhibitSource,
  objects: ReadonlyMap<SlotId, SealedObject>,
): Promise<readonly Found[]> {
  const bytes = await ledger.vault.openObject(objectOf(objects, slot));
  if (bytes === 'erased') return [];
  return readMail(bytes, { hash: sha256Stream })
    .attachments.filter(({ mediaType }) => PICTURE.test(mediaType))
    .map((one) => ({
      name: one.name ?? '',
      bytes: one.sizeBytes > MOST.bytes ? null : attachmentBytes(bytes, one),
    }));
}

async function beside(
  ledger: Ledger,
  gathered: Gathered,
  source: ExhibitSource,
  objects: ReadonlyMap<SlotId, SealedObject>,
): Promise<readonly Found[]> {
  const files = filesOf(gathered, source).filter(({ mediaType }) => PICTURE.test(mediaType));
  return Promise.all(
    files.map(async ({ name, slot, sizeBytes }) => {
      if (sizeBytes > MOST.bytes) return { name, bytes: null };
      const bytes = await ledger.vault.openObject(objectOf(objects, slot));
      return { name, bytes: bytes === 'erased' ? null : bytes };
    }),
  );
}
