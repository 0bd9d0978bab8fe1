import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SIDES } from '../packages/language/src/acts/act-weights.ts';
import { type Concepts, readConcepts } from '../packages/language/src/concepts/concepts.ts';
import { createEngine } from '../packages/language/src/engine.ts';
import type { RuleLang } from '../packages/language/src/finding.ts';
import { readModels } from '../packages/language/src/model/models.ts';
import { loadPacks } from '../packages/language/src/node.ts';
import { actRows } from './train/act-rows.ts';
import { learnActs } from './train/acts.ts';
import { calibrate, type Judged, lowestThreshold } from './train/calibrate.ts';
import { writeCard } from './train/card.ts';
import { compileConcepts, conceptLists } from './train/concept-lists.ts';
import { englishExamples } from './train/examples-en.ts';
import { finnishExamples, PLANS_FI } from './train/examples-fi.ts';
import { PLANS_RU, russianExamples } from './train/examples-ru.ts';
import {
  type Corpus,
  corpusOf,
  type Example,
  foldModels,
  isMeasured,
  type LabelPlan,
  outOfFold,
  shippedModel,
} from './train/fit.ts';
import { tuneForecast } from './train/forecast.ts';
import { KINDS_RU, kinOf } from './train/kin.ts';
import { markedF1, markedTexts } from './train/marked-words.ts';
import { type Learnt, packWeights } from './train/pack-weights.ts';
import { PLANS_EN } from './train/plans-en.ts';
import { reportOf } from './train/report.ts';
import { dataFolder, isDataThere } from './train/rows.ts';

// Learns the weights of the language models from language-data and writes them, and what they are worth, next to the
// package. Nothing here is random: the same data gives the same bytes. `train.ts ru` learns one language only, `train.ts
// acts` only what sentences do.

/** Best by characters over the marked texts. */
const MARK_THRESHOLD = 0.02;

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'packages/language/weights');

const LANGS: readonly RuleLang[] = ['en', 'ru', 'fi'];
const LANGUAGES: Readonly<
  Record<
    RuleLang,
    {
      examples: (folder: string) => Example[];
      plans: readonly LabelPlan[];
      folds?: number;
      kinds?: readonly RegExp[];
    }
  >
> = {
  en: { examples: englishExamples, plans: PLANS_EN },
  ru: { examples: russianExamples, plans: PLANS_RU, folds: 10, kinds: KINDS_RU },
  fi: { examples: finnishExamples, plans: PLANS_FI },
};

const folder = dataFolder(root);
if (isDataThere(folder)) await train(process.argv.slice(2));
else {
  console.error(`There is no language data at ${folder}; the committed weights stay as they are.`);
  console.error('Set EVENKEEL_LANGUAGE_DATA to the folder that holds it.');
  process.exitCode = 2;
}

async function train(wanted: readonly string[]): Promise<void> {
  const isAsked = (part: string) => wanted.length === 0 || wanted.includes(part);
  mkdirSync(target, { recursive: true });
  for (const lang of LANGS) if (isAsked(lang)) trainLanguage(lang);
  if (isAsked('forecast')) trainForecast();
  if (isAsked('acts')) await trainActs();
  writeCard(root);
}

/** What sentences do, where the rules alone do not see it. */
async function trainActs(): Promise<void> {
  const known = new Map(LANGS.map((lang) => [lang, conceptsOf(lang)]));
  const tone = LANGS.map((lang) => readFileSync(join(target, `${lang}.bin`)));
  const packs = await loadPacks(join(root, 'packages/language'));
  const rules = createEngine(packs, readModels(tone, [...known.values()]));
  const figures = LANGS.flatMap((lang) => {
    const concepts = known.get(lang) ?? null;
    return SIDES.map((side) => {
      const learnt = learnActs(actRows(root, folder, lang, side), lang, side, rules, concepts);
      writeFileSync(join(target, `${lang}.${side}.acts`), learnt.bytes);
      console.log(`${lang}.${side}.acts: ${learnt.bytes.length} bytes, ${learnt.figures.written} sentences`);
      return { lang, side, ...learnt.figures };
    });
  });
  writeFileSync(join(target, 'acts.json'), `${JSON.stringify(figures, null, 1)}\n`);
}

/** What words mean: compiled anew, and written, for everything that is learnt with it. */
function conceptsOf(lang: RuleLang): Concepts {
  const bytes = compileConcepts(lang, listsOf(lang));
  writeFileSync(join(target, `${lang}.concepts`), bytes);
  return readConcepts(bytes);
}

function listsOf(lang: RuleLang): ReturnType<typeof conceptLists> {
  return conceptLists(join(root, 'packages/language/concepts'), lang);
}

function trainLanguage(lang: RuleLang): void {
  const { examples, plans, folds, kinds } = LANGUAGES[lang];
  const concepts = conceptsOf(lang);
  const kin = kinds
    ? kinOf(
        listsOf(lang).map(({ name }) => name),
        kinds,
      )
    : null;
  const corpus = corpusOf(lang, examples(folder), concepts, folds, kin);
  const figures: Record<string, unknown> = {};
  const learnt = plans.map((plan): Learnt => {
    const ofFolds = foldModels(corpus, plan);
    const logits = outOfFold(corpus, plan, ofFolds);
    const calibration = calibrate(judgedOf(corpus, plan, logits), lowestOf(corpus, plan, logits));
    figures[plan.name] =
      plan.name === 'span' ? markedFigures(corpus, logits) : reportOf(corpus, plan, logits, calibration);
    console.log(lang, plan.name, JSON.stringify(calibration));
    return { plan, weights: shippedModel(corpus, plan, ofFolds), calibration };
  });
  const bytes = packWeights(lang, learnt, concepts);
  writeFileSync(join(target, `${lang}.bin`), bytes);
  writeFileSync(
    join(target, `${lang}.json`),
    `${JSON.stringify({ lang, bytes: bytes.length, figures }, null, 1)}\n`,
  );
  console.log(`${lang}.bin: ${bytes.length} bytes, ${corpus.examples.length} texts`);
}

function markedFigures(corpus: Corpus, logits: Float64Array): Record<string, unknown> {
  const texts = markedTexts(folder);
  const f1 = markedF1(texts, corpus.examples, logits, MARK_THRESHOLD);
  return { en_toxic_spans: { n: texts.length, characterF1: Math.round(f1 * 1e4) / 1e4 } };
}

/** The forecast reads tone by the English weights, so it is tuned behind them. */
function trainForecast(): void {
  const { calibration, figures } = tuneForecast(folder, join(target, 'en.bin'), [conceptsOf('en')]);
  const { slope, shift } = calibration;
  const lines = `// Written by scripts/train.ts.\n\nexport const CALIBRATION = { slope: ${slope}, shift: ${shift} } as const;\n`;
  writeFileSync(join(root, 'packages/language/src/forecast/calibration.gen.ts'), lines);
  writeFileSync(join(target, 'forecast.json'), `${JSON.stringify({ figures }, null, 1)}\n`);
  console.log('forecast', JSON.stringify(figures));
}

function judgedOf(corpus: Corpus, plan: LabelPlan, logits: Float64Array): Judged[] {
  return plan.judgedOn.map(({ source, figure, share }) => {
    const rows = rowsOf(corpus, plan, source);
    return {
      name: source,
      logits: rows.map((at) => logits[at] as number),
      truths: rows.map((at) => corpus.examples[at]?.targets[plan.name]?.target === 1),
      figure,
      share,
    };
  });
}

/** Where the threshold may lie at the lowest, by the harmless texts of a plan. */
function lowestOf(corpus: Corpus, plan: LabelPlan, logits: Float64Array): number {
  const calm = (plan.calmOn ?? []).flatMap((source) => rowsOf(corpus, plan, source));
  const kinds = new Set(plan.calmKinds?.kinds);
  const ofKinds = corpus.examples.flatMap(({ kind }, at) => (kind && kinds.has(kind) ? [at] : []));
  const lowest = (rows: readonly number[], mostAlarms: number) =>
    lowestThreshold(
      rows.map((at) => logits[at] as number),
      mostAlarms,
    );
  return Math.max(lowest(calm, plan.mostAlarms ?? 1), lowest(ofKinds, plan.calmKinds?.mostAlarms ?? 1));
}

function rowsOf(corpus: Corpus, plan: LabelPlan, source: string): number[] {
  return corpus.examples.flatMap((example, at) =>
    example.source === source && isMeasured(example, plan) ? [at] : [],
  );
}
