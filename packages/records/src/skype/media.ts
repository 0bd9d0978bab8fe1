import type { Beside } from '../exported.ts';
import { type JsonObject, readJson, textAt } from '../json-value.ts';
import { asBuffer, type ByteSource } from '../source.ts';

/** What the export writes of one file beside it. */
const NOTE_BYTES = 64 * 1024;
/** A file lies there in up to so many sizes. */
const SIZES = 4;
const USUAL = ['jpeg', 'jpg', 'png', 'gif', 'mp4', 'm4a', 'pdf'];
const OBJECT = /\b(?:doc_id="|uri="https:\/\/[\w.-]{1,80}\/v\d\/objects\/)([\w.-]{8,200}?)[/"]/;

/**
 * Where the file of a message lies: the export names files in `media/` by the number under which Skype kept them, one for
 * each size, and writes their names beside them. The largest is the one that was sent.
 */
export async function mediaPath(entry: JsonObject, beside: Beside): Promise<string | null> {
  const content = textAt(entry, 'content') ?? '';
  const id = firstOf(entry.amsreferences) ?? OBJECT.exec(content)?.[1];
  if (!id || !/^[\w.-]+$/.test(id)) return null;
  const endings = new Set([await statedEnding(id, beside), endingOf(content), ...USUAL].filter(Boolean));
  let found: { readonly path: string; readonly sizeBytes: number } | null = null;
  for (const ending of endings)
    for (let size = 1; size <= SIZES; size++) {
      const path = `media/${id}.${size}.${ending}`;
      const sizeBytes = await sizeAt(path, beside);
      if (sizeBytes !== null && sizeBytes > (found?.sizeBytes ?? -1)) found = { path, sizeBytes };
    }
  return found?.path ?? null;
}

function firstOf(list: unknown): string | null {
  return Array.isArray(list) && typeof list[0] === 'string' ? list[0] : null;
}

async function statedEnding(id: string, beside: Beside): Promise<string | null> {
  const bytes = await using(await beside(`media/${id}.json`), (note) => note.read(0, NOTE_BYTES));
  return bytes ? endingIn(textAt(readJson(asBuffer(bytes)).value, 'filename')) : null;
}

function endingOf(content: string): string | null {
  return endingIn(/<OriginalName\b[^<>]{0,200}\bv="([^"]{1,1000})"/.exec(content)?.[1] ?? null);
}

function endingIn(name: string | null): string | null {
  return /\.(\w{1,8})$/.exec(name ?? '')?.[1] ?? null;
}

function sizeAt(path: string, beside: Beside): Promise<number | null> {
  return beside(path).then((source) => using(source, async ({ sizeBytes }) => sizeBytes));
}

async function using<T>(
  source: ByteSource | null,
  look: (source: ByteSource) => Promise<T>,
): Promise<T | null> {
  const opened: (ByteSource & { readonly close?: () => Promise<void> }) | null = source;
  if (!opened) return null;
  const seen = await look(opened);
  await opened.close?.();
  return seen;
}
