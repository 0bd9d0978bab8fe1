import type { Instant } from '../../../kernel/instant.ts';
import type { FirstDaysRules, PlatformRule } from './rules.ts';

/** A record of somebody new, from their first hours. */
export type EarlyRecord = {
  readonly partyId: string;
  readonly interactionId: string;
  readonly at: Instant;
  /** Domain of the sender's address; null where there is none. */
  readonly sender: string | null;
  /** Whether it is a note of ours, and no words of somebody else. */
  readonly isNote: boolean;
  readonly text: string;
};

export type FirstDaysMoney = {
  readonly partyId: string;
  /** The payment with which it became much, and the words that say it. */
  readonly interactionId: string;
  readonly at: Instant;
  readonly quote: string;
  readonly platform: string;
  readonly payments: number;
  readonly sum: number;
  readonly unit: string;
};

type Payment = {
  readonly platform: PlatformRule;
  readonly sum: number;
  readonly unit: string;
  readonly quote: string;
};

const NUMBER = String.raw`\d{1,3}(?:[ \u00a0\u202f.,']\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?![\d.,]\d)`;

/**
 * Of whom much money came in their first hours. Payments are counted by platform; units are never added to each other.
 *
 * @param records of each party in the order of time, from their first hours alone
 */
export function muchMoney(records: readonly EarlyRecord[], rules: FirstDaysRules): readonly FirstDaysMoney[] {
  const found: FirstDaysMoney[] = [];
  const patterns = new Map(rules.platforms.map((platform) => [platform, sumIn(platform)]));
  for (const [partyId, theirs] of Map.groupBy(records, (one) => one.partyId)) {
    const sums = new Map<PlatformRule, { payments: number; sum: number }>();
    for (const { interactionId, at, ...record } of theirs) {
      const payment = paymentIn(record, rules, patterns);
      if (!payment) continue;
      const { platform, unit, quote } = payment;
      const before = sums.get(platform) ?? { payments: 0, sum: 0 };
      const now = { payments: before.payments + 1, sum: before.sum + payment.sum };
      sums.set(platform, now);
      if (now.payments < platform.payments && now.sum < platform.sum) continue;
      found.push({ partyId, interactionId, at, quote, platform: platform.id, ...now, unit });
      break;
    }
  }
  return found;
}

/** The one payment that a record speaks of: the first number with a unit in a line that has one of the words. */
function paymentIn(
  { sender, isNote, text }: Pick<EarlyRecord, 'sender' | 'isNote' | 'text'>,
  { notes }: FirstDaysRules,
  patterns: ReadonlyMap<PlatformRule, RegExp>,
): Payment | null {
  const isTap = isNote && notes.some((label) => text.startsWith(label));
  if (isNote && !isTap) return null;
  for (const [platform, pattern] of patterns) {
    if (!isTap && !isFrom(platform, sender)) continue;
    const payment = firstSum(text, platform, pattern, isTap);
    if (payment) return payment;
  }
  return null;
}

function isFrom({ senders }: PlatformRule, sender: string | null): boolean {
  if (senders.length === 0) return true;
  return senders.some((domain) => sender === domain || sender?.endsWith(`.${domain}`));
}

/** A number beside one of the platform's units. */
function sumIn(platform: PlatformRule): RegExp {
  const units = platform.units.map((unit) => unit.replace(/[$.]/g, String.raw`\$&`)).join('|');
  return new RegExp(
    String.raw`(?<![\p{L}\d.,])(?:(${NUMBER})[ \u00a0\u202f]?(${units})(?!\p{L})|(${units})[ \u00a0]?(${NUMBER}))`,
    'iu',
  );
}

function firstSum(text: string, platform: PlatformRule, pattern: RegExp, isTap: boolean): Payment | null {
  for (const line of text.split('\n')) {
    const said = line.toLowerCase();
    if (!isTap && !platform.words.some((word) => hasWord(said, word.toLowerCase()))) continue;
    const match = pattern.exec(line);
    if (!match) continue;
    const [, behind, unit, before, number] = match;
    return { platform, sum: amountOf((behind ?? number)!), unit: (unit ?? before)!, quote: line.trim() };
  }
  return null;
}

/** "osti" is no part of "kosti". */
function hasWord(line: string, word: string): boolean {
  const at = line.indexOf(word);
  if (at < 0) return false;
  const isLetter = (character: string | undefined) => character !== undefined && /\p{L}/u.test(character);
  if (!isLetter(line[at - 1]) && !isLetter(line[at + word.length])) return true;
  return hasWord(line.slice(at + word.length), word);
}

/** 1 240,50 and 1,240.50 and 1240.5 are one number. */
function amountOf(written: string): number {
  const grouped = written.replace(/[ \u00a0\u202f']/g, '');
  const decimal = /[.,](\d{1,2})$/.exec(grouped);
  const whole = (decimal ? grouped.slice(0, decimal.index) : grouped).replace(/[.,]/g, '');
  return Number(`${whole}.${decimal?.[1] ?? '0'}`);
}
