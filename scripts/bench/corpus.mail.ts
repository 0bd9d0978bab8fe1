import { type Draw, drawFrom, mulberry32 } from './chance.ts';
import { drawWord, type Tongue, type Vocabulary } from './corpus.words.ts';

const ATTACHMENT_SEED = 99;
const OPEN_THREADS = 150;
const REPLY_SHARE = 0.62;
const QUOTE_SHARE = 0.7;
const QUOTE_CHARS = 1_500;
const REFERENCES = 8;
const ALTERNATIVE_SHARE = 0.55;
const ATTACHMENT_SHARE = 0.1;
const ATTACHMENT_BYTES = 900_000;
const FROM_US_SHARE = 0.3;
const FIRST_DAY_MS = Date.UTC(2023, 0, 2, 7);
const STEP_MS = 150_000;
/** In the last mail only: an index that finds it has read everything. */
export const LAST_WORD = 'quinquagesimal';
export const OWN_ADDRESS = 'anna@firma.example';

const NAMES: readonly (readonly [string, string])[] = [
  ...[
    'James Miller',
    'Emma Clark',
    'Oliver Stone',
    'Grace Hall',
    'Peter Wood',
    'Laura Finch',
    'Mark Young',
  ].map((name) => [name, name.toLowerCase().replace(' ', '.')] as const),
  ['Иван Орлов', 'ivan.orlov'],
  ['Мария Соколова', 'maria.sokolova'],
  ['Пётр Лебедев', 'petr.lebedev'],
  ['Анна Кузнецова', 'anna.kuznetsova'],
  ['Олег Новиков', 'oleg.novikov'],
  ['Ольга Морозова', 'olga.morozova'],
  ['Pekka Virtanen', 'pekka.virtanen'],
  ['Liisa Mäkinen', 'liisa.makinen'],
  ['Jukka Hämäläinen', 'jukka.hamalainen'],
  ['Sari Korhonen', 'sari.korhonen'],
  ['Timo Järvinen', 'timo.jarvinen'],
  ['Päivi Lehtonen', 'paivi.lehtonen'],
  ['Ville Saarinen', 'ville.saarinen'],
];
const DOMAINS = ['client.example', 'baltika.example', 'north-works.example'];
const CHARSETS: Readonly<Record<Tongue, readonly string[]>> = {
  en: ['us-ascii', 'utf-8', 'iso-8859-1'],
  ru: ['koi8-r', 'windows-1251', 'utf-8'],
  fi: ['iso-8859-1', 'utf-8', 'utf-8'],
};

export type Mail = {
  readonly bytes: Buffer;
  readonly tongue: Tongue;
  readonly subject: string;
  /** The text body as it was written, with LF. */
  readonly text: string;
  readonly attachments: number;
  readonly from: string;
  readonly at: Date;
};

type Person = { readonly name: string; readonly address: string };
type Thread = {
  readonly tongue: Tongue;
  readonly subject: string;
  readonly client: Person;
  readonly ids: string[];
  lastText: string;
};

/** Writes mails one after the other; the whole sequence follows from the seed. */
export function* mails(
  count: number,
  seed: number,
  vocabulary: Readonly<Record<Tongue, Vocabulary>>,
): Generator<Mail> {
  const draw = drawFrom(seed);
  const noise = mulberry32(ATTACHMENT_SEED);
  const people = NAMES.flatMap(([name, local]) =>
    DOMAINS.map((domain) => ({ name, address: `${local}@${domain}` })),
  );
  const threads: Thread[] = [];
  for (let index = 0; index < count; index++) {
    const isReply = threads.length > 0 && draw.unit() < REPLY_SHARE;
    const thread = isReply ? draw.pick(threads) : openThread(draw, vocabulary, people);
    if (!isReply) threads[threads.length < OPEN_THREADS ? threads.length : draw.below(OPEN_THREADS)] = thread;
    yield writeMail(draw, noise, vocabulary, thread, { index, isReply, isLast: index === count - 1 });
  }
}

function openThread(
  draw: Draw,
  vocabulary: Readonly<Record<Tongue, Vocabulary>>,
  people: readonly Person[],
): Thread {
  const share = draw.unit();
  const tongue: Tongue = share < 0.55 ? 'en' : share < 0.8 ? 'ru' : 'fi';
  return {
    tongue,
    subject: sentence(draw, vocabulary[tongue], 3 + draw.below(5)),
    client: draw.pick(people),
    ids: [],
    lastText: '',
  };
}

function sentence(draw: Draw, vocabulary: Vocabulary, length: number): string {
  const text = Array.from({ length }, () => drawWord(draw, vocabulary)).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function ownWords(draw: Draw, vocabulary: Vocabulary): string {
  const length = Math.min(20_000, Math.max(60, Math.exp(6.8 + 0.9 * draw.normal())));
  const paragraphs: string[] = [];
  for (let written = 0; written < length; ) {
    const sentences = Array.from({ length: 1 + draw.below(5) }, () =>
      sentence(draw, vocabulary, 4 + draw.below(14)),
    );
    const paragraph = wrapped(`${sentences.join('. ')}.`);
    written += paragraph.length;
    paragraphs.push(paragraph);
  }
  return paragraphs.join('\n\n');
}

function wrapped(text: string): string {
  return text.replace(/(.{50,72}) /g, '$1\n');
}

function quotedFrom(thread: Thread): string {
  const quoted = thread.lastText.slice(0, QUOTE_CHARS).split('\n');
  return `\n\n${thread.client.name}:\n${quoted.map((line) => `> ${line}`).join('\n')}`;
}

function writeMail(
  draw: Draw,
  noise: () => number,
  vocabulary: Readonly<Record<Tongue, Vocabulary>>,
  thread: Thread,
  { index, isReply, isLast }: { index: number; isReply: boolean; isLast: boolean },
): Mail {
  const { tongue } = thread;
  const own = ownWords(draw, vocabulary[tongue]) + (isLast ? `\n\n${LAST_WORD}` : '');
  const text = own + (isReply && draw.unit() < QUOTE_SHARE ? quotedFrom(thread) : '');
  const subject = isReply ? `Re: ${thread.subject}` : thread.subject;
  const isOurs = draw.unit() < FROM_US_SHARE;
  const us = { name: 'Anna Berg', address: OWN_ADDRESS };
  const [from, to] = isOurs ? [us, thread.client] : [thread.client, us];
  const at = new Date(FIRST_DAY_MS + index * STEP_MS);
  const id = `<${index}.${draw.below(1e9)}@${from.address.split('@')[1]}>`;
  const charset = draw.pick(CHARSETS[tongue]);
  const files = attachmentSizes(draw);
  const head = [
    ...receivedLines(draw, at, index),
    `From: ${encodedPhrase(from.name)} <${from.address}>`,
    `To: ${encodedPhrase(to.name)} <${to.address}>`,
    ...foldedSubject(subject),
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${id}`,
    ...(isReply
      ? [`In-Reply-To: ${thread.ids.at(-1)}`, `References: ${thread.ids.slice(-REFERENCES).join('\n ')}`]
      : []),
    'MIME-Version: 1.0',
  ];
  const hasHtml = draw.unit() < ALTERNATIVE_SHARE;
  let body = textPart(draw, text, charset, 'plain');
  if (hasHtml) body = multipart('alternative', index, [body, textPart(draw, htmlOf(text), charset, 'html')]);
  if (files.length > 0)
    body = multipart('mixed', index, [
      body,
      ...files.map((size, i) => filePart(noise, size, `file-${index}-${i}.pdf`)),
    ]);
  thread.ids.push(id);
  thread.lastText = own;
  const bytes = Buffer.concat([Buffer.from(`${head.join('\n')}\n`), body]);
  return { bytes, tongue, subject, text, attachments: files.length, from: from.address, at };
}

function attachmentSizes(draw: Draw): readonly number[] {
  if (draw.unit() >= ATTACHMENT_SHARE) return [];
  // Mostly one, seldom four.
  return Array.from({ length: 1 + Math.floor(4 * draw.unit() ** 6) }, () =>
    Math.min(ATTACHMENT_BYTES, Math.floor(Math.exp(10.4 + 1.1 * draw.normal()))),
  );
}

function receivedLines(draw: Draw, at: Date, index: number): readonly string[] {
  return Array.from(
    { length: 1 + draw.below(4) },
    (_, hop) =>
      `Received: from relay${hop}.example (relay${hop}.example [192.0.2.${draw.below(250)}])\n\tby mx${hop}.firma.example with ESMTPS id ${index}x${hop};\n\t${new Date(at.getTime() + 1000 * (4 - hop)).toUTCString().replace('GMT', '+0000')}`,
  );
}

function encodedPhrase(text: string): string {
  return isAscii(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}

function foldedSubject(subject: string): readonly string[] {
  if (isAscii(subject)) return [`Subject: ${subject}`];
  const pieces = subject.match(/.{1,20}/gsu) ?? [];
  return [
    `Subject: ${pieces.map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\n ')}`,
  ];
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

function htmlOf(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<html><body><p>${escaped.replaceAll('\n\n', '</p>\n<p>').replaceAll('\n', '<br>\n')}</p></body></html>`;
}

function textPart(draw: Draw, text: string, charset: string, kind: 'plain' | 'html'): Buffer {
  const bytes = encoded(text, charset);
  const encoding = draw.pick(
    charset === 'us-ascii' ? ['7bit', '7bit', 'quoted-printable'] : ['quoted-printable', 'base64', '8bit'],
  );
  const head = `Content-Type: text/${kind}; charset=${charset}\nContent-Transfer-Encoding: ${encoding}\n\n`;
  const body =
    encoding === 'base64'
      ? base64Lines(bytes)
      : encoding === 'quoted-printable'
        ? quotedPrintable(bytes)
        : bytes;
  return Buffer.concat([Buffer.from(head), body, Buffer.from('\n')]);
}

function filePart(noise: () => number, sizeBytes: number, name: string): Buffer {
  const words = new Uint32Array(Math.ceil(sizeBytes / 4));
  for (let i = 0; i < words.length; i++) words[i] = noise();
  const head = `Content-Type: application/pdf; name="${name}"\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n\n`;
  return Buffer.concat([
    Buffer.from(head),
    base64Lines(Buffer.from(words.buffer, 0, sizeBytes)),
    Buffer.from('\n'),
  ]);
}

function multipart(kind: string, index: number, parts: readonly Buffer[]): Buffer {
  const boundary = `=_${kind}_${index}`;
  const pieces = parts.flatMap((part) => [Buffer.from(`--${boundary}\n`), part]);
  const head = Buffer.from(`Content-Type: multipart/${kind}; boundary="${boundary}"\n\n`);
  return Buffer.concat([head, ...pieces, Buffer.from(`--${boundary}--\n`)]);
}

function base64Lines(bytes: Buffer): Buffer {
  const text = bytes.toString('base64');
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += 76) lines.push(text.slice(at, at + 76));
  return Buffer.from(lines.join('\n'));
}

function quotedPrintable(bytes: Buffer): Buffer {
  const lines: string[] = [];
  let line = '';
  const end = () => {
    lines.push(line.endsWith(' ') ? `${line.slice(0, -1)}=20` : line);
    line = '';
  };
  for (const byte of bytes) {
    if (byte === 10) {
      end();
      continue;
    }
    const piece =
      byte > 126 || byte === 61 || byte < 32
        ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
        : String.fromCharCode(byte);
    if (line.length + piece.length > 73) {
      lines.push(`${line}=`);
      line = '';
    }
    line += piece;
  }
  end();
  return Buffer.from(lines.join('\n'), 'latin1');
}

const tables = new Map<string, ReadonlyMap<string, number>>();

function encoded(text: string, charset: string): Buffer {
  if (charset === 'utf-8' || charset === 'us-ascii') return Buffer.from(text);
  if (charset === 'iso-8859-1') return Buffer.from(text, 'latin1');
  const table = tables.get(charset) ?? tableOf(charset);
  tables.set(charset, table);
  return Buffer.from(Array.from(text, (character) => table.get(character) ?? 0x3f));
}

/** Bytes of a one-byte charset by character, from the platform's own decoder. */
function tableOf(charset: string): ReadonlyMap<string, number> {
  const decoder = new TextDecoder(charset);
  return new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
}
