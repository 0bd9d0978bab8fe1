import type { ExportedFile } from '../exported.ts';
import type { Header } from './header.ts';
import { attachedByAndroid, attachedByIPhone, isFileName, mediaTypeOfName } from './media.ts';
import {
  CALL,
  DELETED,
  DELETED_BY_ME,
  EDITED,
  ENCRYPTION_NOTICE,
  isMediaWord,
  LIVE_LOCATION,
  MISSED_CALL,
  mediaTypeOfWords,
  NOT_TAKEN,
  NOT_YET_HERE,
  OMITTED_ANDROID,
  OMITTED_IPHONE,
  VIEW_ONCE,
} from './texts.ts';

/** What a message says, once the words of the app are told from those of people. */
export type Body = {
  readonly kind: 'message' | 'call';
  readonly text: string | null;
  readonly state: string | null;
  readonly files: readonly ExportedFile[];
  readonly durationSec: number | null;
  /** The app wrote it and not the name before it. */
  readonly isSystem: boolean;
  /** The app had nothing to export here. */
  readonly isMissing: boolean;
  /** "You deleted this message": the name before it is the person who exported. */
  readonly isMine: boolean;
};

/** What the whole file tells about how it writes. */
export type Manner = {
  /** Direction marks stand before what the app wrote, so that the same words without one are a person's. */
  readonly marks: boolean;
  /** The words for a file that was left out, learned from the file where they are not known. */
  readonly omitted: string | null;
};

const NOTHING: Body = {
  kind: 'message',
  text: null,
  state: null,
  files: [],
  durationSec: null,
  isSystem: false,
  isMissing: false,
  isMine: false,
};
const FIRST_MARK = /^[\u200e\u200f]/;
const ANY_MARK = /[\u200e\u200f]/;

/** Tells what stands behind the sender. */
export function bodyOf(text: string, header: Header, manner: Manner): Body {
  return header.form === 'bracket' ? iPhoneBody(text, header, manner) : androidBody(text, manner);
}

function androidBody(text: string, manner: Manner): Body {
  const isMarked = FIRST_MARK.test(text);
  const [first = '', ...rest] = text.split('\n');
  const line = unmarked(first).trim();
  const caption = nonEmpty(rest.join('\n'));
  if (text === 'null' || NOT_YET_HERE.test(line)) return { ...NOTHING, isMissing: true };
  const name = attachedByAndroid(line, isMarked);
  if (name) return withEdit(caption, { files: [attached(name)] });
  if (OMITTED_ANDROID.test(line) || line === manner.omitted)
    return withEdit(caption, { files: [omitted(null, null)] });
  return appBody(line, rest.length === 0) ?? withEdit(text, {});
}

function iPhoneBody(text: string, header: Header, manner: Manner): Body {
  if (!manner.marks) return unmarkedBody(text, manner);
  if (!ANY_MARK.test(text)) return { ...NOTHING, text: nonEmpty(text) };
  if (isViewedOnce(text)) return { ...NOTHING, isMissing: true };
  const media = iPhoneMedia(text, header);
  if (media) return media;
  if (!FIRST_MARK.test(text)) return withEdit(text, {});
  const line = unmarked(text).trim();
  const isOneLine = !line.includes('\n');
  return (
    appBody(line, isOneLine) ??
    (isOneLine && !isByPerson(line)
      ? { ...NOTHING, text: line, isSystem: true }
      : withEdit(text.replace(/^[\u200e\u200f]+/, ''), {}))
  );
}

/** Old iPhones, and programs that clean a text, leave no marks: then only known words tell. */
function unmarkedBody(text: string, manner: Manner): Body {
  const [first = '', ...rest] = text.split('\n');
  if (!OMITTED_IPHONE.test(first)) return androidBody(text, manner);
  return { ...NOTHING, text: nonEmpty(rest.join('\n')), files: [omitted(null, mediaTypeOfWords(first))] };
}

function isViewedOnce(text: string): boolean {
  return FIRST_MARK.test(text) && !text.includes('\n') && VIEW_ONCE.test(text);
}

/** A place and a poll are sent by somebody, although the app writes them down. */
function isByPerson(line: string): boolean {
  return /https?:\/\/\S+/.test(line) || LIVE_LOCATION.test(line) || EDITED.test(`<${line.split('<').at(-1)}`);
}

/** Marks part an iPhone's line: what was typed or the document's name, its pages, and what the app says of the file. */
function iPhoneMedia(text: string, header: Header): Body | null {
  const segments = text.split(/[\u200e\u200f]+/).map((segment) => segment.trim());
  const at = segments.findIndex((segment, index) => index > 0 && attachedByIPhone(segment) !== null);
  // What an app says of a file is one line; a poll goes on below.
  const isLeftOut = at < 0 && header.isMarked && segments.length > 1 && !/[\u200e\u200f][^\n]*\n/.test(text);
  if (at < 0 && !isLeftOut) return null;
  const words = segments.at(-1) ?? '';
  const head = (segments[0] ?? '').replace(/ •$/, '').trim();
  const isName = isFileName(head);
  const file =
    at >= 0
      ? attached(attachedByIPhone(segments[at]!)!)
      : omitted(isName ? head : null, mediaTypeOfWords(words));
  const tail = at >= 0 ? segments.slice(at + 1).join('\n') : '';
  const unknown = isLeftOut && !isMediaWord(words) ? words : '';
  const typed = [isName ? '' : head, EDITED.test(tail) ? '' : tail, unknown].filter(Boolean).join('\n');
  return { ...NOTHING, text: nonEmpty(typed), files: [file], state: EDITED.test(tail) ? 'edited' : null };
}

/** What the app writes in every form of export. */
function appBody(line: string, isOneLine: boolean): Body | null {
  if (isOneLine && DELETED_BY_ME.test(line)) return { ...NOTHING, state: 'deleted', isMine: true };
  if (isOneLine && DELETED.test(line)) return { ...NOTHING, state: 'deleted' };
  if (isOneLine && MISSED_CALL.test(line)) return { ...NOTHING, kind: 'call', state: 'missed', text: line };
  if (isOneLine && CALL.test(line)) return callBody(line);
  if (ENCRYPTION_NOTICE.test(line)) return { ...NOTHING, text: line, isSystem: true };
  return null;
}

function callBody(line: string): Body {
  const state = NOT_TAKEN.test(line) ? 'missed' : null;
  return { ...NOTHING, kind: 'call', text: line, state, durationSec: state ? null : durationOf(line) };
}

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/(\d+) ?(?:hrs?|hours?|ч|t|h|Std)\b/iu, 3600],
  [/(\d+) ?(?:min|мин)/iu, 60],
  [/(\d+) ?(?:secs?|с|сек|s|Sek)(?:\b|\.|$)/iu, 1],
];

/** `1 hr 2 min` → 3720; null where no length is stated. */
function durationOf(line: string): number | null {
  const found = UNITS.map(([unit, seconds]) => {
    const match = unit.exec(line);
    return match ? Number(match[1]) * seconds : null;
  }).filter((part) => part !== null);
  return found.length === 0 ? null : found.reduce((sum, part) => sum + part, 0);
}

/** Takes the note about an edit off the end of a text. */
function withEdit(text: string | null, more: Partial<Body>): Body {
  const match = /(^|\s*)([\u200e\u200f]?)(<[^<>:]{5,60}>)\s*$/u.exec(text?.slice(-80) ?? '');
  const isEdited = match !== null && (match[2] !== '' || EDITED.test(match[3]!));
  if (!isEdited || text === null) return { ...NOTHING, text: nonEmpty(text), ...more };
  return {
    ...NOTHING,
    text: nonEmpty(text.slice(0, text.length - match[0].length)),
    state: 'edited',
    ...more,
  };
}

function attached(name: string): ExportedFile {
  return { name, mediaType: mediaTypeOfName(name), path: name, bytes: null };
}

function omitted(name: string | null, mediaType: string | null): ExportedFile {
  return { name, mediaType: (name && mediaTypeOfName(name)) ?? mediaType, path: null, bytes: null };
}

function unmarked(text: string): string {
  return text.replace(/[\u200e\u200f]/g, '');
}

function nonEmpty(text: string | null): string | null {
  return text === null || text === '' ? null : text;
}
