import type { RuleLang } from '../finding.ts';
import { type CueTable, compileCues, eachCue } from './cues.ts';
import { EN_CUES } from './cues-en.ts';
import { FI_CUES } from './cues-fi.ts';
import { RU_CUES } from './cues-ru.ts';
import { HASH_START, hashPair, hashUnit, spread } from './hash.ts';
import { SHAPE_NAMES, shapesOf } from './shapes.ts';
import { DIGITS, LINK, MENTION, type Tokens, tokensOf, WORD } from './tokens.ts';

/** Hashed features fall into this many places, of every language. */
export const TABLE_BITS = 18;
export const TABLE_SIZE = 1 << TABLE_BITS;

/**
 * What the models see of one text. The arrays are reused by the next call.
 *
 * `places[0…chars]` are the distinct character n-grams (3 to 5, within words), `places[chars…count]` the distinct words
 * and pairs of words; `dense[i]` belongs to `denseNames(lang)[i]`.
 */
export type Features = {
  chars: number;
  count: number;
  places: Int32Array;
  dense: Float64Array;
  tokens: Tokens;
  hashes: Int32Array;
};

const tables: Readonly<Record<RuleLang, () => CueTable>> = {
  en: once(() => compileCues(EN_CUES)),
  ru: once(() => compileCues(RU_CUES)),
  fi: once(() => compileCues(FI_CUES)),
};

function once<Value>(make: () => Value): () => Value {
  let value: Value | undefined;
  return () => {
    value ??= make();
    return value;
  };
}

/** The compiled cue families of a language. */
export function cuesOf(lang: RuleLang): CueTable {
  return tables[lang]();
}

/** Families that tell about the writer's tone when they are near a second person, quoted or in a first sentence. */
const HARSH = new Set([
  'fuck',
  'shit',
  'ass',
  'vulgar',
  'damn',
  'suck',
  'stupid',
  'loser',
  'slur',
  'dismiss',
  'insult',
  'mat',
  'rude',
  'vile',
  'doomed',
  'campSlur',
  'obscene',
]);
/** What stands near what. `graveReported`: harsh or hateful words behind a word of telling; `answered`: telling and blame of what was told. */
const COMBINATIONS = [
  'harshNearYou',
  'harshNearMe',
  'harshQuoted',
  'harshCapitals',
  'harshShare',
  'violenceNearYou',
  'violenceNearMe',
  'graveReported',
  'answered',
];

/** The names of the dense features of a language, in order: counts of families, families that begin a sentence, combinations, shape. */
export function denseNames(lang: RuleLang): readonly string[] {
  const { names } = cuesOf(lang);
  return [...names, ...names.map((name) => `${name}^`), ...COMBINATIONS, ...SHAPE_NAMES];
}

const seen = new Uint32Array(TABLE_SIZE);
let turn = 0;
const features: Features = {
  chars: 0,
  count: 0,
  places: new Int32Array(1 << 16),
  dense: new Float64Array(512),
  tokens: tokensOf(''),
  hashes: new Int32Array(1024),
};

/** The features of a text. Valid until the next call. */
export function featuresOf(text: string, lang: RuleLang): Features {
  const tokens = tokensOf(text);
  features.tokens = tokens;
  if (features.hashes.length < tokens.count) features.hashes = new Int32Array(tokens.count * 2);
  const most = tokensRoom(tokens);
  if (features.places.length < most) features.places = new Int32Array(most * 2);
  turn += 1;
  features.count = 0;
  addCharacters(tokens);
  features.chars = features.count;
  hashTokens(tokens, features.hashes);
  addWords(tokens);
  addDense(text, lang, tokens);
  return features;
}

function tokensRoom(tokens: Tokens): number {
  const last = tokens.count > 0 ? (tokens.to[tokens.count - 1] as number) : 0;
  return last * 3 + tokens.count * 9 + 16;
}

function add(hash: number): void {
  const place = spread(hash) & (TABLE_SIZE - 1);
  if (seen[place] === turn) return;
  seen[place] = turn;
  features.places[features.count] = place;
  features.count += 1;
}

const EDGE = 32;
const SHORTEST = 3;
const LONGEST = 5;

function addCharacters(tokens: Tokens): void {
  for (let token = 0; token < tokens.count; token += 1) {
    if (tokens.kinds[token] !== WORD) continue;
    addWordCharacters(tokens.codes, tokens.from[token] as number, tokens.to[token] as number);
  }
}

function addWordCharacters(codes: Uint16Array, from: number, to: number): void {
  for (let start = from - 1; start <= to - SHORTEST + 1; start += 1) {
    let hash = HASH_START;
    const end = Math.min(start + LONGEST, to + 1);
    for (let at = start; at < end; at += 1) {
      hash = hashUnit(hash, at < from || at >= to ? EDGE : (codes[at] as number));
      if (at - start >= SHORTEST - 1) add(hash);
    }
  }
}

const STANDS_FOR = new Map([
  [DIGITS, 48],
  [LINK, 47],
  [MENTION, 64],
]);

function hashTokens(tokens: Tokens, hashes: Int32Array): void {
  for (let token = 0; token < tokens.count; token += 1) {
    const alias = STANDS_FOR.get(tokens.kinds[token] as number);
    let hash = HASH_START;
    if (alias !== undefined) hash = hashUnit(hash, alias);
    const to = tokens.to[token] as number;
    for (let at = tokens.from[token] as number; at < to; at += 1)
      hash = hashUnit(hash, tokens.codes[at] as number);
    hashes[token] = hash;
  }
}

const WORD_SALT = 0x51ed270b;
const PAIR_SALT = 0x2545f491;

function addWords(tokens: Tokens): void {
  const { hashes } = features;
  let before = HASH_START;
  for (let token = 0; token < tokens.count; token += 1) {
    const hash = hashes[token] as number;
    add(hash ^ WORD_SALT);
    add(hashPair(before, hash) ^ PAIR_SALT);
    before = hash;
  }
}

/** Room for what stands near what: bits of the tokens that are harsh, of a second or first person, violent. */
let marks = new Uint8Array(1024);
const IS_HARSH = 1;
const IS_YOU = 2;
const IS_ME = 4;
const IS_VIOLENT = 8;
const IS_REPORT = 16;
const IS_DENOUNCED = 32;
const IS_GRAVE = 64;
const GRAVE = new Set(['hate', 'violence', 'animal', 'awful', 'trait', 'identity', 'ism']);

const bitsOf = {
  en: once(() => familyBits('en')),
  ru: once(() => familyBits('ru')),
  fi: once(() => familyBits('fi')),
};

function familyBits(lang: RuleLang): Uint8Array {
  return Uint8Array.from(cuesOf(lang).names, (name) => {
    if (HARSH.has(name)) return IS_HARSH | IS_GRAVE;
    if (name === 'report') return IS_REPORT;
    if (name === 'denounce') return IS_DENOUNCED;
    if (name === 'you') return IS_YOU;
    if (name === 'me') return IS_ME;
    return (name === 'violence' ? IS_VIOLENT : 0) | (GRAVE.has(name) ? IS_GRAVE : 0);
  });
}

function addDense(text: string, lang: RuleLang, tokens: Tokens): void {
  const { dense } = features;
  const cues = cuesOf(lang);
  const bits = bitsOf[lang]();
  const families = cues.names.length;
  dense.fill(0);
  if (marks.length < tokens.count) marks = new Uint8Array(tokens.count * 2);
  marks.fill(0, 0, tokens.count);
  eachCue(cues, tokens, features.hashes, (family, first) => {
    dense[family] = (dense[family] as number) + 1;
    if (beginsSentence(tokens, first)) dense[families + family] = 1;
    marks[first] = (marks[first] as number) | (bits[family] as number);
  });
  for (let family = 0; family < families; family += 1) dense[family] = Math.log1p(dense[family] as number);
  combine(tokens, dense, families * 2);
  shapesOf(text, tokens, dense, families * 2 + COMBINATIONS.length);
}

const SENTENCE_END = new Set([33, 46, 63, 10, 0x2026]);

/** The first word of a text or behind a full stop, and the word behind a mention that begins a text. */
function beginsSentence(tokens: Tokens, token: number): boolean {
  if (token === 0) return true;
  const before = token - 1;
  if (tokens.kinds[before] === MENTION) return before === 0;
  return (
    tokens.kinds[before] !== WORD && SENTENCE_END.has(tokens.codes[tokens.from[before] as number] as number)
  );
}

const NEAR = 3;

function combine(tokens: Tokens, dense: Float64Array, base: number): void {
  let words = 0;
  let harsh = 0;
  let all = 0;
  for (let token = 0; token < tokens.count; token += 1) {
    if (tokens.kinds[token] === WORD) words += 1;
    const mark = marks[token] as number;
    if (mark & IS_GRAVE && all & IS_REPORT) dense[base + 7] = 1;
    all |= mark;
    if (mark & IS_HARSH) {
      harsh += 1;
      const near = nearby(token, tokens.count);
      if (near & IS_YOU) dense[base] = 1;
      if (near & IS_ME) dense[base + 1] = 1;
      const flags = tokens.flags[token] as number;
      if (flags & 16) dense[base + 2] = 1;
      if (flags & 1) dense[base + 3] = 1;
    }
    if (mark & IS_VIOLENT) {
      const near = nearby(token, tokens.count);
      if (near & IS_YOU) dense[base + 5] = 1;
      if (near & IS_ME) dense[base + 6] = 1;
    }
  }
  if (all & IS_REPORT && all & IS_DENOUNCED) dense[base + 8] = 1;
  dense[base + 4] = words > 0 ? Math.min(1, (harsh * 3) / words) : 0;
}

function nearby(token: number, count: number): number {
  let found = 0;
  const end = Math.min(count, token + NEAR + 1);
  for (let at = Math.max(0, token - NEAR); at < end; at += 1) found |= marks[at] as number;
  return found;
}
