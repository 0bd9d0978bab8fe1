const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: '\u00a0',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  bull: '•',
  middot: '·',
  laquo: '«',
  raquo: '»',
  lsaquo: '‹',
  rsaquo: '›',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  sect: '§',
  para: '¶',
  deg: '°',
  plusmn: '±',
  times: '×',
  divide: '÷',
  frac12: '½',
  frac14: '¼',
  frac34: '¾',
  sup1: '¹',
  sup2: '²',
  sup3: '³',
  micro: 'µ',
  ordf: 'ª',
  ordm: 'º',
  not: '¬',
  shy: '\u00ad',
  macr: '¯',
  acute: '´',
  cedil: '¸',
  uml: '¨',
  iexcl: '¡',
  iquest: '¿',
  brvbar: '¦',
  curren: '¤',
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
  zwnj: '\u200c',
  zwj: '\u200d',
  lrm: '\u200e',
  rlm: '\u200f',
  larr: '←',
  rarr: '→',
  uarr: '↑',
  darr: '↓',
  harr: '↔',
  minus: '−',
  infin: '∞',
  ne: '≠',
  le: '≤',
  ge: '≥',
  asymp: '≈',
  permil: '‰',
  dagger: '†',
  Dagger: '‡',
  prime: '′',
  Prime: '″',
  check: '✓',
  hearts: '♥',
  Agrave: 'À',
  Aacute: 'Á',
  Acirc: 'Â',
  Atilde: 'Ã',
  Auml: 'Ä',
  Aring: 'Å',
  AElig: 'Æ',
  Ccedil: 'Ç',
  Egrave: 'È',
  Eacute: 'É',
  Ecirc: 'Ê',
  Euml: 'Ë',
  Igrave: 'Ì',
  Iacute: 'Í',
  Icirc: 'Î',
  Iuml: 'Ï',
  ETH: 'Ð',
  Ntilde: 'Ñ',
  Ograve: 'Ò',
  Oacute: 'Ó',
  Ocirc: 'Ô',
  Otilde: 'Õ',
  Ouml: 'Ö',
  Oslash: 'Ø',
  Ugrave: 'Ù',
  Uacute: 'Ú',
  Ucirc: 'Û',
  Uuml: 'Ü',
  Yacute: 'Ý',
  THORN: 'Þ',
  szlig: 'ß',
  agrave: 'à',
  aacute: 'á',
  acirc: 'â',
  atilde: 'ã',
  auml: 'ä',
  aring: 'å',
  aelig: 'æ',
  ccedil: 'ç',
  egrave: 'è',
  eacute: 'é',
  ecirc: 'ê',
  euml: 'ë',
  igrave: 'ì',
  iacute: 'í',
  icirc: 'î',
  iuml: 'ï',
  eth: 'ð',
  ntilde: 'ñ',
  ograve: 'ò',
  oacute: 'ó',
  ocirc: 'ô',
  otilde: 'õ',
  ouml: 'ö',
  oslash: 'ø',
  ugrave: 'ù',
  uacute: 'ú',
  ucirc: 'û',
  uuml: 'ü',
  yacute: 'ý',
  thorn: 'þ',
  yuml: 'ÿ',
  Scaron: 'Š',
  scaron: 'š',
  OElig: 'Œ',
  oelig: 'œ',
  Yuml: 'Ÿ',
  Zcaron: 'Ž',
  zcaron: 'ž',
  fnof: 'ƒ',
};
/** Content of these is not for reading. */
const SKIPPED = new Set(['script', 'style', 'head', 'title', 'template', 'svg', 'object', 'noembed']);
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

type Writing = { text: string; pendingBreaks: number; pendingSpace: boolean; quote: number; pre: number };

/**
 * Turns HTML into text for reading and searching: blocks become lines, quotations get `> `, list items `- `, cells a tab.
 *
 * Scripts, styles and the head are left out; nothing is loaded or run. Never throws; linear in its input.
 */
export function htmlToText(html: string): string {
  const out: Writing = { text: '', pendingBreaks: 0, pendingSpace: false, quote: 0, pre: 0 };
  let at = 0;
  TAG.lastIndex = 0;
  for (let tag = nextTag(html, at); tag; tag = nextTag(html, at)) {
    if (tag.index > at) writeText(out, html.slice(at, tag.index));
    at = tag.index + tag[0].length;
    const name = tag[2]?.toLowerCase();
    if (name === undefined) continue;
    if (tag[1] === '' && SKIPPED.has(name)) at = afterElement(html, at, name);
    else writeTag(out, name, tag[1] === '/', tag[3] ?? '');
  }
  if (at < html.length) writeText(out, html.slice(at));
  return out.text.replace(/[ \t]+$/gm, '');
}

function nextTag(html: string, from: number): RegExpExecArray | null {
  TAG.lastIndex = from;
  return TAG.exec(html);
}

/** An element that is never closed swallows nothing: a broken head must not hide the letter. */
function afterElement(html: string, from: number, name: string): number {
  const close = new RegExp(`</${name}\\s*>${name === 'head' ? '|(?=<body[\\s>])' : ''}`, 'gi');
  close.lastIndex = from;
  const found = close.exec(html);
  return found ? found.index + found[0].length : from;
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

/** Decodes numeric references and the named ones of Latin text; an unknown one stays as it is. */
export function decodeEntities(html: string): string {
  return html.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,30}));?/g,
    (all, dec, hex, name) => {
      if (name !== undefined)
        return ENTITIES[name as string] ?? ENTITIES[(name as string).toLowerCase()] ?? all;
      const point = dec !== undefined ? Number(dec) : Number.parseInt(hex as string, 16);
      const isCharacter = point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
      if (!isCharacter) return '\ufffd';
      return point >= 0x80 && point <= 0x9f ? windows1252(point) : String.fromCodePoint(point);
    },
  );
}

/** HTML reads &#128; to &#159; as windows-1252. */
function windows1252(point: number): string {
  return new TextDecoder('windows-1252').decode(Uint8Array.of(point));
}
