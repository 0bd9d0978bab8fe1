import { finnishFormsMeet } from '../src/finnish.ts';
import { type Paradigm, paradigms } from './finnish-paradigms.ts';

/** The pairs named in the design: everyday words of which a Snowball stemmer brings four together. */
export const EVERYDAY_PAIRS: readonly (readonly [string, string])[] = [
  ['sopimus', 'sopimuksia'],
  ['sopimuksen', 'sopimukset'],
  ['laskut', 'laskun'],
  ['palkkaa', 'palkan'],
  ['lomasta', 'lomalla'],
  ['kokous', 'kokouksessa'],
  ['asiakas', 'asiakkaalle'],
  ['riita', 'riidan'],
  ['oikeus', 'oikeuden'],
  ['työntekijä', 'työntekijöiden'],
  ['kauppa', 'kaupan'],
  ['kirje', 'kirjeen'],
];

export type Pair = { readonly one: string; readonly other: string; readonly lemmas: string };
export type Measured = { readonly drawn: number; readonly met: number; readonly exceptions: readonly Pair[] };

const SEED = 20_240_517;

/** Draws pairs of two forms of one word, a fifth of them with a clitic or possessive. `exceptions` did not meet. */
export function measureRelated(count: number, seed: number = SEED): Measured {
  const random = mulberry32(seed);
  const table = paradigms();
  const pairs = Array.from({ length: count }, () => {
    const paradigm = pick(table, random);
    const one = pick(paradigm.forms, random);
    const other = pick(
      paradigm.forms.filter((form) => form !== one),
      random,
    );
    return {
      one,
      other: random() < 0.2 ? decorated(other, paradigm, random) : other,
      lemmas: paradigm.lemma,
    };
  });
  const missed = pairs.filter((pair) => !finnishFormsMeet(pair.one, pair.other));
  return { drawn: count, met: count - missed.length, exceptions: missed };
}

/** Draws forms of two different words, half of them words with the same beginning. `exceptions` met falsely. */
export function measureUnrelated(count: number, seed: number = SEED): Measured {
  const random = mulberry32(seed + 1);
  const table = paradigms();
  const pairs = Array.from({ length: count }, (_none, at) => {
    const one = pick(table, random);
    const others = table.filter((paradigm) => paradigm.lemma !== one.lemma);
    const near = others.filter((paradigm) => paradigm.lemma.slice(0, 2) === one.lemma.slice(0, 2));
    const other = pick(at % 2 === 0 && near.length > 0 ? near : others, random);
    return {
      one: pick(one.forms, random),
      other: pick(other.forms, random),
      lemmas: `${one.lemma} | ${other.lemma}`,
    };
  });
  const met = pairs.filter((pair) => finnishFormsMeet(pair.one, pair.other));
  return { drawn: count, met: met.length, exceptions: met };
}

/** laskunkin, laskuko, laskuni, laskumme: a clitic on any form, a possessive on the nominative's vowel. */
function decorated(form: string, paradigm: Paradigm, random: () => number): string {
  const back = /[aou]/.test(form);
  const owned =
    form === paradigm.lemma && /[aouiyöä]$/.test(form) && !/(?:si|mpi|vi|mi|ti|li|ri|ki)$/.test(form);
  if (owned) return form + pick(['ni', 'mme', back ? 'nsa' : 'nsä'], random);
  return form + pick(back ? ['kin', 'ko', 'han', 'kaan'] : ['kin', 'kö', 'hän', 'kään'], random);
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function print(): void {
  const everyday = EVERYDAY_PAIRS.filter(([one, other]) => finnishFormsMeet(one, other)).length;
  const related = measureRelated(200);
  const unrelated = measureUnrelated(200);
  console.log(`everyday pairs: ${everyday} of ${EVERYDAY_PAIRS.length}`);
  console.log(`drawn pairs of one word: ${related.met} of ${related.drawn}`);
  for (const pair of related.exceptions) console.log(`  missed: ${pair.one} ~ ${pair.other}`);
  console.log(`drawn pairs of two words: ${unrelated.met} false of ${unrelated.drawn}`);
  for (const pair of unrelated.exceptions)
    console.log(`  false: ${pair.one} ~ ${pair.other} (${pair.lemmas})`);
  const many = measureUnrelated(20_000);
  console.log(`and of 20,000: ${many.met} false, ${measureRelated(20_000).met} of 20,000 true`);
}

if (import.meta.main) print();
