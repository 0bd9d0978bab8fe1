import type { Example, LabelPlan } from './fit.ts';
import { type Row, readRows } from './rows.ts';
import { madeRussian } from './synthetic-ru.ts';
import { toneExamples } from './tones.ts';
import { wordListExamples } from './word-lists.ts';

const TONE = [
  'mat',
  'rude',
  'insult',
  'contempt',
  'coarse',
  'slur',
  'violence',
  'you',
  'harshNearYou',
  'harshNearMe',
  'harshQuoted',
  'harshCapitals',
  'harshShare',
  'violenceNearYou',
  'masked',
  'vile',
  'doomed',
  'rebuff',
  'campSlur',
  'exclamations',
  'capitals',
  'mat^',
  'rude^',
  'insult^',
  'polite',
  'positive',
  'negation',
];

export const PLANS_RU: readonly LabelPlan[] = [
  {
    name: 'toxicity',
    dense: TONE,
    denseScale: 1,
    ngramScale: 1,
    conceptScale: 1.25,
    kinScale: 3,
    favours: 'telling',
    second: { sources: ['tones/ru/comments'], share: 0.25 },
    penalty: 0.35,
    mix: 0.2,
    calmOn: ['ru_emotion_subtitles', 'made'],
    mostAlarms: 0.03,
    judgedOn: [
      { source: 'ru_toxicity_vk', figure: 'f1', share: 1 },
      { source: 'ru_toxicity_combined', figure: 'f1', share: 1 },
    ],
  },
];

type Known = { target: number; weight: number } | null;

/** All Russian examples: what may be learnt from and, with weight 0, what is only measured. */
export function russianExamples(folder: string): Example[] {
  const examples: Example[] = [];
  const add = (name: string, known: (row: Row) => Known, group = (row: Row) => row.id) => {
    for (const row of readRows(folder, name)) {
      const toxicity = known(row);
      if (toxicity)
        examples.push({
          text: row.text,
          source: name,
          group: `${name}:${group(row)}`,
          targets: { toxicity },
        });
    }
  };
  const judged =
    (weight: number, ...labels: string[]) =>
    (row: Row) => ({
      target: labels.some((label) => row.labels.includes(label)) ? 1 : 0,
      weight,
    });
  add('ru_toxicity_vk', judged(2, 'toxic'));
  add('ru_toxic_lines_positive_only', judged(0.5, 'toxic'));
  add('ru_emotion_subtitles', (row) =>
    row.labels.includes('anger') || row.labels.includes('disgust') ? null : { target: 0, weight: 0.7 },
  );
  for (const text of madeRussian())
    examples.push({
      text,
      source: 'made',
      group: `made:${text.slice(0, 16)}`,
      targets: { toxicity: { target: 0, weight: 0.7 } },
    });
  const calm = examples.filter(({ targets }) => targets.toxicity?.target === 0);
  examples.push(
    ...wordListExamples(
      folder,
      'ru_bad_wordlist_alla-g_MIT.txt',
      'toxicity',
      calm.map(({ text }) => text),
    ),
  );
  examples.push(
    ...toneExamples('ru', 'comments', (is) => ({ toxicity: { target: is ? 1 : 0, weight: 0.5 } })),
  );
  add('ru_toxicity_combined', judged(0, 'toxic'));
  add('ru_abusive_youtube', judged(0, 'abusive'));
  add('ru_detox_pairs', judged(0, 'toxic'), (row) => row.pair ?? row.id);
  add('ru_company_tweets', () => ({ target: 0, weight: 0 }));
  add('raw_ru_bank_complaints', () => ({ target: 0, weight: 0 }));
  return examples;
}
