import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from '@hono/zod-openapi';
import type { RecordingPlace } from './consent.ts';

/** At the same place beside the sources and beside the built form. */
const FOLDER = fileURLToPath(new URL('../../../../../packs/places/', import.meta.url));

const FileSchema = z.strictObject({
  recording: z.array(
    z.strictObject({
      place: z.string().regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/, 'a place is a code like DE or US-CA'),
      name: z.string().min(1),
      agree: z.enum(['everyone', 'one']),
      verified: z.boolean(),
      says: z.string().min(1),
      source: z.string().min(1),
    }),
  ),
});

/** A file of the user's own that cannot be used, with where in it. */
export type BrokenPlaces = {
  readonly file: string;
  readonly line: number | null;
  readonly reason: string;
};
export type Places = {
  readonly items: readonly (RecordingPlace & { readonly isYours: boolean })[];
  readonly broken: readonly BrokenPlaces[];
};

let shipped: Promise<readonly RecordingPlace[]> | null = null;

/** Whose agreement a recording of a call needs where, as it is shipped, in the order of the names. */
export function recordingPlaces(): Promise<readonly RecordingPlace[]> {
  shipped ??= readPlaces(FOLDER);
  return shipped;
}

/** @throws when a file is not of its shape: a gate that guesses is none */
export async function readPlaces(folder: string): Promise<readonly RecordingPlace[]> {
  const files = await filesIn(folder);
  const wrong = files.find((file) => file.broken !== null);
  if (wrong) throw new Error(`${wrong.broken!.file}: ${wrong.broken!.reason}`);
  return inOrder(files.flatMap(({ places }) => places));
}

/**
 * The places with those of the user's own, which come before the shipped ones of the same code.
 *
 * While a file of theirs cannot be read nobody knows what it would have corrected, so every place asks everyone.
 *
 * @param dataDir the user's own lie in `packs/places` there; the folder need not exist
 */
export async function placesOf(dataDir: string): Promise<Places> {
  const [ours, files] = await Promise.all([
    recordingPlaces(),
    filesIn(join(dataDir, 'packs', 'places')).catch(() => []),
  ]);
  const broken = files.flatMap((file) => file.broken ?? []);
  const yours = new Map(files.flatMap(({ places }) => places.map((place) => [place.place, place] as const)));
  const items = [
    ...ours.filter(({ place }) => !yours.has(place)).map((place) => ({ ...place, isYours: false })),
    ...[...yours.values()].map((place) => ({ ...place, isYours: true })),
  ];
  return {
    items: inOrder(broken.length === 0 ? items : items.map((place) => ({ ...place, isVerified: false }))),
    broken,
  };
}

type PlacesFile = { readonly places: readonly RecordingPlace[]; readonly broken: BrokenPlaces | null };

async function filesIn(folder: string): Promise<readonly PlacesFile[]> {
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  return Promise.all(names.map(async (name) => fileOf(name, await readFile(join(folder, name), 'utf8'))));
}

async function fileOf(file: string, text: string): Promise<PlacesFile> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text);
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const refused = (line: number | null, reason: string): PlacesFile => ({
    places: [],
    broken: { file, line, reason },
  });
  const [error] = document.errors;
  if (error) return refused(lineAt(error.pos[0]), error.message.split('\n')[0]!.replace(/ at line .*$/, ''));
  const read = FileSchema.safeParse(document.toJS());
  if (!read.success) {
    const issue = read.error.issues[0]!;
    const node = document.getIn(issue.path.filter(isStep), true) as { range?: [number] } | undefined;
    const reason = `${issue.path.join('.')}: ${issue.message}`;
    return refused(node?.range ? lineAt(node.range[0]) : null, reason);
  }
  const codes = read.data.recording.map(({ place }) => place);
  const twice = codes.findIndex((place, i) => codes.indexOf(place) !== i);
  if (twice >= 0) {
    const node = document.getIn(['recording', twice, 'place'], true) as { range?: [number] } | undefined;
    return refused(node?.range ? lineAt(node.range[0]) : null, `${codes[twice]} stands there twice`);
  }
  const places = read.data.recording.map(({ verified, ...place }) => ({ ...place, isVerified: verified }));
  return { places, broken: null };
}

function isStep(step: PropertyKey): step is string | number {
  return typeof step !== 'symbol';
}

function inOrder<P extends RecordingPlace>(places: readonly P[]): readonly P[] {
  return places.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}
