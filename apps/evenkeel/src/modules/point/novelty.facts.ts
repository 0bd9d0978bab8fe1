import { inLatin } from '@evenkeel/language/content/crossing';
import { clueOf, nameRoot, type Particular, particularsIn } from '@evenkeel/language/content/facts';

/** An earlier text of the record, of either side. */
export type EarlierText = { readonly text: string };

/**
 * The particulars of a text that stand in no earlier one, in whatever language or way they are written there; each once.
 *
 * @param isOwn whether words at an offset are the writer's own: what was quoted is not said anew
 * @param known names of the people concerned, who are no news
 */
export function newParticulars(
  text: string,
  isOwn: (start: number) => boolean,
  earlier: readonly EarlierText[],
  known: readonly string[],
): readonly Particular[] {
  const here = particularsIn(text).filter(({ start }) => isOwn(start));
  const once = here.filter((one, at) => here.findIndex(({ key }) => key === one.key) === at);
  const names = known.map((name) => inLatin(name.toLowerCase()));
  let left: readonly Looked[] = once
    .filter((one) => one.kind !== 'name' || !names.some((name) => name.includes(nameRoot(one.key))))
    .map(lookedFor);
  for (const { text: before } of earlier) {
    if (left.length === 0) return [];
    left = withoutThoseIn(left, before);
  }
  return left.map(({ one }) => one);
}

/** Reading the particulars of a text is a hundred times dearer than looking whether it can hold one at all. */
function withoutThoseIn(wanted: readonly Looked[], text: string): readonly Looked[] {
  const possible = wanted.filter(({ isIn }) => isIn(text));
  if (possible.length === 0) return wanted;
  const isMet = ({ one, clue }: Looked) => clue === null || keysBeside(clue, text).has(one.key);
  const met = new Set(possible.filter(isMet));
  return wanted.filter((each) => !met.has(each));
}

/** The particulars in the lines in which a clue stands: a number, a date or a time ends with its line. */
function keysBeside(clue: RegExp, text: string): ReadonlySet<string> {
  const lines = new Set([...text.matchAll(clue)].map(({ index }) => lineAround(text, index)));
  return new Set([...lines].flatMap((line) => particularsIn(line).map(({ key }) => key)));
}

/** With the line break behind it: "2." alone in its line counts the lines. */
function lineAround(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', at) + 1, end < 0 ? text.length : end + 1);
}

/** A particular that is looked for in earlier texts. @property clue null for a name: its root is enough */
type Looked = {
  readonly one: Particular;
  readonly clue: RegExp | null;
  readonly isIn: (text: string) => boolean;
};

function lookedFor(one: Particular): Looked {
  if (one.kind !== 'name') {
    const clue = clueOf(one);
    return { one, clue, isIn: (text) => text.search(clue) >= 0 };
  }
  const root = nameRoot(one.key);
  const writings = new RegExp(`${root}|${inCyrillic(root)}`, 'iu');
  return { one, clue: null, isIn: (text) => writings.test(text) };
}

const CYRILLIC_OF: readonly (readonly [RegExp, string])[] = [
  [/shch/g, 'щ'],
  [/zh/g, 'ж'],
  [/ch/g, 'ч'],
  [/sh/g, 'ш'],
  [/ts/g, 'ц'],
  [/yu/g, 'ю'],
  [/ya/g, 'я'],
];
const LETTERS = 'abvgdezijklmnoprstufhwcqyxäöå';
const TO_LETTERS = 'абвгдезийклмнопрстуфхвккикяёо';

function inCyrillic(latin: string): string {
  const joined = CYRILLIC_OF.reduce((word, [from, to]) => word.replace(from, to), latin);
  return joined.replace(/[a-zäöå]/g, (letter) => TO_LETTERS[LETTERS.indexOf(letter)] ?? letter);
}
