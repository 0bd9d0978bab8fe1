import { utf8 } from '../src/bytes.ts';
import { verifyBundle } from '../src/verify.ts';
import { openZip } from '../src/zip.ts';
import { centralHeader, localHeader, type PlacedEntry } from '../src/zip-format.ts';
import { accessTo } from './bundle-story.ts';
import { diceOf } from './mutations.ts';
import { sha256 } from './vectors.ts';

/** A stretch of a bundle, and what is named when a bit of it is another: the file, or the zip itself. */
type Stretch = { readonly names: readonly string[]; readonly start: number; readonly end: number };
/** How failures call the zip itself. */
const THE_ZIP = '';

export type Flipped = { readonly faults: readonly string[]; readonly byRegion: ReadonlyMap<string, number> };

/** Files that cannot be looked at any more are refused whole, in a sentence of their own. */
const REFUSALS = ['not-a-zip', 'truncated-zip', 'repacked-zip', 'newer-format', 'unknown-format'];

/**
 * Flips single bits all over a bundle, as many in each kind of place, and sees that each is found and named.
 *
 * @param zip A bundle that holds.
 * @param flips How many, each by itself.
 */
export async function flipBits(
  zip: Uint8Array,
  { seed, flips }: { seed: number; flips: number },
): Promise<Flipped> {
  const regions = await regionsOf(zip);
  const names = [...regions.keys()];
  const dice = diceOf(seed);
  const faults: string[] = [];
  const byRegion = new Map<string, number>();
  const bent = zip.slice();
  for (let n = 0; n < flips; n++) {
    const region = names[n % names.length]!;
    const stretch = dice.one(regions.get(region)!);
    const at = stretch.start + dice.below(stretch.end - stretch.start);
    const mask = 1 << dice.below(8);
    bent[at]! ^= mask;
    const fault = await faultOf(bent, stretch);
    bent[at]! ^= mask;
    if (fault !== null) faults.push(`${region}, byte ${at} ^ ${mask} (flip ${n} of seed ${seed}): ${fault}`);
    byRegion.set(region, (byRegion.get(region) ?? 0) + 1);
  }
  return { faults, byRegion };
}

/** What is wrong with what is said of a bent bundle; null when the bent place is named. */
async function faultOf(zip: Uint8Array, { names }: Stretch): Promise<string | null> {
  const said = await verifyBundle(accessTo(zip), { sha256 }).catch((error: { code?: string }) => error);
  if (!('integrity' in said)) return REFUSALS.includes(said.code ?? '') ? null : `it broke: ${String(said)}`;
  if (said.integrity.ok) return 'nobody noticed';
  const { failures } = said.integrity;
  if (failures.some(({ path }) => names.includes(path))) return null;
  return `${names[0] || 'the zip'} was not named, but ${JSON.stringify(failures)}`;
}

/** Every byte of the zip, by the kind of place it is in. */
async function regionsOf(zip: Uint8Array): Promise<ReadonlyMap<string, readonly Stretch[]>> {
  const { entries } = await openZip(accessTo(zip));
  const regions = new Map<string, Stretch[]>();
  const add = (region: string, stretch: Stretch) => {
    if (stretch.end > stretch.start) regions.set(region, [...(regions.get(region) ?? []), stretch]);
  };
  let table = tableAt(entries);
  for (const entry of entries) {
    const { path, offset, sizeBytes } = entry;
    const place = path.split('/')[0]!;
    const bytes = offset + localHeader(entry).length;
    add(`headers of ${place}`, { names: [path], start: offset, end: bytes });
    add(place, { names: [path], start: bytes, end: bytes + sizeBytes });
    const next = table + centralHeader(entry).length;
    // A bit of a name makes another name: then the line is found by what it says now.
    const bent = namesBeside(path);
    add('table of contents', { names: [path, THE_ZIP, ...bent], start: table, end: next });
    table = next;
  }
  add('end of the zip', { names: [THE_ZIP], start: table, end: zip.length });
  return regions;
}

/** Every name that is one bit away. */
function namesBeside(path: string): readonly string[] {
  const bytes = utf8(path);
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const at = bit >> 3;
    return Buffer.from(bytes.with(at, bytes[at]! ^ (1 << (bit & 7)))).toString();
  });
}

function tableAt(entries: readonly PlacedEntry[]): number {
  const last = entries.at(-1)!;
  return last.offset + localHeader(last).length + last.sizeBytes;
}
