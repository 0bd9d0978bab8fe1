import { type Content, contentOf } from '@evenkeel/language/content/content';
import { conflictOf, isTelling, likenessOf, sharedThings, sumOf } from '@evenkeel/language/content/likeness';
import { readText } from '@evenkeel/language/text/reading';
import type { LocalDate } from '../../../kernel/calendar.ts';
import type { PointContent } from '../../point/novelty.ts';
import type { RecordLine } from '../../signal/draft-record.ts';
import type { SumSaid } from './sums.ts';

/**
 * One thing that stands in the record, as far as a draft can say otherwise.
 *
 * @property contents what it is about, in each of its wordings
 * @property words all its wordings, for what words alone show
 * @property dates days it was given for
 * @property is open: it binds now; agreed: both sides said so; refused: they said no; past: it was and binds no more
 * @property isQuotable what was offered without prejudice is put into no reply
 */
export type Held = {
  readonly line: RecordLine;
  readonly contents: readonly Content[];
  readonly words: string;
  readonly sums: readonly SumSaid[];
  readonly dates: readonly LocalDate[];
  readonly is: 'open' | 'agreed' | 'refused' | 'past';
  /** Of an offer, their answer to it. */
  readonly answer: RecordLine | null;
  /** Of a sum, that it was paid. */
  readonly isPaid: boolean;
  readonly isQuotable: boolean;
};

/** A point with what it is about; `line` quotes what settled it, else what asked it. */
export type HeldPoint = {
  readonly line: RecordLine;
  readonly state: 'open' | 'answered' | 'agreed' | 'closed' | 'withdrawn' | 'merged';
  readonly isFounded: boolean;
  readonly words: string;
  readonly content: PointContent;
  /** All that it is about; its title is in the reader's language, which may be another than theirs. */
  readonly whole: Content;
};

export function contentIn(text: string): Content {
  return contentOf(text, readText(text).lang);
}

/** What a text is about beside its sums, shares and days. */
export function withoutNumbers(content: Content): Content {
  return content.filter(
    ({ particular }) => particular === null || particular === 'identifier' || particular === 'count',
  );
}

/** Whether both are about the same thing, whatever sums and days they name. */
export function isSameThing(one: Content, { contents }: Pick<Held, 'contents'>): boolean {
  const bare = withoutNumbers(one);
  return contents.some((content) => {
    const likeness = likenessOf(bare, withoutNumbers(content));
    return likeness !== null && likeness.conflict.length === 0;
  });
}

/** Two of three are nearly all. */
const NEARLY_ALL = 0.66;

/**
 * Whether one speaks of all that the other does: what is denied of a thing is denied by a line about all of it. Nothing
 * that both name by a number may differ.
 */
export function covers(content: Content, denied: Content): boolean {
  const shared = sharedThings(denied, content);
  const isEnough = sumOf(shared) >= NEARLY_ALL * sumOf(denied);
  const isSpecific = shared.some((thing) => isTelling(thing) || thing.particular !== null);
  return isEnough && isSpecific && conflictOf(denied, content).length === 0;
}

const ORDINALS: readonly RegExp[] = [
  /(?<!\p{L})(?:first|1st|перв\p{L}*|ensimmäi\p{L}*)(?!\p{L})/iu,
  /(?<!\p{L})(?:second|2nd|втор(?:ой|ая|ое|ого|ую|ом)|toi(?:nen|sen|sta|sesta|sessa|seen))(?!\p{L})/iu,
  /(?<!\p{L})(?:third|3rd|трет(?:ий|ья|ье|ьего|ью|ьем)|kolma(?:s|nnen|tta|nnesta|nteen))(?!\p{L})/iu,
  /(?<!\p{L})(?:fourth|4th|четв[её]рт\p{L}*|neljä(?:s|nnen|ttä|nnestä|nteen))(?!\p{L})/iu,
];

/** Whether what is claimed names no first, second or third one that the other text does not speak of. */
export function isOneInOrder(claimed: string, words: string): boolean {
  return ORDINALS.every((ordinal) => !ordinal.test(claimed) || ordinal.test(words));
}
