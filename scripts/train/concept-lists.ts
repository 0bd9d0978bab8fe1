import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BEGINS,
  type ConceptEntry,
  phraseKey,
  writeConcepts,
} from '../../packages/language/src/concepts/concepts.ts';
import type { RuleLang } from '../../packages/language/src/finding.ts';
import { hashOf } from '../../packages/language/src/model/hash.ts';
import { askedStems, splitForm, stemsOf } from '../../packages/language/src/rules/atoms.ts';
import { writtenFor } from '../../packages/language/src/rules/spoken.ts';
import { normalise } from '../../packages/language/src/text/normalise.ts';
import { PUNCTUATION, tokensOf } from '../../packages/language/src/text/tokens.ts';

// Compiles `packages/language/concepts/<lang>/*.txt`: lines `name: word, word, two words`, and comments behind `#`.

/** A concept and the words and phrases that stand for it. */
type Concept = { readonly name: string; readonly words: readonly string[] };

const LINE = /^(?<name>[a-z0-9-]+):(?<words>.+)$/gm;
/** A phrase of more words is not met as a whole. */
const LONGEST_PHRASE = 3;

/** The concepts of a language by name; what several files say of one is taken together. */
export function conceptLists(folder: string, lang: RuleLang): readonly Concept[] {
  const all = new Map<string, Set<string>>();
  for (const name of globSync(`${lang}/*.txt`, { cwd: folder }).sort())
    for (const { groups } of readFileSync(join(folder, name), 'utf8').matchAll(LINE)) {
      const words = all.get(groups?.name ?? '') ?? new Set();
      for (const word of (groups?.words ?? '').split(',')) if (word.trim() !== '') words.add(word.trim());
      all.set(groups?.name ?? '', words);
    }
  return [...all]
    .map(([name, words]) => ({ name, words: [...words] }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The bytes of `weights/<lang>.concepts`; the version is a hash of them. */
export function compileConcepts(lang: RuleLang, concepts: readonly Concept[]): Uint8Array {
  const entries = concepts.flatMap(({ words }, concept) =>
    words.flatMap((word) => entriesOf(word, lang, concept)),
  );
  const distinct = new Map(entries.map((entry) => [`${entry.key} ${entry.concept}`, entry]));
  const sorted = [...distinct.values()].sort((a, b) => a.key - b.key || a.concept - b.concept);
  const hash = createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
  return writeConcepts(lang, { version: hash.slice(0, 8), size: concepts.length }, sorted);
}

function entriesOf(entry: string, lang: RuleLang, concept: number): ConceptEntry[] {
  const [first, ...others] = wordsOf(entry, lang);
  if (first === undefined || others.length >= LONGEST_PHRASE) return [];
  if (others.length === 0) return keysOf(first, lang).map((key) => ({ key, concept }));
  let key = firstKey(first, lang);
  return [
    ...others.flatMap((word) => {
      const begun = { key, concept: BEGINS };
      key = phraseKey(key, firstKey(word, lang));
      return begun;
    }),
    { key, concept },
  ];
}

/** The words that an entry is cut into, as texts are. */
function wordsOf(entry: string, lang: RuleLang): string[] {
  const { text } = normalise(entry);
  const words = tokensOf(text, 0, text.length).filter(({ kind }) => (kind & PUNCTUATION) === 0);
  return words
    .flatMap(({ form }) => (lang === 'en' ? (splitForm(form) ?? [form]) : [form]))
    .map((form) => writtenFor(form, lang)[0] ?? form);
}

/** The keys that a word is met by: in Finnish those of each reading, elsewhere its own stem. */
function keysOf(word: string, lang: RuleLang): number[] {
  return lang === 'fi' ? askedStems(word, lang).map(hashOf) : [firstKey(word, lang)];
}

function firstKey(word: string, lang: RuleLang): number {
  return hashOf(stemsOf(word, lang)[0] ?? word);
}
