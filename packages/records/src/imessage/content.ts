import { instantOf } from '../export-time.ts';
import { dictionaryOf, type Plist, readPlist, unarchived } from './plist.ts';
import { blobCell, type Cell, textCell } from './row.ts';
import { type AttributedText, attributedText } from './typedstream.ts';

/** What a message said at a time. */
type Edition = { readonly text: string | null; readonly at: string | null };

/** Edits and withdrawals, as the summary of a message tells them. */
export type History = {
  readonly earlier: readonly Edition[];
  readonly latest: Edition | null;
  readonly isWithdrawn: boolean;
};

/** 2001-01-01T00:00:00Z in milliseconds since 1970. */
const EPOCH_MS = 978_307_200_000;
const FILE_PLACES = /\ufffc/g;

/** An instant out of seconds or nanoseconds since 2001; which it is shows by its size. */
export function appleInstant(stated: Cell | undefined): string | null {
  const text = textCell(stated);
  if (text === null || !/^-?\d{1,19}(?:\.\d+)?$/.test(text)) return null;
  const value = Number(text);
  if (value === 0) return null;
  return instantOf(EPOCH_MS + Math.round(Math.abs(value) > 1e11 ? value / 1e6 : value * 1000));
}

/** The words of a message: those of the column, else those of the attributed text. */
export function wordsOf(message: Readonly<Record<string, Cell>>): AttributedText | null {
  const body = blobCell(message.attributedBody);
  const attributed = body ? attributedText(body) : null;
  const text = textCell(message.text);
  return text === null || text === ''
    ? attributed
    : { text, files: attributed?.files ?? [], isDamaged: false };
}

/** Words without the places of files; null when nothing is left. */
export function spoken(text: string | null | undefined): string | null {
  const plain = (text ?? '').replace(FILE_PLACES, '');
  return plain.trim() === '' ? null : plain;
}

/** Reads `message_summary_info`. */
export function historyOf(summary: Uint8Array | null): History {
  const all = dictionaryOf(summary ? readPlist(summary) : null);
  const parts = Object.values(dictionaryOf(all?.ec) ?? {}).filter((part) => Array.isArray(part));
  const editions = parts.map((part: readonly Plist[]) => part.map(editionOf));
  const last = editions.map((list) => list.at(-1)).filter((one) => one !== undefined);
  return {
    earlier: editions.flatMap((list) => list.slice(0, -1)),
    latest: last.toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1)).at(-1) ?? null,
    isWithdrawn: Array.isArray(all?.rp) && all.rp.length > 0,
  };
}

function editionOf(one: Plist): Edition {
  const edition = dictionaryOf(one);
  const text = edition?.t instanceof Uint8Array ? attributedText(edition.t)?.text : null;
  const at = typeof edition?.d === 'number' ? appleInstant(edition.d) : null;
  return { text: spoken(text), at };
}

/** What an app inside a message shows: its words and where it leads. Nothing of it is fetched. */
export function appWords(payload: Uint8Array | null): string | null {
  const all = dictionaryOf(payload ? unarchived(readPlist(payload)) : null);
  if (!all) return null;
  const link = dictionaryOf(all.richLinkMetadata);
  const special = dictionaryOf(link?.specialization);
  const info = dictionaryOf(all.userInfo);
  const titles = [
    all.ldtext,
    info?.['image-title'],
    info?.caption,
    info?.subcaption,
    link?.title,
    special?.name,
    special?.artist,
    special?.album,
  ];
  const words = [...titles, all.URL, link?.URL].filter(
    (one): one is string => typeof one === 'string' && one !== '',
  );
  const shown = words.filter((word) => !/^(?:data:|\?)/.test(word));
  return [...new Set(shown)].join('\n') || null;
}
