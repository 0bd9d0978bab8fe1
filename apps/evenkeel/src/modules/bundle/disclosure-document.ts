import { inflateRawSync, inflateSync } from 'node:zlib';
import { type ByteSource, bytesSource } from '@evenkeel/records/source';
import { dataStartOf, readZipDirectory, type ZipEntry } from '@evenkeel/records/zip-directory';
import { type Disclosing, type DisclosingKind, disclosing, foldersIn } from './disclosure.ts';

const MOST_BYTES = 8 << 20;
const MOST_STREAMS = 2_000;

/** Parts of office papers that say who wrote them. @source ECMA-376 part 2, 11; OpenDocument 1.3 part 3, 4.3 */
const TELLING =
  /^(?:docProps\/(?:core|app|custom)\.xml|meta\.xml|word\/(?:document|comments|settings|people|_rels\/[\w.]+)\.?[\w.]*|xl\/(?:workbook|persons\/person)\.xml|ppt\/commentAuthors\.xml)$/;
const ELEMENTS: readonly (readonly [DisclosingKind, RegExp])[] = [
  [
    'author',
    /<(?:dc:creator|cp:lastModifiedBy|meta:initial-creator|meta:printed-by|Manager|Company)(?:\s[^>]*)?>([^<]{1,400})</g,
  ],
  ['author', /\s(?:w:author|w15:author|displayName)="([^"]{1,200})"/g],
  ['program', /<(?:meta:generator|Application)(?:\s[^>]*)?>([^<]{1,200})</g],
];

/** What an office paper says of its writers, its program and the folders it lay in. */
export async function readOffice(bytes: Uint8Array, where: string): Promise<readonly Disclosing[]> {
  const source = bytesSource(where, bytes);
  const { entries } = await readZipDirectory(source);
  const found: Disclosing[] = [];
  for (const entry of entries.filter(({ name }) => TELLING.test(name)).slice(0, 20)) {
    const text = await textOfEntry(bytes, source, entry);
    if (text === null) found.push(disclosing('unread', where, entry.name));
    else found.push(...elementsOf(text, where), ...foldersIn(text, where));
  }
  return found;
}

async function textOfEntry(bytes: Uint8Array, source: ByteSource, entry: ZipEntry): Promise<string | null> {
  const start = await dataStartOf(source, entry);
  if (start === null || entry.isEncrypted) return null;
  const packed = bytes.subarray(start, start + entry.packedBytes);
  if (entry.method === 0) return Buffer.from(packed).toString('utf8');
  return entry.method === 8 ? unpacked(packed, inflateRawSync) : null;
}

function elementsOf(text: string, where: string): readonly Disclosing[] {
  return ELEMENTS.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].map((match) => disclosing(kind, where, entities(match[1] ?? ''))),
  );
}

function entities(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_all, name: string) => named[name] ?? '');
}

const INFO =
  /\/(Author|Creator|Producer|Company|Manager)\s*(\((?:[^()\\]|\\[\s\S]){0,1000}\)|<[0-9A-Fa-f\s]{2,2000}>)/g;
const DATED = /\/(?:CreationDate|ModDate)\s*\(D:\d{4,14}([+-]\d\d'?\d\d)/g;
const KINDS: Readonly<Record<string, DisclosingKind>> = {
  ...{ Author: 'author', Company: 'author', Manager: 'author', Creator: 'program', Producer: 'program' },
};

/**
 * What a PDF says of its author, its program and the zone of its clock: its plain objects, and those that are packed
 * in object streams. One that is encrypted is called unread.
 *
 * @source ISO 32000-1, 7.5.7 and 14.3.3
 */
export function readPdf(bytes: Uint8Array, where: string): readonly Disclosing[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const locked = /\/Encrypt\s+\d+\s+\d+\s+R/.test(text) ? [disclosing('unread', where, 'encrypted')] : [];
  const inside = [text, ...packedObjects(bytes, text)];
  return [...locked, ...inside.flatMap((one) => [...infoOf(one, where), ...foldersIn(one, where)])];
}

function infoOf(text: string, where: string): readonly Disclosing[] {
  const named = [...text.matchAll(INFO)].map(([, key = '', value = '']) =>
    disclosing(KINDS[key] ?? 'author', where, pdfText(value)),
  );
  const zones = [...text.matchAll(DATED)].flatMap(([, zone = '']) =>
    /[1-9]/.test(zone) ? [disclosing('zone', where, zone.replaceAll("'", ''))] : [],
  );
  return [...named, ...zones];
}

function packedObjects(bytes: Uint8Array, text: string): readonly string[] {
  const found: string[] = [];
  let left = MOST_BYTES;
  let looked = 0;
  for (
    let at = text.indexOf('/ObjStm');
    at >= 0 && looked++ < MOST_STREAMS;
    at = text.indexOf('/ObjStm', at + 1)
  ) {
    const begins = /stream\r?\n/g;
    begins.lastIndex = at;
    const begin = begins.exec(text);
    const end = begin ? text.indexOf('endstream', begin.index + begin[0].length) : -1;
    if (!begin || end < 0) return found;
    const inside = unpacked(bytes.subarray(begin.index + begin[0].length, end), inflateSync, left);
    if (inside !== null) found.push(inside);
    left -= inside?.length ?? 0;
  }
  return found;
}

function unpacked(packed: Uint8Array, unpack: typeof inflateSync, most = MOST_BYTES): string | null {
  if (most <= 0) return null;
  try {
    return unpack(packed, { maxOutputLength: most }).toString('utf8');
  } catch {
    return null;
  }
}

/** A string object as text: with a byte order mark UTF-16, else its own encoding, which Latin-1 is near enough to. */
function pdfText(value: string): string {
  const raw = value.startsWith('<') ? Buffer.from(value.replace(/[<>\s]/g, ''), 'hex') : literal(value);
  if (raw[0] === 0xfe && raw[1] === 0xff) return new TextDecoder('utf-16be').decode(raw.subarray(2));
  return raw[0] === 0xef && raw[1] === 0xbb ? raw.toString('utf8', 3) : raw.toString('latin1');
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function literal(value: string): Buffer {
  const inner = value.slice(1, -1).replace(/\\([0-7]{1,3}|\r\n|[\s\S])/g, (_all, sign: string) => {
    if (/^[0-7]/.test(sign)) return String.fromCharCode(Number.parseInt(sign, 8) & 0xff);
    return sign.startsWith('\r') || sign === '\n' ? '' : (ESCAPED[sign] ?? sign);
  });
  return Buffer.from(inner, 'latin1');
}

const XMP: readonly (readonly [DisclosingKind, RegExp])[] = [
  ['author', /<dc:creator>\s*<rdf:(?:Seq|Bag)>\s*<rdf:li[^>]*>([^<]{1,400})</g],
  ['owner', /(?:aux:OwnerName|exifEX:CameraOwnerName)[=>]"?([^<"]{1,200})/g],
  ['device', /(?:tiff:Make|tiff:Model|aux:SerialNumber|exifEX:BodySerialNumber)[=>]"?([^<"]{1,200})/g],
  ['position', /exif:GPSL(?:atitude|ongitude)[=>]"?([^<"]{1,60})/g],
  ['program', /xmp:CreatorTool[=>]"?([^<"]{1,200})/g],
  ['zone', /xmp:(?:CreateDate|ModifyDate)[=>]"?[\dT:.-]{10,23}([+-](?!00:00)\d\d:\d\d)/g],
];

/** The packet of properties that programs write into pictures and papers of any kind. @source ISO 16684-1 */
export function readXmp(bytes: Uint8Array, where: string): readonly Disclosing[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = buffer.indexOf('<x:xmpmeta');
  if (start < 0) return [];
  const end = buffer.indexOf('</x:xmpmeta>', start);
  const text = buffer.toString('utf8', start, Math.min(end < 0 ? buffer.length : end, start + (1 << 20)));
  return XMP.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].map(([, says = '']) => disclosing(kind, where, entities(says))),
  );
}
