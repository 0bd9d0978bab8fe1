import type { ExportedFile } from '../exported.ts';
import { decodeEntities } from '../html-entity.ts';

/** What a text says, and what its marks say about it. */
export type ShownText = {
  readonly text: string;
  readonly editedMs: number | null;
  readonly replyTo: string | null;
};

const TAG = /<[^<>]{1,4000}>/g;
const QUOTE = /<quote\b([^<>]{0,2000})>([\s\S]*?)<\/quote>/g;
/** A person whose card was passed on. */
const CARD = /<c\b[^<>]{0,400}?\bs="([^"]{1,200})"(?:[^<>]{0,400}?\bf="([^"]{1,200})")?/g;
const LEGACY = /<legacyquote>[^<]{0,4000}<\/legacyquote>/g;

export function isCallType(type: string): boolean {
  return type.startsWith('Event/Call');
}

export function isFileType(type: string, content: string): boolean {
  return /UriObject|Media_/i.test(type) || content.startsWith('<URIObject');
}

/** Skype's marked text as people saw it: quotations with `> `, smileys as typed. */
export function shownText(content: string): ShownText {
  const [edit = ''] = /<e_m\b[^<>]{0,400}/.exec(content) ?? [];
  const [, ms] = /\bts_ms="(\d{10,15})"/.exec(edit) ?? [];
  const [, seconds] = /\bts="(\d{8,12})"/.exec(edit) ?? [];
  const editedMs = ms ? Number(ms) : seconds ? Number(seconds) * 1000 : null;
  const quoted = /<quote\b[^<>]{0,2000}\bmessageid="([^"]{1,100})"/.exec(content);
  const isFile = content.startsWith('<URIObject');
  const opened = isFile
    ? ''
    : content.replace(QUOTE, (_all, _head, words: string) => `${quotation(words)}\n`);
  const cards = [...content.matchAll(CARD)].map(([, id, name]) => [name, id].filter(Boolean).join(', '));
  const text = decodeEntities([opened.replace(TAG, '').trim(), ...cards].filter(Boolean).join('\n')).trim();
  return { text, editedMs, replyTo: quoted?.[1] ?? null };
}

function quotation(words: string): string {
  const plain = words.replace(LEGACY, '').replace(TAG, '').trim();
  return plain
    .split('\n')
    .map((line) => `&gt; ${line}`)
    .join('\n');
}

/** A line that the platform wrote: "addmember: 8:anna, 8:boris". */
export function systemText(type: string, content: string): string {
  const name = /^<(\w{1,60})>/.exec(content)?.[1] ?? type.replace(/^.*\//, '');
  const words = [...content.matchAll(/>([^<>]{1,400})</g)].map((found) => found[1]!.trim());
  const told = words.filter((word) => word !== '' && !/^\d{10,}$/.test(word));
  return decodeEntities([name.toLowerCase(), told.join(', ')].filter(Boolean).join(': '));
}

/** How long a call lasted by its longest part, and whether it was missed. */
export function callOf(content: string): {
  readonly durationSec: number | null;
  readonly state: string | null;
} {
  const lengths = [...content.matchAll(/<duration>(\d{1,9})(?:\.\d+)?<\/duration>/g)].map((found) =>
    Number(found[1]),
  );
  const type = /<partlist\b[^<>]{0,400}\btype="(\w+)"/.exec(content)?.[1];
  return {
    durationSec: lengths.length > 0 ? Math.max(...lengths) : null,
    state: type === 'missed' ? 'missed' : null,
  };
}

/** A file that was sent; the export keeps files in another part. */
export function fileOf(content: string): ExportedFile {
  const name = /<OriginalName\b[^<>]{0,200}\bv="([^"]{1,1000})"/.exec(content)?.[1] ?? null;
  return { name: name === null ? null : decodeEntities(name), mediaType: null, path: null, bytes: null };
}
