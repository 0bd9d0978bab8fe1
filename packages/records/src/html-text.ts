import { decodeEntities } from './html-entity.ts';

/** Content of these is not for reading. Words in a head that are none of these stand where a reader sees them. */
const SKIPPED = new Set(['script', 'style', 'title', 'template', 'svg', 'object', 'noembed', 'xml']);
const PARAGRAPH = new Set([
  'p',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'dl',
  'table',
  'pre',
  'blockquote',
  'hr',
]);
const LINE = new Set([
  'div',
  'tr',
  'li',
  'dt',
  'dd',
  'section',
  'article',
  'header',
  'footer',
  'address',
  'form',
  'center',
  'fieldset',
  'body',
  'html',
  'thead',
  'tbody',
  'tfoot',
  'caption',
  'figure',
  'option',
  'main',
  'nav',
  'aside',
]);
const TAG =
  /<(?:!--[\s\S]*?(?:-->|$)|(\/?)([a-zA-Z][a-zA-Z0-9:]*)((?:"[^"]*"|'[^']*'|[^'">])*)>?|[!?][^>]*>?)/g;

type Writing = {
  /** Elements that are never closed after the place reached. */
  readonly unclosed: Set<string>;
  text: string;
  pendingBreaks: number;
  pendingSpace: boolean;
  quote: number;
  pre: number;
};

/**
 * Turns HTML into text for reading and searching: blocks become lines, quotations get `> `, list items `- `, cells a tab.
 *
 * Scripts, styles and titles are left out; nothing is loaded or run. Never throws; linear in its input.
 */
export function htmlToText(html: string): string {
  const out: Writing = {
    unclosed: new Set(),
    text: '',
    pendingBreaks: 0,
    pendingSpace: false,
    quote: 0,
    pre: 0,
  };
  let at = 0;
  TAG.lastIndex = 0;
  for (let tag = nextTag(html, at); tag; tag = nextTag(html, at)) {
    if (tag.index > at) writeText(out, html.slice(at, tag.index));
    at = tag.index + tag[0].length;
    const name = tag[2]?.toLowerCase();
    if (name === undefined) continue;
    if (tag[1] === '' && SKIPPED.has(name)) at = afterElement(out, html, at, name);
    else writeTag(out, name, tag[1] === '/', tag[3] ?? '');
  }
  if (at < html.length) writeText(out, html.slice(at));
  return withoutTrailingBlanks(out.text);
}

function nextTag(html: string, from: number): RegExpExecArray | null {
  TAG.lastIndex = from;
  return TAG.exec(html);
}

/** An element that is never closed swallows nothing: a broken head must not hide the letter. */
function afterElement(out: Writing, html: string, from: number, name: string): number {
  if (out.unclosed.has(name)) return from;
  const close = new RegExp(`</${name}\\s*>`, 'gi');
  close.lastIndex = from;
  const found = close.exec(html);
  if (!found) out.unclosed.add(name);
  return found ? found.index + found[0].length : from;
}

function withoutTrailingBlanks(text: string): string {
  if (!/[ \t]\n/.test(text) && !/[ \t]$/.test(text.slice(-1))) return text;
  return text
    .split('\n')
    .map((line) => (/[ \t]$/.test(line.slice(-1)) ? line.trimEnd() : line))
    .join('\n');
}

function writeTag(out: Writing, name: string, isClosing: boolean, attributes: string): void {
  if (name === 'br') {
    out.pendingBreaks = Math.min(3, out.pendingBreaks + 1);
    out.pendingSpace = false;
    if (out.pre > 0) out.pendingBreaks = Math.max(1, out.pendingBreaks);
  } else if (PARAGRAPH.has(name)) {
    breakLine(out, 2);
    if (name === 'blockquote') out.quote = Math.max(0, out.quote + (isClosing ? -1 : 1));
    if (name === 'pre') out.pre = Math.max(0, out.pre + (isClosing ? -1 : 1));
  } else if (LINE.has(name)) {
    breakLine(out, 1);
    if (name === 'li' && !isClosing) writeRaw(out, '- ');
  } else if ((name === 'td' || name === 'th') && !isClosing) {
    if (out.pendingBreaks === 0 && out.text !== '' && !out.text.endsWith('\n')) writeRaw(out, '\t');
  } else if (name === 'img') {
    const alt = /\balt\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes);
    const words = alt?.[1] ?? alt?.[2] ?? '';
    if (words.trim() !== '') writeText(out, words);
  }
}

function breakLine(out: Writing, breaks: number): void {
  out.pendingBreaks = Math.max(out.pendingBreaks, breaks);
  out.pendingSpace = false;
}

function writeText(out: Writing, html: string): void {
  const text = html.includes('&') ? decodeEntities(html) : html;
  if (out.pre > 0) {
    writePre(out, text);
    return;
  }
  const words = text.replace(/[ \t\r\n\f]+/g, ' ');
  if (words === ' ' || words === '') {
    out.pendingSpace ||= words === ' ';
    return;
  }
  const startsBlank = words.startsWith(' ');
  const endsBlank = words.endsWith(' ');
  if (startsBlank) out.pendingSpace = true;
  writeRaw(out, words.slice(startsBlank ? 1 : 0, endsBlank ? -1 : undefined));
  out.pendingSpace = endsBlank;
}

function writePre(out: Writing, text: string): void {
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (index > 0) out.pendingBreaks++;
    if (line !== '') writeRaw(out, line);
  }
}

function writeRaw(out: Writing, text: string): void {
  if (out.text === '') {
    out.text = prefix(out);
  } else if (out.pendingBreaks > 0) {
    out.text += `\n${prefix(out).trimEnd()}`.repeat(out.pendingBreaks - 1);
    out.text += `\n${prefix(out)}`;
  } else if (out.pendingSpace && !/[\s]$/.test(out.text.slice(-1))) {
    out.text += ' ';
  }
  out.pendingBreaks = 0;
  out.pendingSpace = false;
  out.text += text;
}

function prefix(out: Writing): string {
  return out.quote > 0 ? '> '.repeat(Math.min(out.quote, 20)) : '';
}
