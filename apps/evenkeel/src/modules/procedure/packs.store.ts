import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../../kernel/sha256.ts';
import { PACK_FILE, type Pack, type PackFiles } from './pack.ts';
import type { PackRead } from './pack-reader.ts';

/** Where the packs lie that ship; at the same place beside the sources and beside the built form. */
const SHIPPED = fileURLToPath(new URL('../../../../../packs/procedures/', import.meta.url));
const MOST_BYTES = 1 << 20;

export type LoadedPack = {
  readonly pack: Pack;
  readonly files: PackFiles;
  /** Of the canonical form of the files, in hex. */
  readonly sha256: string;
  readonly isYours: boolean;
};
export type LoadedPacks = {
  readonly packs: readonly LoadedPack[];
  /** Packs that cannot be used, each with the place and the reason; the others work. */
  readonly broken: readonly {
    readonly file: string;
    readonly line: number | null;
    readonly reason: string;
  }[];
};

/** The packs as they lie there now: those that ship, and the user's own, which come before one of the same name. */
export type Packs = { readonly load: () => Promise<LoadedPacks> };

/** @param folder the user's own packs, a folder each; it need not be there */
export function openPacks(folder: string, shipped: string = SHIPPED): Packs {
  const load = async () => {
    const [ours, yours] = await Promise.all([readFolder(shipped, false), readFolder(folder, true)]);
    const taken = new Set(yours.packs.map(({ pack }) => pack.id));
    const packs = [...yours.packs, ...ours.packs.filter(({ pack }) => !taken.has(pack.id))];
    return {
      packs: packs.toSorted(({ pack: one }, { pack: other }) => (orderOf(one) < orderOf(other) ? -1 : 1)),
      broken: [...ours.broken, ...yours.broken],
    };
  };
  return { load };
}

/** What holds everywhere comes before what holds in one place. */
function orderOf({ id, place }: Pack): string {
  return `${place === null ? 0 : 1} ${id}`;
}

async function readFolder(folder: string, isYours: boolean): Promise<LoadedPacks> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const read = await Promise.all(names.sort().map((name) => readOne(folder, name, isYours)));
  return { packs: read.flatMap(({ packs }) => packs), broken: read.flatMap(({ broken }) => broken) };
}

async function readOne(folder: string, name: string, isYours: boolean): Promise<LoadedPacks> {
  const unusable = (file: string, line: number | null, reason: string): LoadedPacks => ({
    packs: [],
    broken: [{ file: `${name}/${file}`, line, reason }],
  });
  const files = await readPackFiles(join(folder, name)).catch((error: Error) => error.message);
  if (typeof files === 'string') return unusable(PACK_FILE, null, files);
  const digest = packDigest(files);
  const { pack, problems } = await readOnce(digest, files);
  const [first] = problems;
  if (!pack)
    return unusable(first?.file ?? PACK_FILE, first?.line ?? null, first?.reason ?? 'cannot be used');
  if (pack.id !== name) return unusable(PACK_FILE, 1, `the folder of ${pack.id} is called ${name}`);
  return { packs: [{ pack, files, sha256: digest, isYours }], broken: [] };
}

/**
 * The text of each file of a pack.
 *
 * @throws Error with a plain reason when one cannot be read or is too large
 */
export async function readPackFiles(folder: string): Promise<PackFiles> {
  const letters = await readdir(join(folder, 'letters')).catch(() => []);
  const names = [
    PACK_FILE,
    ...letters.filter((name) => name.endsWith('.md')).map((name) => `letters/${name}`),
  ];
  const files = await Promise.all(
    names.sort().map(async (name) => [name, await readText(folder, name)] as const),
  );
  return Object.fromEntries(files);
}

async function readText(folder: string, name: string): Promise<string> {
  const bytes = await readFile(join(folder, name)).catch(() => null);
  if (bytes === null) throw new Error('it cannot be read');
  if (bytes.length > MOST_BYTES) throw new Error('it is larger than 1 MB');
  return bytes.toString('utf8').replaceAll('\0', '').replaceAll('\r\n', '\n');
}

/** What a pack is known by: the digest of its files in the order of their names. */
function packDigest(files: PackFiles): string {
  const canonical = Object.entries(files).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Buffer.from(sha256(Buffer.from(JSON.stringify(canonical)))).toString('hex');
}

/**
 * The pack of a running procedure, from the bytes that were kept with it. A version of the program that reads packs in
 * another way would have to read these too.
 */
export async function packOfBytes(digest: string, files: PackFiles): Promise<Pack | null> {
  return (await readOnce(digest, files)).pack;
}

const MOST_REMEMBERED = 100;
const remembered = new Map<string, PackRead>();

/** The same bytes are read once: every page with procedures on it asks for all the packs there are. */
async function readOnce(digest: string, files: PackFiles): Promise<PackRead> {
  // Beyond this nothing waits: of many who ask for a pack at once, one reads it.
  const { readPack } = await import('./pack-reader.ts');
  const known = remembered.get(digest);
  if (known) return known;
  const read = readPack(files);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(digest, read);
  return read;
}
