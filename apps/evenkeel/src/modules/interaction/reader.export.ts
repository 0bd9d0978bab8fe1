import type { ExportItem } from '@evenkeel/records/container';
import type { Beside, ExportedFile, ExportedItem } from '@evenkeel/records/exported';
import type { ByteSource } from '@evenkeel/records/source';
import { sha256Hex } from '../../kernel/sha256.ts';
import { fileTypeOf } from './attached.ts';
import { type Exported, entryOf, readExported } from './exported.ts';
import type { Choice } from './picking.ts';
import type { ReadExport } from './reader.ts';
import { storable } from './storable.ts';
import { filedIn, type Sided, sidesIn, type Talks, talkKey } from './talk.ts';

/** A file that an entry takes along is held in memory once. */
const FILE_LIMIT_BYTES = 512 << 20;
const FILES_OF_ONE = 200;

/** Who decides about entries of exports, and what was stated about them. */
export type EntryChoice = Choice & {
  readonly zone: NonNullable<Exported['zone']>;
  /** Papers and pictures say nothing of whose they are: they are kept only when a client was named. */
  readonly hasClient: boolean;
};

export type TakenEntry = {
  readonly bytes: Uint8Array;
  readonly exported: ReadExport;
  readonly reading: ReturnType<typeof readExported>;
};

/** Reads an entry with the files it takes along; null when it was not chosen, and nothing of it is kept. */
export async function takeEntry(
  event: ExportItem,
  talks: Talks,
  choice: EntryChoice,
): Promise<TakenEntry | null> {
  const { bytes, format, context } = event;
  const item = entryOf(bytes, { format, context });
  const sided = sidesIn(item, talks.get(talkKey(format, item)), choice);
  const parties = partiesOf(item, format, sided, choice);
  if (parties === null) return null;
  const exported: Exported = {
    format,
    context,
    zone: choice.zone,
    isRebuilt: event.isRebuilt === true,
    to: sided.to,
  };
  const files = await filesOf(item, event.beside);
  return {
    bytes,
    reading: readExported(bytes, exported, files, item),
    exported: {
      exported,
      kind: item.kind,
      direction: sided.direction,
      parties,
      mediaType: mediaTypeOf(bytes, format),
      files,
    },
  };
}

/**
 * Under whose addresses an entry is filed. A contact card is filed once: whose the other addresses on it are, a person
 * says, to whom they are proposed.
 */
function partiesOf(
  item: ExportedItem,
  format: string,
  sided: Sided,
  choice: EntryChoice,
): readonly string[] | null {
  if (isOwnerless(item)) return choice.hasClient ? [] : null;
  const filed = filedIn(sided, choice);
  if (format !== 'vcard' || filed === null) return filed;
  return choice.hasClient ? [] : filed.slice(0, 1);
}

/** A paper or a saved page: no person stands in it by an address. */
export function isOwnerless({ kind, from, to }: ExportedItem): boolean {
  return kind === 'document' && from === null && to.length === 0;
}

async function filesOf({ files }: ExportedItem, beside: Beside): Promise<ReadExport['files']> {
  const found: ReadExport['files'][number][] = [];
  for (const [file, named] of files.slice(0, FILES_OF_ONE).entries()) {
    const bytes = await bytesOf(named, beside);
    if (!bytes) continue;
    const name = storable(named.name ?? named.path?.split('/').at(-1) ?? 'file');
    const mediaType = fileTypeOf(bytes, name)?.mediaType ?? named.mediaType ?? 'application/octet-stream';
    found.push({ file, name, mediaType, sizeBytes: bytes.length, sha256: sha256Hex(bytes), bytes });
  }
  return found;
}

async function bytesOf({ bytes, path }: ExportedFile, beside: Beside): Promise<Uint8Array | null> {
  if (bytes) return bytes;
  const source = path === null ? null : await beside(path);
  return source && wholeOf(source);
}

async function wholeOf(
  source: ByteSource & { readonly close?: () => Promise<void> },
): Promise<Uint8Array | null> {
  try {
    if (source.sizeBytes > FILE_LIMIT_BYTES) return null;
    return await source.read(0, source.sizeBytes);
  } finally {
    await source.close?.();
  }
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ics: 'text/calendar; charset=utf-8',
  vcard: 'text/vcard; charset=utf-8',
};

/** What the bytes of an entry are, for whoever opens them outside of here. */
function mediaTypeOf(bytes: Uint8Array, format: string): string {
  const known = MEDIA_TYPES[format];
  if (known) return known;
  const first = String.fromCharCode(bytes[0] ?? 0);
  if (first === '{' || first === '[') return 'application/json';
  const type = fileTypeOf(bytes, '')?.mediaType ?? 'application/octet-stream';
  if (type !== 'text/plain') return type;
  return first === '<' ? 'text/xml; charset=utf-8' : 'text/plain; charset=utf-8';
}
