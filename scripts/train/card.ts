import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Figures = Record<string, Record<string, Record<string, number | number[]>>>;

const BEGIN = '<!-- figures: written by scripts/train.ts -->';
const END = '<!-- end of figures -->';

/** Writes the measured tables into the model card, between its two marks, once everything was learnt; the words around them are by hand. */
export function writeCard(root: string): void {
  if (
    !['en', 'ru', 'fi', 'forecast'].every((name) =>
      existsSync(join(root, 'packages/language/weights', `${name}.json`)),
    )
  )
    return;
  const card = join(root, 'docs/explain/language-model.md');
  const weights = join(root, 'packages/language/weights');
  const figuresOf = (name: string) =>
    (JSON.parse(readFileSync(join(weights, `${name}.json`), 'utf8')) as { figures: Figures }).figures;
  const tables = (['en', 'ru', 'fi'] as const).map((lang) => languageTable(lang, figuresOf(lang)));
  const text = readFileSync(card, 'utf8');
  const before = text.slice(0, text.indexOf(BEGIN) + BEGIN.length);
  const after = text.slice(text.indexOf(END));
  const forecast = (
    JSON.parse(readFileSync(join(weights, 'forecast.json'), 'utf8')) as { figures: Figures[string] }
  ).figures;
  writeFileSync(
    card,
    `${before}\n\n${tables.join('\n\n')}\n\n${biasTable(figuresOf('en'))}\n\n${forecastTable(forecast)}\n\n${after}`,
  );
}

function languageTable(lang: string, figures: Figures): string {
  const judged: string[] = [];
  const calm: string[] = [];
  for (const [label, sources] of Object.entries(figures))
    for (const [source, one] of Object.entries(sources)) {
      if (source.startsWith('kind ')) continue;
      if (one.auc !== undefined)
        judged.push(
          `| ${label} | ${source} | ${one.n} | ${one.positives} | ${one.auc} | ${one.averagePrecision} | ${one.precision} | ${one.recall} | ${one.f1} | ${one.macroF1} | ${one.accuracy} (${interval(one.accuracyInterval)}) |`,
        );
      else if (one.characterF1 !== undefined)
        judged.push(
          `| words marked | ${source} | ${one.n} | | | | | | ${one.characterF1} by characters | | |`,
        );
      else if (label === 'toxicity')
        calm.push(`| ${source} | ${one.n} | ${one.flagged} | ${interval(one.shareInterval)} |`);
    }
  return [
    `### ${lang}`,
    '',
    '| label | texts | n | positive | AUC | AP | precision | recall | F1 | macro-F1 | accuracy (95 %) |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...judged,
    '',
    'Toxicity at .5 where the set has one answer only:',
    '',
    '| texts | n | flagged | share (95 %) |',
    '|---|---|---|---|',
    ...calm,
  ].join('\n');
}

function biasTable(figures: Figures): string {
  const rows = Object.entries(figures.toxicity ?? {}).filter(([source]) => source.startsWith('kind '));
  return [
    '### HateCheck by what a sentence tries out (toxicity at .5)',
    '',
    'Names ending in `_nh` are not hateful, those ending in `_h` are.',
    '',
    '| function | n | flagged | share (95 %) |',
    '|---|---|---|---|',
    ...rows.map(
      ([source, one]) =>
        `| ${source.slice(5)} | ${one.n} | ${one.flagged} | ${interval(one.shareInterval)} |`,
    ),
  ].join('\n');
}

function forecastTable(figures: Figures[string]): string {
  return [
    '### Forecast (alarm at .5)',
    '',
    '| talks | n | derail | AUC | deferral | accuracy (95 %) | F1 | false alarms |',
    '|---|---|---|---|---|---|---|---|',
    ...Object.entries(figures ?? {}).flatMap(([source, one]) => [
      `| ${source} | ${one.n} | ${one.positives} | ${one.auc} | without | ${one.accuracy} (${interval(one.accuracyInterval)}) | ${one.f1} | ${one.falseAlarms} |`,
      `| ${source} | ${one.n} | ${one.positives} | | ${one.deferred} held back | ${one.accuracyDeferred} (${interval(one.accuracyIntervalDeferred)}) | ${one.f1Deferred} | ${one.falseAlarmsDeferred} |`,
    ]),
  ].join('\n');
}

function interval(range: number | number[] | undefined): string {
  return Array.isArray(range) ? range.map((value) => value.toFixed(3)).join('–') : '';
}
