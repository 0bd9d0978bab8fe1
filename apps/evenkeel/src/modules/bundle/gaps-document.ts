import { csvOf } from '../casefile/csv.ts';
import type { Coverage } from '../interaction/coverage.actions.ts';
import type { Gap, GapKind } from '../interaction/gaps.ts';
import type { TalkExport } from '../interaction/seen-in-exports.store.ts';
import type { FolderSeen } from '../source/source.actions.ts';
import type { Gathered } from './gather.actions.ts';

type Row = readonly (string | number | null)[];

const HEAD = ['No.', 'What', 'Log entry', 'Time (UTC)', 'Until (UTC)', 'How many', 'Named as', 'In words'];

const WORDS: Readonly<Record<Exclude<GapKind, 'talk'>, string>> = {
  erased: 'This number of the client was erased; its place in the log remains.',
  answered: 'A message answers one that is not in this record; the nearest answer is named.',
  file: 'The original names a file that it does not hold.',
  words: 'A part of the original is not there, is encrypted or cannot be read.',
  input: 'A stretch of what was brought in could not be read; it may have held messages of this client.',
};

/**
 * What is missing, and how far each source was read, as a table. Sources and conversations are told by number: their names
 * say where our files lie and who else is in a talk. A name that a message gives stands only where the message itself is
 * in the bundle, whole.
 *
 * @returns null where nothing is missing and no source says what it saw
 */
export function gapsDocument(
  { gathered, exhibited }: { readonly gathered: Gathered; readonly exhibited: ReadonlySet<string> },
  gaps: readonly Gap[],
  coverage: Coverage,
): Uint8Array<ArrayBuffer> | null {
  const sources = new Map(coverage.sources.map(({ id }, i) => [id, i + 1]));
  const sourceOf = new Map(
    coverage.sources.flatMap(({ id, runs }) => runs.map((run) => [run.id, sources.get(id)!] as const)),
  );
  const placeOf = placesIn(gathered, exhibited);
  const rows = [
    ...gaps.map((gap) => gapRow(placeOf, sourceOf, gap)),
    ...coverage.sources.flatMap((source) => coverageRows(source, sources.get(source.id)!)),
    ...talkRows(coverage.talks),
  ];
  if (rows.length === 0) return null;
  return Buffer.from(csvOf([HEAD, ...rows.map((row, i) => [i + 1, ...row])]));
}

type Place = { readonly entry: number; readonly isWhole: boolean };

/** Where each record stands in the log, and whether all of it is in the bundle. */
function placesIn(
  { sources, recorded, apart }: Gathered,
  exhibited: ReadonlySet<string>,
): (id: string | null) => Place | undefined {
  const byId = new Map<string | null, Place>(
    sources.map(({ id, recordId }) => [
      id,
      { entry: recorded.get(recordId)!.index, isWhole: exhibited.has(id) && !apart.copies.has(id) },
    ]),
  );
  return (id) => byId.get(id);
}

function gapRow(placeOf: ReturnType<typeof placesIn>, sourceOf: ReadonlyMap<string, number>, gap: Gap): Row {
  const { entry = null, isWhole = false } = placeOf(gap.interactionId) ?? {};
  const { kind, at, count, name, codes, from, until, run } = gap;
  if (kind === 'talk') {
    const words =
      codes[0]?.code === 'talk-hole'
        ? 'No export of this conversation covers this time.'
        : 'Another export of this conversation has entries of this time that this one has not.';
    return ['conversation', entry, from, until, count, null, words];
  }
  if (kind === 'erased') return [kind, Number(gap.id), at, null, 1, `number ${name}`, WORDS[kind]];
  if (kind === 'input')
    return [kind, null, at, null, count, `source ${sourceOf.get(run!) ?? '?'}`, WORDS[kind]];
  const said = kind === 'answered' ? name : codes.map(({ message }) => message).join(' ');
  return [kind, entry, at, null, count, isWhole ? said : null, WORDS[kind]];
}

function coverageRows(source: Coverage['sources'][number], number: number): readonly Row[] {
  const named = `source ${number} (${source.kind})`;
  const runs = source.runs.map(({ startedAt, finishedAt, totals }): Row => {
    const { items, imported, duplicates, leftOut, unreadable } = totals;
    const words = `${items} items: ${imported} recorded, ${duplicates} known already, ${leftOut} left out by choice, ${unreadable} unreadable.`;
    return ['reading', null, startedAt, finishedAt, items, named, words];
  });
  const folders = source.folders.map((folder, i): Row => {
    const name = `${named}, folder ${i + 1}`;
    return ['folder', null, folder.firstAt, folder.lastAt, folder.listed, name, folderWords(folder)];
  });
  const losses = source.losses.map(({ from, until, gone, unseen }): Row => {
    const words = [
      gone > 0 ? `${gone} kept messages were moved or deleted on the server; here they stay.` : '',
      unseen > 0 ? `${unseen} numbers came and went before we looked.` : '',
    ];
    return ['change on the server', null, from, until, gone + unseen, named, words.join(' ').trim()];
  });
  return [...runs, ...folders, ...losses];
}

type Shown = Omit<FolderSeen, 'source'>;

/** A number without a message is no proof that anything was deleted, and is worded so. */
function folderWords({ listed, unlisted, emptyAtFirst, emptySince, notYet }: Shown): string {
  return [
    unlisted === 0 ? `Looked at all ${listed} messages the server showed.` : '',
    emptyAtFirst > 0 ? `${emptyAtFirst} UIDs were unassigned or removed before the first look.` : '',
    emptySince > 0 ? `${emptySince} UIDs given since then had no message behind when we looked.` : '',
    notYet > 0 ? `${notYet} UIDs were not looked at yet.` : '',
  ]
    .filter((words) => words !== '')
    .join(' ');
}

function talkRows(talks: readonly TalkExport[]): readonly Row[] {
  const byTalk = [...Map.groupBy(talks, ({ platform, talk }) => `${platform} ${talk}`).values()];
  return byTalk.flatMap((exports, i) => {
    const name = `conversation ${i + 1} (${exports[0]!.platform})`;
    const words = (at: number) =>
      at === 0 ? 'The earliest export: what was written before it is not here.' : 'A later export.';
    return exports.map(
      ({ firstAt, lastAt, entries }, at): Row => ['export', null, firstAt, lastAt, entries, name, words(at)],
    );
  });
}

/** The same in the words of page 1. */
export function gapLines(gaps: readonly Gap[]): readonly string[] {
  const of = (kind: GapKind) => gaps.filter((gap) => gap.kind === kind).length;
  const line = (count: number, words: string) => (count > 0 ? `${count} ${words}` : '');
  const lines = [
    line(of('answered'), 'messages are answered by records here and are not in this record themselves.'),
    line(of('file'), 'records name a file that their original does not hold.'),
    line(of('words'), 'records have a part that is not there, is encrypted or cannot be read.'),
    line(of('talk'), 'gaps lie between exports of the same conversation, or one lacks what another has.'),
    line(of('input'), 'stretches of what was brought in could not be read.'),
  ].filter((words) => words !== '');
  return lines.length > 0 ? [...lines, 'The file gaps.csv names each of these.'] : [];
}
