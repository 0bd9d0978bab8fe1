import { stamp, utcFields } from './chronology.dates.ts';
import type { PrintedEntry } from './chronology.entry.ts';
import { breakLongWords, type Coverage, printableLine } from './chronology.text.ts';
import { type Chronology, type Cover, cover, coverOfLaterVolume } from './chronology.ts';
import type { Placed, Volume } from './chronology.volumes.ts';

/** Where a mark of the template stands: page from 1, distance from the top of the page in points. */
export type Place = { readonly page: number; readonly y: number };

/** One volume, ready to be laid out: words of its first page, and its records in order. Every string can be drawn. */
export type VolumePlan = {
  readonly frame: ReturnType<typeof frameOf>;
  readonly placed: Volume;
  /** For a record whose full text is in another volume: log index → volume, from 1. */
  readonly elsewhere: ReadonlyMap<number, number>;
};

/** Plans every volume: what is the same on all of them, and what each one says of the others. */
export function planVolumes(
  c: Chronology,
  fonts: Coverage,
  volumes: readonly Volume[],
): readonly VolumePlan[] {
  const elsewhere = new Map(
    volumes.flatMap((volume, i) =>
      volume.filter(({ section }) => section === 0).map(({ entry }) => [entry.index, i + 1] as const),
    ),
  );
  return volumes.map((placed, n) => ({ frame: frameOf(c, fonts, volumes, n), placed, elsewhere }));
}

function frameOf(c: Chronology, fonts: Coverage, volumes: readonly Volume[], n: number) {
  const line = (text: string) => breakLongWords(printableLine(text, fonts).text);
  const volumeName = volumes.length > 1 ? `Volume ${n + 1} of ${volumes.length}` : '';
  return {
    title: line(c.title),
    author: line(c.workspace),
    date: utcFields(c.createdAt),
    running: line(`${c.title} · ${c.party}`),
    volumeName,
    madeAt: line(`Prepared by ${c.workspace}, ${stamp(c.createdAt)}`),
    ...drawable(n === 0 ? cover(c, cutTexts(volumes)) : coverOfLaterVolume(c, volumeName), line),
    volumes: volumes.length > 1 ? volumes.map((volume, i) => [`Volume ${i + 1}:`, rangeOf(volume)]) : [],
  };
}

/**
 * What the template reads for one volume.
 *
 * @param places One for each mark of the template in order (each section, each of its entries); empty when not known yet.
 */
export function templateData({ frame, placed, elsewhere }: VolumePlan, places: readonly Place[]) {
  const sections = sectionsOf(placed, places);
  const find = exhibitFinder(sections, elsewhere);
  return {
    ...frame,
    contents:
      sections.length === 0
        ? []
        : [{ name: 'Index', page: 2 }, ...sections.map(({ name, page }) => ({ name, page }))],
    index: sections.map((section) => ({ name: section.name, rows: section.marks.map(indexRow) })),
    parts: sections.map(({ name, about, marks }) => ({
      name,
      about,
      entries: marks.map((mark) => templateEntry(mark, find)),
    })),
  };
}

type Mark = Placed & { readonly place: Place };
type Section = {
  readonly name: string;
  readonly about: string;
  readonly page: number;
  readonly marks: readonly Mark[];
};

const SECTIONS = [
  { name: 'Exhibits', about: 'The records that were picked, in the order chosen.' },
  { name: 'Chronology', about: 'Every record of the bundle, in order of time.' },
] as const;
const UNKNOWN: Place = { page: 1, y: 0 };

function sectionsOf(volume: Volume, places: readonly Place[]): readonly Section[] {
  let next = 0;
  const place = () => places[next++] ?? UNKNOWN;
  return ([0, 1] as const)
    .map((section) => ({ section, items: volume.filter((placed) => placed.section === section) }))
    .filter(({ items }) => items.length > 0)
    .map(({ section, items }) => ({
      ...SECTIONS[section],
      page: place().page,
      marks: items.map((item) => ({ ...item, place: place() })),
    }));
}

function drawable({ facts, sections }: Cover, line: (text: string) => string) {
  return {
    facts: facts.map((fact) => fact.map(line)),
    sections: sections.map(({ name, lines }) => ({
      name,
      lines: lines.map((item) => (typeof item === 'string' ? line(item) : item.map(line))),
    })),
  };
}

function cutTexts(volumes: readonly Volume[]): number {
  const cut = volumes.flat().filter(({ entry }) => entry.isCut);
  return new Set(cut.map(({ entry }) => entry.index)).size;
}

function rangeOf(volume: Volume): string {
  const [first, last] = [volume[0]?.entry, volume.at(-1)?.entry];
  return first && last ? `${first.bookmark} to ${last.bookmark}` : 'no records';
}

function indexRow({ entry, place }: Mark) {
  return { bates: entry.number, time: entry.indexTime, who: entry.who, title: entry.title, ...place };
}

/** Where the full text of a record is, for those that are printed among the exhibits. */
type See = { readonly text: string; readonly page: number | null };
type FindExhibit = (exhibit: PrintedEntry) => See;

function exhibitFinder(sections: readonly Section[], elsewhere: VolumePlan['elsewhere']): FindExhibit {
  const here = sections.flatMap(({ marks }) => marks).filter(({ section }) => section === 0);
  const pages = new Map(here.map(({ entry, place }) => [entry.index, place.page]));
  return ({ index }) => {
    const page = pages.get(index) ?? null;
    const where = page === null ? `volume ${elsewhere.get(index)}` : `page ${page}`;
    return { text: `Printed in full among the exhibits, ${where}.`, page };
  };
}

/** Up to this height an entry is kept on one page; up to the smaller one its margin may be taller than its text. */
const SHORT_LINES = 26;
const FLAT_LINES = 12;

function templateEntry({ entry, exhibit, place, section }: Mark, find: FindExhibit) {
  const { bates, times, subject, kind, heads, notes, sources, proof, month } = entry;
  const { text, isCut, attached, attachments } = entry;
  const bookmark = `${entry.bookmark} · p. ${place.page}`;
  const group = section === 1 ? month : null;
  const head = { bates, times: times.join('\n'), subject, kind, heads, bookmark, proof, group };
  if (exhibit !== null) {
    return { ...head, ...NOTHING_PRINTED, see: find(exhibit), isShort: true, isFlat: true };
  }
  const isShort = entry.lines <= SHORT_LINES;
  const isFlat = entry.lines <= FLAT_LINES;
  const lines = { notes: notes.join('\n'), sources: sources.join('\n') };
  return { ...head, ...lines, text, isCut, attached, attachments, see: null, isShort, isFlat };
}

const NOTHING_PRINTED = { text: [], isCut: false, attached: '', attachments: [], notes: '', sources: '' };
