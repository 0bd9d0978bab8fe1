import { analyse, type Lang } from '../analyse.ts';
import { fold } from '../characters.ts';
import { ENGLISH_STOP_WORDS, FINNISH_STOP_WORDS, RUSSIAN_STOP_WORDS } from '../stop-words.ts';
import { type Concept, conceptsAt } from './concepts.ts';
import { bonesOf } from './crossing.ts';
import { type Particular, type ParticularKind, particularsIn } from './facts.ts';

/**
 * One thing that a sentence is about. Two things are the same when they share a key: a lexeme of one language, the name of
 * a thing in all three, what a word keeps on its way from one to another, or a number.
 *
 * @property weight 1; ½ for what much is about, 1½ for a sum
 */
export type Thing = {
  readonly keys: readonly string[];
  readonly weight: number;
  readonly words: string;
  readonly particular: ParticularKind | null;
  readonly start: number;
  readonly end: number;
};

/** What a sentence is about, each thing once. */
export type Content = readonly Thing[];

/** What every wish is wrapped in says nothing about what is wished. */
const ASKING = `
  ask asked asking need needs want wants get got give send sent still yet when where why could third second first time
  since make made let put take now already once never ever see know like able without until own going back many much
  must may might shall demand expect use used using nobody anybody everybody somebody service new old again today yesterday tomorrow week here
  когда где почему зачем прошу просил просила нужно надо хочу хотим ещё снова опять наконец раз пожалуйста пришлите
  сделайте дайте здравствуйте добрый день жду ждём хватит сейчас теперь сегодня вчера завтра давайте очень должен должна
  должно должны можно нельзя поставьте никто никому ничего другой свой мой моя моё мои сих пор
  milloin missä miksi yhä vieläkin haluan haluamme tarvitsen pyydän pyysin kerran kerta edelleen nyt lähettäkää antakaa
  tehkää vaadin heti saada saan saisin voitteko tänään eilen huomenna kukaan mitään oltava uusi vanha taas oma omalle`;
const STOP: ReadonlySet<string> = new Set(
  [...ENGLISH_STOP_WORDS, ...FINNISH_STOP_WORDS, ...RUSSIAN_STOP_WORDS, ...ASKING.trim().split(/\s+/)].map(
    fold,
  ),
);
const BROAD = 0.5;
/** Two who name the same sum mostly speak of the same. */
const SUM = 1.5;
/** Letters of a word without a name in other languages whose consonants are worth comparing. */
const SHORTEST_LEXEME = 2;

type Place = {
  readonly folded: string;
  readonly lexemes: readonly string[];
  readonly start: number;
  readonly end: number;
};

/**
 * What a text of a sentence or two is about.
 *
 * @param lang of the text; where it is none of ours, words are compared as they stand
 */
export function contentOf(text: string, lang: string): Content {
  const particulars = particularsIn(text).filter(({ kind }) => kind !== 'name');
  const words = wordsOf(text, lang).filter(
    ({ start, end }) => !particulars.some((one) => one.start < end && start < one.end),
  );
  const until = addressedUntil(text);
  const things = thingsOf(
    words.filter(({ start }) => start >= until),
    text,
    particulars.map(thingOf),
  );
  return things.length > 0 || until === 0 ? things : thingsOf(words, text, []);
}

function thingsOf(words: readonly Place[], text: string, particulars: readonly Thing[]): Content {
  const things = [...particulars];
  for (let at = 0; at < words.length; ) {
    const { thing, taken } = readThing(words, at, text);
    if (thing && !things.some(({ keys }) => keys[0] === thing.keys[0])) things.push(thing);
    at += taken;
  }
  return things;
}

const GREETING =
  '(?:[Hh]i|[Hh]ello|[Hh]ey|[Dd]ear|[Gg]ood morning|[Пп]ривет|[Зз]дравствуйте|[Дд]обрый (?:день|вечер)|[Дд]оброе утро|[Hh]ei|[Mm]oi|[Hh]uomenta)';
const NAMES = String.raw`\p{Lu}\p{Ll}+(?: (?:(?:and|и|ja) )?\p{Lu}\p{Ll}+){0,2}`;
const ADDRESSED = new RegExp(String.raw`^\s*(?:(?:${GREETING}(?:,? ${NAMES})?|${NAMES})[,!]\s*){1,3}`, 'u');

/** Whom a sentence speaks to is not what it is about: "Alex, Mira, where is the login?" */
function addressedUntil(text: string): number {
  return ADDRESSED.exec(text)?.[0].length ?? 0;
}

function thingOf({ kind, key, quote, start, end }: Particular): Thing {
  return { keys: [key], weight: kind === 'sum' ? SUM : 1, words: quote, particular: kind, start, end };
}

function wordsOf(text: string, lang: string): readonly Place[] {
  const known: Lang = lang === 'en' || lang === 'ru' || lang === 'fi' ? lang : 'simple';
  const places = new Map<string, { lexemes: string[]; start: number; end: number }>();
  for (const { lexeme, start, end } of analyse(text, known)) {
    const key = `${start}-${end}`;
    const place = places.get(key);
    if (place) place.lexemes.push(lexeme);
    else places.set(key, { lexemes: [lexeme], start, end });
  }
  const all = [...places.values()].map((place) => ({
    ...place,
    folded: fold(text.slice(place.start, place.end)),
  }));
  // A pair that is one word (e-mail) stands for its parts.
  return all
    .filter((one) => !all.some((other) => other !== one && covers(other, one)))
    .sort((one, other) => one.start - other.start);
}

function covers(one: { start: number; end: number }, other: { start: number; end: number }): boolean {
  return one.start <= other.start && other.end <= one.end && one.end - one.start > other.end - other.start;
}

function readThing(
  words: readonly Place[],
  at: number,
  text: string,
): { thing: Thing | null; taken: number } {
  const { folded, lexemes, start } = words[at]!;
  const concepts = conceptsAt(words, at);
  const taken = Math.max(1, ...concepts.map(([, length]) => length));
  const named = concepts.filter(([, length]) => length === taken).map(([concept]) => concept);
  const isEmpty = named.length === 0 && (STOP.has(folded) || folded.length < SHORTEST_LEXEME);
  if (isEmpty) return { thing: null, taken };
  const end = words[at + taken - 1]!.end;
  const keys = [
    ...new Set([...conceptKeys(named), ...lexemes, ...(named.length > 0 ? [] : bonesKeys(lexemes))]),
  ];
  const weight = named.length > 0 && named.every(({ isBroad }) => isBroad) ? BROAD : 1;
  return { thing: { keys, weight, words: text.slice(start, end), particular: null, start, end }, taken };
}

function conceptKeys(concepts: readonly Concept[]): readonly string[] {
  return concepts.map(({ name }) => `=${name}`);
}

function bonesKeys(lexemes: readonly string[]): readonly string[] {
  return lexemes.flatMap((lexeme) => {
    const bones = bonesOf(lexeme.replace('~', ''));
    return bones === null ? [] : [`%${bones}`];
  });
}
