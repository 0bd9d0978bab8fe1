import type { RuleLang } from '../finding.ts';
import { type Choice, createPatternReader, type Test } from '../rules/pattern.ts';
import { createNumbering, createVocabulary } from '../rules/vocabulary.ts';
import type { Form } from '../text/forms.ts';

/** The word lists of the packs that a form is in, and the two words that a contraction stands for. */
export type WordClasses = (form: Form) => {
  readonly names: readonly string[];
  readonly split: readonly [host: string, clitic: string] | undefined;
};

/** @param words the lists of the pack that ships; entries of several words are left out */
export function createWordClasses(
  lang: RuleLang,
  words: Readonly<Record<string, readonly string[]>>,
): WordClasses {
  const reader = createPatternReader(words, lang);
  const { tables, addAtom } = createNumbering(lang);
  const names = Object.keys(words);
  for (const name of names) addAtom(testsOf(reader.list(name)), []);
  const { entryOf } = createVocabulary(lang, tables, () => []);
  return (form) => {
    const { atoms, split } = entryOf(form);
    return { names: atoms.map((atom) => names[atom] as string), split };
  };
}

function testsOf({ singles, others }: Choice): readonly Test[] {
  return [...singles.filter(({ how }) => how !== 'class'), ...others.flatMap(testsOf)];
}
