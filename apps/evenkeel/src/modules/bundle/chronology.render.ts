import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { printEntry } from './chronology.entry.ts';
import { type Fonts, loadFonts } from './chronology.fonts.ts';
import { planVolumes, type VolumePlan } from './chronology.model.ts';
import type { Coverage } from './chronology.text.ts';
import { type Chronology, type ChronologyEntry, PAGES_PER_VOLUME } from './chronology.ts';
import { placedIn, volumesOf } from './chronology.volumes.ts';

/** What a process is given to set one volume. */
export type VolumeJob = {
  readonly plan: VolumePlan;
  readonly fonts: readonly Uint8Array[];
  readonly madeAtSeconds: number;
  readonly hasTags: boolean;
  readonly mostPages: number;
};
export type VolumeResult =
  | { readonly kind: 'set'; readonly pdf: Uint8Array }
  | { readonly kind: 'too-long'; readonly pages: number }
  | { readonly kind: 'refused'; readonly because: string };

/**
 * Makes the chronology as PDF/A-2u, in volumes of at most 500 pages, each numbered from its own first page.
 *
 * Same input, same bytes: the only clock is `createdAt`. No text makes it fail: what the fonts cannot draw is shown by
 * its number before the compiler sees it, and nothing of it is read as markup. The work is done in processes of its
 * own, which end with it.
 *
 * @throws RangeError if `createdAt` is not a time.
 */
export async function renderChronology(c: Chronology): Promise<{ volumes: Uint8Array[] }> {
  const { blobs, coverage } = loadFonts();
  const set = await renderWith(c, blobs, coverage);
  if (set.ok) return { volumes: set.volumes };
  const plainer = await renderWith(c, blobs, { has: (code) => coverage.has(code) && SIMPLEST.has(code) });
  if (plainer.ok) return { volumes: plainer.volumes };
  throw new Error(`The chronology could not be written as PDF/A-2u: ${plainer.because}`);
}

/** Should a combination of characters be refused after all, only letters that never combine are drawn. */
const SIMPLEST: Coverage = {
  has: (code) =>
    (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0x17f) || (code >= 0x400 && code <= 0x45f),
};

type Rendered = { ok: true; volumes: Uint8Array[] } | { ok: false; because: string };

async function renderWith(c: Chronology, fonts: Fonts['blobs'], coverage: Coverage): Promise<Rendered> {
  const print = (entry: ChronologyEntry) => printEntry(entry, coverage);
  const placed = placedIn(c.exhibits.map(print), c.entries.map(print));
  for (let pages = FIRST_ESTIMATE; ; pages *= SMALLER) {
    const plans = planVolumes(c, coverage, volumesOf(placed, pages));
    const results = await setAll(plans.map((plan) => jobOf(c, plan, fonts, plans.length)));
    const refused = results.find((result) => result?.kind === 'refused');
    if (refused) return { ok: false, because: refused.because };
    const volumes = results.flatMap((result) => (result?.kind === 'set' ? [result.pdf] : []));
    if (volumes.length === plans.length) return { ok: true, volumes };
  }
}

/** Heights are estimated; a volume that comes out too long means smaller volumes for all. */
const FIRST_ESTIMATE = 400;
const SMALLER = 0.7;

/** Tags for screen readers make a file four times as large, so a record of several volumes goes without. */
function jobOf(c: Chronology, plan: VolumePlan, fonts: readonly Uint8Array[], volumes: number): VolumeJob {
  const madeAtSeconds = Math.floor(Date.parse(c.createdAt) / 1000);
  return { plan, fonts, madeAtSeconds, hasTags: volumes === 1, mostPages: PAGES_PER_VOLUME };
}

/** As many at once as there are cores, at most four; in order. Starts no more when one of them did not come out. */
async function setAll(jobs: readonly VolumeJob[]): Promise<VolumeResult[]> {
  const results: VolumeResult[] = [];
  let next = 0;
  const work = async () => {
    while (next < jobs.length) {
      const n = next++;
      results[n] = await setInProcess(jobs[n] as VolumeJob);
      if (results[n]?.kind !== 'set') next = jobs.length;
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism(), jobs.length) }, work));
  return results;
}

function setInProcess(job: VolumeJob): Promise<VolumeResult> {
  const file = new URL(`./chronology.worker${extname(import.meta.filename)}`, import.meta.url);
  return new Promise((resolve, reject) => {
    const press = fork(file, {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const said: Buffer[] = [];
    press.stderr?.on('data', (bytes: Buffer) => said.push(bytes));
    press.once('message', (result) => resolve(result as VolumeResult));
    press.once('error', reject);
    press.once('exit', (code) =>
      reject(new Error(`The chronology could not be set (${code}). ${Buffer.concat(said)}`)),
    );
    press.send(job);
  });
}
