import { stamp, utcFields } from './chronology.dates.ts';
import { factData, type PrintedFact, printFact } from './chronology.facts.ts';
import {
  type PrintedPair,
  pairData,
  pairMark,
  pairReferences,
  pairRows,
  printPairs,
  type WhereOf,
} from './chronology.pairs.ts';
import { type PrintedPoint, printPoint } from './chronology.points.ts';
import { BREAK_MARK, breakLongWords, type Coverage, printableLine } from './chronology.text.ts';
import { type Chronology, type Cover, cover, coverOfLaterVolume } from './chronology.ts';
import type { Placed, Volume } from './chronology.volumes.ts';

/** Where a mark of the template stands: page from 1, distance from the top of the page in points. */
export type Place = { readonly page: number; readonly y: number };

/** One volume, ready to be laid out: words of its first page, and its records in order. Every string can be drawn. */
export type VolumePlan = {
  readonly frame: ReturnType<typeof frameOf>;
  readonly placed: Volume;
  /** Where the full text of every record is: log index → volume, from 1. */
  readonly volumeOf: ReadonlyMap<number, number>;
  readonly pairs: readonly PrintedPair[];
  /** What stands before the records; in the first volume only. */
  readonly ahead: {
    readonly facts: readonly PrintedFact[];
    readonly pairs: readonly PrintedPair[];
    readonly points: readonly PrintedPoint[];
  };
};

/** Plans every volume: what is the same on all of them, and what each one says of the others. */
export function planVolumes(
  c: Chronology,
  fonts: Coverage,
  volumes: readonly Volume[],
): readonly VolumePlan[] {
  const whole = volumes.map((volume) => volume.filter(({ exhibit }) => exhibit === null));
  const volumeOf = new Map(
    whole.flatMap((volume, i) => volume.map(({ entry }) => [entry.index, i + 1] as const)),
  );
  const pairs = printPairs(
    c.pairs,
    whole.flat().map(({ entry }) => entry),
  );
  const first = {
    facts: c.facts.map((fact) => printFact(fact, fonts)),
    pairs,
    points: c.points.map((point) => printPoint(point, fonts)),
  };
  return volumes.map((placed, n) => ({
    ...{ frame: frameOf(c, fonts, volumes, n), placed, volumeOf, pairs },
    ahead: n === 0 ? first : { facts: [], pairs: [], points: [] },
  }));
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
export function templateData(plan: VolumePlan, places: readonly Place[]) {
  const ahead = aheadOf(plan, places);
  const sections = sectionsOf(plan.placed, places.slice(ahead.marks));
  const whereOf = whereIs(sections, plan.volumeOf);
  const paired = plan.pairs.map((pair, i) => ({ ...pair, page: ahead.pairs[i]?.page ?? null }));
  const parts = [...ahead.parts, ...sections];
  return {
    ...plan.frame,
    contents: parts.map(({ name, page }) => ({ name, page })),
    statements: { ...FACTS, items: plan.ahead.facts.map((fact) => factData(fact, whereOf)) },
    index: [
      ...(ahead.pairs.length > 0
        ? [{ name: PAIRS.name, rows: plan.ahead.pairs.flatMap((pair, i) => pairRows(pair, ahead.pairs[i]!)) }]
        : []),
      ...sections.map(({ name, marks }) => ({ name, rows: marks.map((mark) => indexRow(mark, plan.pairs)) })),
    ],
    pairs: {
      ...PAIRS,
      items: plan.ahead.pairs.map((pair, i) => pairData(pair, ahead.pairs[i]!.page, whereOf)),
    },
    points: {
      ...POINTS,
      items: plan.ahead.points.map((point, i) => ({
        ...point,
        bookmark: `${plain(point.name)} · p. ${ahead.points[i]!.page}`,
      })),
    },
    parts: sections.map(({ name, about, marks }) => ({
      name,
      about,
      entries: marks.map((mark) => ({
        ...templateEntry(mark, whereOf),
        pairs: pairReferences(mark.entry.index, paired, whereOf),
      })),
    })),
  };
}

const FACTS = {
  name: 'Facts',
  about:
    'What happened on which day, in the words of whoever prepared this, with the exhibits that show it. Days and hours are in UTC.',
};
const PAIRS = {
  name: 'Exhibit pairs',
  about:
    'What happened, beside the letter or mail that put it in writing. Each also stands at its own place below.',
};
const POINTS = {
  name: 'Points',
  about: 'Our own record of what was asked: its number, how it stands, and who decided what, when and why.',
};

/** The parts before the records, and how many marks of the template they have. */
function aheadOf({ ahead, placed }: VolumePlan, places: readonly Place[]) {
  let next = 0;
  const place = () => places[next++] ?? UNKNOWN;
  const part = (of: { readonly name: string }, items: readonly unknown[]) =>
    items.length === 0 ? null : { name: of.name, page: place().page, places: items.map(place) };
  // A table breaks where it must, so that a fact by itself has no mark; nor has a line of the index.
  const facts = ahead.facts.length === 0 ? null : { name: FACTS.name, page: place().page };
  const index = placed.length === 0 ? null : { name: 'Index', page: place().page };
  const pairs = part(PAIRS, ahead.pairs);
  const points = part(POINTS, ahead.points);
  const parts = [facts, index, pairs, points].flatMap((one) =>
    one ? [{ name: one.name, page: one.page }] : [],
  );
  return { pairs: pairs?.places ?? [], points: points?.places ?? [], parts, marks: next };
}

function plain(text: string): string {
  return text.replaceAll(BREAK_MARK, '');
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

function indexRow({ entry, place }: Mark, pairs: readonly PrintedPair[]) {
  const title = `${entry.title}${pairMark(entry.index, pairs)}`;
  return { bates: entry.number, time: entry.indexTime, who: entry.who, title, ...place };
}

/** Where the full text of a record is. */
function whereIs(sections: readonly Section[], volumeOf: VolumePlan['volumeOf']): WhereOf {
  const here = sections.flatMap(({ marks }) => marks).filter(({ exhibit }) => exhibit === null);
  const pages = new Map(here.map(({ entry, place }) => [entry.index, place.page]));
  return (index) => {
    const page = pages.get(index) ?? null;
    return { text: page === null ? `volume ${volumeOf.get(index)}` : `page ${page}`, page };
  };
}

/** Up to this height an entry is kept on one page; up to the smaller one its margin may be taller than its text. */
const SHORT_LINES = 26;
const FLAT_LINES = 12;

function templateEntry({ entry, exhibit, place, section }: Mark, whereOf: WhereOf) {
  const { bates, times, subject, kind, heads, notes, sources, proof, month } = entry;
  const { text, isCut, attached, attachments } = entry;
  const bookmark = `${entry.bookmark} · p. ${place.page}`;
  const group = section === 1 ? month : null;
  const head = { bates, times: times.join('\n'), subject, kind, heads, bookmark, proof, group };
  if (exhibit !== null) {
    const { text, page } = whereOf(exhibit.index);
    const see = { text: `Printed in full among the exhibits, ${text}.`, page };
    return { ...head, ...NOTHING_PRINTED, see, isShort: true, isFlat: true };
  }
  const isShort = entry.lines <= SHORT_LINES;
  const isFlat = entry.lines <= FLAT_LINES;
  const lines = { notes: notes.join('\n'), sources: sources.join('\n') };
  return { ...head, ...lines, text, isCut, attached, attachments, see: null, isShort, isFlat };
}

const NOTHING_PRINTED = { text: [], isCut: false, attached: '', attachments: [], notes: '', sources: '' };
