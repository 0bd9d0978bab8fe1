import { charsetNamed } from './charset-name.ts';
import { platformDecodeStrictly } from './charset-platform.ts';

const SAMPLE = 8192;
/** The commonest lower-case Russian letters (о е а и н т с р в л), as bytes. */
const COMMON = {
  'windows-1251': [0xee, 0xe5, 0xe0, 0xe8, 0xed, 0xf2, 0xf1, 0xf0, 0xe2, 0xeb],
  'koi8-r': [0xcf, 0xc5, 0xc1, 0xc9, 0xce, 0xd4, 0xd3, 0xd2, 0xd7, 0xcc],
  ibm866: [0xae, 0xa5, 0xa0, 0xa8, 0xad, 0xe2, 0xe1, 0xe0, 0xa2, 0xab],
  'iso-8859-5': [0xde, 0xd5, 0xd0, 0xd8, 0xdd, 0xe2, 0xe1, 0xe0, 0xd2, 0xdb],
} as const;

/**
 * Guesses the charset of 8-bit text that is not UTF-8.
 *
 * @param hint A charset named elsewhere in the same message; taken when the bytes fit it.
 * @returns A label of the platform's decoders; windows-1252 when nothing speaks for another.
 */
export function guessCharset(bytes: Buffer, hint: string | null): string {
  const hinted = hint === null ? null : charsetNamed(hint);
  if (hinted && hinted.by === 'platform' && !/^(?:utf-|us-ascii|iso-2022)/.test(hinted.label)) {
    if (platformDecodeStrictly(bytes.subarray(0, SAMPLE), hinted.label) !== null) return hinted.label;
  }
  const sample = bytes.subarray(0, SAMPLE);
  const { counts, high, inRuns } = highBytes(sample);
  // Western text has single accented letters between plain ones; Cyrillic and East Asian text has runs.
  if (inRuns * 2 < high) return 'windows-1252';
  return cyrillic(counts, high) ?? eastAsian(sample) ?? 'windows-1252';
}

const RUNNING_TEXT_LETTERS = 20;

/**
 * The charset in which 8-bit text is plainly Russian, though a Western one was stated: more than half of its letters are
 * 8-bit ones, which no Western language writes; null for everything else.
 */
export function russianInstead(bytes: Buffer): string | null {
  const sample = bytes.subarray(0, SAMPLE);
  const { counts, high, inRuns } = highBytes(sample);
  if (high < RUNNING_TEXT_LETTERS || inRuns * 2 < high) return null;
  const plain = sample.toString('latin1').replace(/<[^<>]*>|[^A-Za-z]+/g, '').length;
  return high > plain ? cyrillic(counts, high) : null;
}

function highBytes(sample: Buffer): { counts: Uint32Array; high: number; inRuns: number } {
  const counts = new Uint32Array(256);
  let high = 0;
  let inRuns = 0;
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i]!;
    if (byte < 128) continue;
    counts[byte]!++;
    high++;
    if (sample[i + 1]! > 127 || (i > 0 && sample[i - 1]! > 127)) inRuns++;
  }
  return { counts, high, inRuns };
}

/** The ten letters make up two thirds of Russian text; under a wrong charset they would be rare ones. */
function cyrillic(counts: Uint32Array, high: number): string | null {
  let best: string | null = null;
  let most = high * 0.45;
  for (const [label, letters] of Object.entries(COMMON)) {
    let sum = 0;
    for (const letter of letters) sum += counts[letter]!;
    if (sum > most) {
      most = sum;
      best = label;
    }
  }
  return best;
}

function eastAsian(sample: Buffer): string | null {
  const japanese = (['shift_jis', 'euc-jp'] as const).find((label) => isJapanese(sample, label));
  if (japanese) return japanese;
  const pairs = pairsOf(sample);
  if (pairs.common > pairs.all * 0.6 && platformDecodeStrictly(sample, 'gb18030') !== null) {
    // Hangul fills the first half of the rows in which common Chinese characters lie.
    const isKorean = pairs.hangul > pairs.all * 0.9 && platformDecodeStrictly(sample, 'euc-kr') !== null;
    return isKorean ? 'euc-kr' : 'gb18030';
  }
  return pairs.big5 > pairs.all * 0.7 && platformDecodeStrictly(sample, 'big5') !== null ? 'big5' : null;
}

/** Japanese text without kana is rare; text in another charset read as Japanese has hardly any. */
function isJapanese(sample: Buffer, label: string): boolean {
  const text = platformDecodeStrictly(sample, label);
  if (text === null) return false;
  const kana = text.match(/[\u3041-\u30fe]/g)?.length ?? 0;
  const others = text.match(/[^\x00-\x7f\u3041-\u30fe]/g)?.length ?? 0;
  return kana * 4 > others;
}

/** Counts two-byte characters by the rows where the common ones of each charset lie. */
function pairsOf(sample: Buffer): { all: number; common: number; hangul: number; big5: number } {
  const pairs = { all: 0, common: 0, hangul: 0, big5: 0 };
  for (let i = 0; i + 1 < sample.length; i++) {
    const lead = sample[i]!;
    if (lead < 0x81) continue;
    const isHigh = sample[i + 1]! >= 0xa1;
    pairs.all++;
    if (isHigh && lead >= 0xb0 && lead <= 0xd7) pairs.common++;
    if (isHigh && lead >= 0xb0 && lead <= 0xc8) pairs.hangul++;
    if (lead >= 0xa4 && lead <= 0xc6) pairs.big5++;
    i++;
  }
  return pairs;
}
