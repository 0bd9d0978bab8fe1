import { FLAGS, LINK, MENTION, SIGN, SYMBOL, type Tokens, WORD } from './tokens.ts';

/** What can be seen of a text without knowing its language. */
export const SHAPE_NAMES = [
  'words',
  'exclamations',
  'questions',
  'manyExclamations',
  'manyQuestions',
  'endsAsked',
  'endsExclaimed',
  'endsDots',
  'capitals',
  'stretched',
  'masked',
  'mentions',
  'startsMention',
  'links',
  'tags',
  'pictures',
  'smile',
  'frown',
  'wink',
  'quoted',
  'dots',
  'sentences',
  'shortText',
  'longText',
  'lowerStart',
  'parentheses',
  'askedOnly',
  'numbers',
  'laughing',
  'tongue',
] as const;

const has = (text: string, pattern: RegExp): number => (pattern.test(text) ? 1 : 0);
const SMILE = /[:;=]-?[)D\]]|[😀-😆😊😍☺👍❤🙂]/u;
const FROWN = /[:=]-?[(/[\\|]|[😞-😭😠-😤🙁☹👎💔]/u;
const WINK = /;-?\)|[😉😏🙄😒]/u;
const TONGUE = /[:;]-?[pP]\b|[😛-😝]/u;
const LAUGHING = /[😂🤣😹]|\blol\b|haha/iu;

/** Writes the shape of a text to `dense` from `base` on, in the order of SHAPE_NAMES; every value is about 0…1. */
export function shapesOf(text: string, tokens: Tokens, dense: Float64Array, base: number): void {
  const counts = countTokens(tokens);
  const end = text.trimEnd().slice(-3);
  const values = [
    Math.log1p(counts.words) / 4,
    Math.log1p(counts.exclamations),
    Math.log1p(counts.questions),
    has(text, /!!|!\?/),
    has(text, /\?\?|\?!/),
    end.endsWith('?') ? 1 : 0,
    end.endsWith('!') ? 1 : 0,
    has(end, /\.\.|…/),
    Math.log1p(counts.capitals),
    Math.log1p(counts.stretched),
    Math.log1p(counts.masked),
    Math.log1p(counts.mentions),
    tokens.count > 0 && tokens.kinds[0] === MENTION ? 1 : 0,
    counts.links > 0 ? 1 : 0,
    Math.log1p(counts.tags),
    Math.log1p(counts.pictures),
    has(text, SMILE),
    has(text, FROWN),
    has(text, WINK),
    Math.log1p(counts.quotes) / 2,
    counts.dots > 0 ? 1 : 0,
    Math.log1p(counts.sentences) / 2,
    counts.words <= 6 ? 1 : 0,
    counts.words > 80 ? 1 : 0,
    has(text, /^\s*\p{Ll}/u),
    has(text, /\(/),
    counts.sentences === counts.questions && counts.questions > 0 ? 1 : 0,
    has(text, /\d/),
    has(text, LAUGHING),
    has(text, TONGUE),
  ];
  for (let at = 0; at < values.length; at += 1) dense[base + at] = values[at] as number;
}

type Counts = Record<
  | 'words'
  | 'exclamations'
  | 'questions'
  | 'capitals'
  | 'stretched'
  | 'masked'
  | 'mentions'
  | 'links'
  | 'tags'
  | 'pictures'
  | 'quotes'
  | 'dots'
  | 'sentences',
  number
>;

function countTokens(tokens: Tokens): Counts {
  const counts: Counts = {
    words: 0,
    exclamations: 0,
    questions: 0,
    capitals: 0,
    stretched: 0,
    masked: 0,
    mentions: 0,
    links: 0,
    tags: 0,
    pictures: 0,
    quotes: 0,
    dots: 0,
    sentences: 0,
  };
  for (let token = 0; token < tokens.count; token += 1) {
    const kind = tokens.kinds[token] as number;
    if (kind === WORD) countWord(counts, tokens.flags[token] as number);
    else if (kind === MENTION) counts.mentions += 1;
    else if (kind === LINK) counts.links += 1;
    else if (kind === SYMBOL) counts.pictures += 1;
    else if (kind === SIGN) countSign(counts, tokens, token);
  }
  return counts;
}

function countWord(counts: Counts, flags: number): void {
  counts.words += 1;
  if (flags & FLAGS.capitals) counts.capitals += 1;
  if (flags & FLAGS.stretched) counts.stretched += 1;
  if (flags & FLAGS.masked) counts.masked += 1;
  if (flags & FLAGS.tag) counts.tags += 1;
}

function countSign(counts: Counts, tokens: Tokens, token: number): void {
  const code = tokens.codes[tokens.from[token] as number] as number;
  const isRun = (tokens.to[token] as number) - (tokens.from[token] as number) > 1;
  if (code === 33) counts.exclamations += 1;
  if (code === 63) counts.questions += 1;
  if (code === 33 || code === 63 || (code === 46 && !isRun)) counts.sentences += 1;
  if ((code === 46 && isRun) || code === 0x2026) counts.dots += 1;
  if (code === 34 || code === 0x201c || code === 0xab) counts.quotes += 1;
}
