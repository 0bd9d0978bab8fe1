import { stamp, utcFields } from './chronology.dates.ts';
import { type PrintLimits, printEntry } from './chronology.entry.ts';
import { breakLongWords, type Coverage, printableLine } from './chronology.text.ts';
import type { ChronologyEntry } from './chronology.ts';

/** A readable copy of one exhibit. Texts and names are hostile. */
export type Rendition = {
  readonly entry: ChronologyEntry & { readonly bates: string };
  /** The native file in the bundle. */
  readonly nativePath: string;
  readonly workspace: string;
  readonly createdAt: string;
  /** Pictures that travelled with it, by the names of their files. */
  readonly pictures: readonly {
    readonly name: string;
    readonly format: string;
    readonly bytes: Uint8Array;
  }[];
  /** Pictures that are not drawn: too large, or of a form that is not drawn here. */
  readonly notDrawn: number;
};

/** As much as a bundle reads of a text; the native file always holds all of it. */
const LIMITS: PrintLimits = { characters: 60_000, lines: 4_000 };

/** Where a picture lies for the compiler. */
export function pictureFile(n: number, format: string): string {
  return `picture-${n}.${format}`;
}

/**
 * What the template reads.
 *
 * @param withPictures false where they could not be drawn: then it says so
 */
export function renditionData(rendition: Rendition, fonts: Coverage, withPictures: boolean) {
  const { entry, nativePath, workspace, createdAt, pictures, notDrawn } = rendition;
  const line = (text: string) => breakLongWords(printableLine(text, fonts).text);
  const { subject, kind, heads, text, isCut, attached, attachments, notes, sources, proof, times } =
    printEntry(entry, fonts, LIMITS);
  const left = notDrawn + (withPictures ? 0 : pictures.length);
  const lost = left === 0 ? [] : [line(notDrawnLine(left))];
  return {
    ...{
      subject,
      kind,
      heads,
      text,
      isCut,
      attached,
      attachments,
      notes: [...notes, ...lost],
      sources,
      proof,
      times,
    },
    bates: line(entry.bates),
    author: line(workspace),
    date: utcFields(createdAt),
    running: line(`Readable copy of ${entry.bates}`),
    native: line(`The native file ${nativePath} is the record itself.`),
    madeAt: line(`Prepared by ${workspace}, ${stamp(createdAt)}`),
    pictures: withPictures
      ? pictures.map(({ name, format }, n) => ({ name: line(name), file: pictureFile(n, format) }))
      : [],
  };
}

function notDrawnLine(count: number): string {
  return count === 1
    ? 'One picture is not drawn here; the native file holds it.'
    : `${count} pictures are not drawn here; the native file holds them.`;
}
