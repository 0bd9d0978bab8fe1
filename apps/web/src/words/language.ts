import english from './en.json' with { type: 'json' };
import { type Catalogue, type Language, speak } from './t.ts';

const CHOICE = 'evenkeel.language';
const others = import.meta.glob<Catalogue>(['./*.json', '!./en.json'], { import: 'default' });

/** The languages that have a catalogue, English first. */
export const LANGUAGES: readonly string[] = ['en', ...Object.keys(others).map(tagOf)];

/** Takes the language chosen before, else the first of the browser's languages that has a catalogue. */
export async function startLanguage(): Promise<void> {
  const wanted = [localStorage.getItem(CHOICE), ...navigator.languages];
  const tag = wanted.map((each) => each?.split('-')[0]).find((each) => each && LANGUAGES.includes(each));
  if (tag && tag !== 'en') await load(tag);
}

export async function chooseLanguage(tag: string): Promise<void> {
  localStorage.setItem(CHOICE, tag);
  await load(tag);
}

/** What a language calls itself. */
export function nameOfLanguage(tag: string): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}

/** A language with its words; English ones for a tag that has no catalogue. */
export async function wordsOf(tag: string): Promise<Language> {
  const read = others[`./${tag}.json`];
  return { tag, catalogue: read ? await read() : english };
}

async function load(tag: string): Promise<void> {
  const { catalogue } = await wordsOf(tag);
  speak(tag, catalogue);
  document.documentElement.lang = tag;
}

function tagOf(path: string): string {
  return path.slice('./'.length, -'.json'.length);
}
