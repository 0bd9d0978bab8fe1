import {
  ATTRIBUTION_END,
  ATTRIBUTION_START,
  AUTO_REPLY,
  AWAY,
  AWAY_DETAIL,
  CLOSING,
  CLOSING_REST,
  DASHES,
  DISCLAIMER_WORDS,
  FORWARDED,
  FROM_LINE,
  HEADER_LINE,
  NAME_AFTER,
  ORIGINAL,
  POSTSCRIPT,
  QUOTED_LINE,
  SENT_FROM,
} from './part-marks.ts';

/** A stretch of a text and whose words it holds; `author` as far as the text tells. Offsets in UTF-16 code units. */
export type Part = {
  readonly start: number;
  readonly end: number;
  readonly role: 'own' | 'quoted' | 'signature' | 'disclaimer' | 'forwarded' | 'auto_reply';
  readonly author: string | null;
};

type Role = Part['role'];
type Line = { readonly text: string; readonly start: number; readonly end: number };
/** What a line turned out to be; lines of one part share the object. */
type Label = { readonly role: Role; readonly author: string | null };

const OWN: Label = { role: 'own', author: null };

/**
 * Tells what of a text its writer wrote newly from what was quoted, forwarded, signed, disclaimed or sent by a machine.
 * The parts cover the whole text in order. Linear; never throws.
 *
 * A closing formula makes a signature only behind text of its own, so that a one-line mail is never swallowed.
 */
export function partsOf(text: string): Part[] {
  if (text === '') return [];
  if (!MAY_HAVE_PARTS.test(text) && !AUTO_REPLY.test(text) && !AWAY.test(text.slice(0, AWAY_WITHIN)))
    return [{ start: 0, end: text.length, ...OWN }];
  const lines = linesOf(text);
  const labels = new Array<Label>(lines.length).fill(OWN);
  markQuoted(lines, labels);
  markSignature(lines, labels);
  markDisclaimers(lines, labels);
  markAutoReply(text, lines, labels);
  return joined(lines, labels);
}

/** A text of one line without any of these is all its writer's. */
const MAY_HAVE_PARTS = /\n|^\s*>|confidential|privileged|конфиденциальн|luottamuksellis/iu;
const AWAY_WITHIN = 300;

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found + 1;
    lines.push({
      text: text.slice(start, Math.min(end, start + MAX_LINE)).replace(/\r?\n$/, ''),
      start,
      end,
    });
    start = end;
  }
  return lines;
}

/** What is looked at of a line; marks are short. */
const MAX_LINE = 2_000;

function joined(lines: readonly Line[], labels: readonly Label[]): Part[] {
  const parts: Part[] = [];
  lines.forEach(({ start, end }, at) => {
    const label = labels[at] as Label;
    const last = parts.at(-1);
    if (last && labels[at - 1] === label) parts[parts.length - 1] = { ...last, end };
    else parts.push({ start, end, ...label });
  });
  return parts;
}

function isBlank(line: Line | undefined): boolean {
  return line === undefined || line.text.trim() === '';
}

function markQuoted(lines: readonly Line[], labels: Label[]): void {
  for (let at = 0; at < lines.length; at += 1) {
    if (labels[at] !== OWN) continue;
    const all = quotedToTheEnd(lines, at);
    if (all) {
      labels.fill(all, at);
      return;
    }
    if (isHeaderBlock(lines, at) && isFirst(lines, at)) at = markOwnHeaders(lines, labels, at);
    else if (QUOTED_LINE.test((lines[at] as Line).text)) at = markBlock(lines, labels, at);
  }
}

/** What begins here goes on to the end: an original or forwarded mail, or a reply under whose head no line is marked. */
function quotedToTheEnd(lines: readonly Line[], at: number): Label | undefined {
  const { text } = lines[at] as Line;
  if (FORWARDED.test(text)) return { role: 'forwarded', author: fromLine(lines, at + 1) };
  if (ORIGINAL.test(text)) return { role: 'quoted', author: fromLine(lines, at + 1) };
  if (isHeaderBlock(lines, at) && !isFirst(lines, at)) return { role: 'quoted', author: fromLine(lines, at) };
  const end = attributionEnd(lines, at);
  if (end === 0 || isMarkedSoon(lines, end)) return undefined;
  return end < lines.length && !isFirst(lines, at)
    ? { role: 'quoted', author: authorOf(lines, at, end) }
    : undefined;
}

const MAX_HEADERS = 8;

function fromLine(lines: readonly Line[], from: number): string | null {
  for (const { text } of lines.slice(from, from + MAX_HEADERS)) {
    const sender = FROM_LINE.exec(text);
    if (sender) return nameOf(sender[1] as string);
  }
  return null;
}

/** From: and at least one more header right below it. */
function isHeaderBlock(lines: readonly Line[], at: number): boolean {
  const headers = lines.slice(at + 1, at + 4).filter(({ text }) => HEADER_LINE.test(text));
  return FROM_LINE.test((lines[at] as Line).text) && headers.length > 0;
}

function isFirst(lines: readonly Line[], at: number): boolean {
  return lines.slice(0, Math.min(at, MAX_HEADERS)).every(isBlank) && at < MAX_HEADERS;
}

/** A mail kept as text begins with its own headers. @returns The last header's line. */
function markOwnHeaders(lines: readonly Line[], labels: Label[], from: number): number {
  const label: Label = { role: 'forwarded', author: fromLine(lines, from) };
  let at = from;
  while (at < lines.length && HEADER_LINE.test((lines[at] as Line).text)) labels[at++] = label;
  return at - 1;
}

const MAX_ATTRIBUTION = 3;
const MAX_ATTRIBUTION_LENGTH = 200;

/** Behind the last line of "On … wrote:", which may be wrapped; 0 where none begins. */
function attributionEnd(lines: readonly Line[], at: number): number {
  let written = '';
  if (!ATTRIBUTION_START.test((lines[at] as Line).text)) return 0;
  for (let end = at; end < Math.min(at + MAX_ATTRIBUTION, lines.length); end += 1) {
    const { text } = lines[end] as Line;
    if (text.trim() === '' || written.length + text.length > MAX_ATTRIBUTION_LENGTH) return 0;
    written += ` ${text}`;
    if (ATTRIBUTION_END.test(text)) return isAttribution(written) ? end + 1 : 0;
  }
  return 0;
}

/** With a date or an address: "He wrote:" may begin the writer's own account. */
function isAttribution(written: string): boolean {
  return /\d{1,2}[.:/ ]|\d{4}|@/.test(written);
}

function authorOf(lines: readonly Line[], at: number, end: number): string | null {
  const written = lines
    .slice(at, end)
    .map(({ text }) => text.trim())
    .join(' ');
  return nameOf(written.replace(ATTRIBUTION_END, '').replace(/^On\b/i, ''));
}

function nameOf(written: string): string | null {
  const bare = written
    .replace(/[<(][^<>()]*[>)]/g, '')
    .replace(/["“”«»*]/g, '')
    .trim()
    .replace(/,$/, '');
  const last = bare.split(',').at(-1) as string;
  const name = last
    .replace(/^.*\d[\d.:]*(?:[ \t]+[AaPp][Mm])?(?:[ \t]+|$)/, '')
    .replace(/^(?:at|в|klo)[ \t]+/i, '')
    .trim();
  if (name !== '') return name;
  return /[^\s<>()@]+@[^\s<>()]+/.exec(written)?.[0] ?? null;
}

function isMarkedSoon(lines: readonly Line[], from: number): boolean {
  let at = from;
  while (at < lines.length && isBlank(lines[at])) at += 1;
  return at < lines.length && QUOTED_LINE.test((lines[at] as Line).text);
}

/** Marks a run of `>` lines with the line that names their author. @returns The last line of it. */
function markBlock(lines: readonly Line[], labels: Label[], first: number): number {
  const head = attributionBefore(lines, labels, first);
  const label: Label = {
    role: 'quoted',
    author: head < first ? authorOf(lines, head, lastText(lines, first)) : null,
  };
  let last = first;
  for (
    let at = first;
    at < lines.length && (isBlank(lines[at]) || QUOTED_LINE.test((lines[at] as Line).text));
    at += 1
  )
    if (!isBlank(lines[at])) last = at;
  labels.fill(label, head, last + 1);
  return last;
}

function lastText(lines: readonly Line[], before: number): number {
  let at = before;
  while (at > 0 && isBlank(lines[at - 1])) at -= 1;
  return at;
}

function attributionBefore(lines: readonly Line[], labels: readonly Label[], first: number): number {
  const end = lastText(lines, first);
  for (let at = end - 1; at >= Math.max(0, end - MAX_ATTRIBUTION); at -= 1) {
    if (labels[at] === OWN && attributionEnd(lines, at) === end) return at;
  }
  return first;
}

const MAX_TAIL_LINES = 10;
const MAX_TAIL_LENGTH = 500;

function markSignature(lines: readonly Line[], labels: Label[]): void {
  let hasText = false;
  for (let at = 0; at < lines.length; at += 1) {
    if (labels[at] !== OWN || isBlank(lines[at])) continue;
    const end = hasText ? signatureEnd(lines, labels, at) : at;
    if (end > at) {
      labels.fill({ role: 'signature', author: signer(lines, at, end) }, at, end);
      at = end - 1;
    } else hasText = true;
  }
}

/** Behind the signature that begins at a line; the line itself if none does. */
function signatureEnd(lines: readonly Line[], labels: readonly Label[], at: number): number {
  const { text } = lines[at] as Line;
  if (DASHES.test(text)) return ownEnd(lines, labels, at);
  if (SENT_FROM.test(text) && text.length < 80) return at + 1;
  if (!isClosing(text)) return at;
  const end = ownEnd(lines, labels, at, at + MAX_TAIL_LINES * 2);
  const tail = lines.slice(at + 1, end).filter((line) => !isBlank(line));
  const isShort =
    tail.length <= MAX_TAIL_LINES &&
    (lines[end - 1] as Line).end - (lines[at] as Line).start <= MAX_TAIL_LENGTH;
  return isShort && !tail.some(isSaid) ? end : at + 1;
}

function isClosing(text: string): boolean {
  const formula = CLOSING.exec(text);
  return formula !== null && CLOSING_REST.test(text.slice(formula[0].length));
}

/** Ends before a postscript, which is the writer's own, and before what is no longer theirs. */
function ownEnd(lines: readonly Line[], labels: readonly Label[], from: number, most = lines.length): number {
  let end = from;
  while (
    end < lines.length &&
    end <= most &&
    labels[end] === OWN &&
    !POSTSCRIPT.test((lines[end] as Line).text)
  )
    end += 1;
  return end;
}

const SAID_WORDS = 6;

function isSaid({ text }: Line): boolean {
  return /[.!?…][ \t]*$/.test(text) && text.trim().split(/\s+/).length >= SAID_WORDS && !isDisclaimer(text);
}

function signer(lines: readonly Line[], at: number, end: number): string | null {
  const beside = DASHES.test((lines[at] as Line).text)
    ? null
    : NAME_AFTER.exec(closingRest((lines[at] as Line).text));
  if (beside) return (beside[1] as string).trim();
  const below =
    lines
      .slice(at + 1, end)
      .find((line) => !isBlank(line))
      ?.text.trim() ?? '';
  return /^\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,3}$/u.test(below) ? below : null;
}

/** What follows the comma of a closing formula. */
function closingRest(text: string): string {
  return text.includes(',') ? text.slice(text.indexOf(',')) : '';
}

const MIN_DISCLAIMER = 60;

function isDisclaimer(paragraph: string): boolean {
  return (
    paragraph.length >= MIN_DISCLAIMER && DISCLAIMER_WORDS.filter((word) => word.test(paragraph)).length >= 3
  );
}

/** Marks paragraphs that speak of confidentiality and recipients as only disclaimers do. */
function markDisclaimers(lines: readonly Line[], labels: Label[]): void {
  for (let at = 0; at < lines.length; at += 1) {
    if (isBlank(lines[at])) continue;
    let end = at;
    while (end < lines.length && !isBlank(lines[end]) && labels[end] === labels[at]) end += 1;
    const isOurs = labels[at] === OWN || labels[at]?.role === 'signature';
    const paragraph = lines
      .slice(at, Math.min(end, at + MAX_PARAGRAPH))
      .map(({ text }) => text)
      .join(' ');
    if (isOurs && isDisclaimer(paragraph)) labels.fill({ role: 'disclaimer', author: null }, at, end);
    at = Math.max(at, end - 1);
  }
}

const MAX_PARAGRAPH = 40;

/** What is the writer's own in a text that begins as a machine's answer was written by the machine. */
function markAutoReply(text: string, lines: readonly Line[], labels: Label[]): void {
  const first = lines.findIndex((line, at) => labels[at] === OWN && !isBlank(line));
  if (first < 0) return;
  const begin = text.slice((lines[first] as Line).start, (lines[first] as Line).start + AWAY_WITHIN);
  if (!AUTO_REPLY.test(begin) && !(AWAY.test(begin) && AWAY_DETAIL.test(begin))) return;
  const label: Label = { role: 'auto_reply', author: null };
  labels.forEach((own, at) => {
    if (own === OWN) labels[at] = label;
  });
}
