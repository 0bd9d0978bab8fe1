import { type Engine, scoresOf } from '@evenkeel/language/engine';
import type { Scores } from '@evenkeel/language/finding';
import { type Row, rowsOf } from './data.ts';
import { aucOf, countsOf, decimal, f1Of, type Scored, tableOf } from './figures.ts';
import type { Flagger } from './peers.ts';

type Task = {
  readonly file: string;
  readonly score: keyof Scores;
  readonly label: string;
  /** The rows that have a truth for the label; all of them when absent. */
  readonly isAsked?: (row: Row) => boolean;
  /** The weights were trained on this file, so the figure is no proof; the model card has cross-validation. */
  readonly isSeen?: boolean;
};

const asked = (label: string) => (row: Row) => row.asked_all?.some(([name]) => name === label) ?? false;
const FINNISH = [
  ['obscene', 'obscene'],
  ['toxicity', 'toxicity'],
  ['insult', 'insult'],
  ['threat', 'threat'],
  ['identity', 'identity_attack'],
] as const;

const TASKS: readonly Task[] = [
  { file: 'en_toxicity_wiki', score: 'toxicity', label: 'toxic', isSeen: true },
  { file: 'en_toxicity_surge', score: 'toxicity', label: 'toxic', isSeen: true },
  { file: 'en_toxicity_codereview', score: 'toxicity', label: 'toxic' },
  { file: 'en_offensive_olid', score: 'toxicity', label: 'offensive' },
  { file: 'en_insult_threat_civil', score: 'insult', label: 'insult', isSeen: true },
  { file: 'en_insult_threat_civil', score: 'threat', label: 'threat', isSeen: true },
  {
    file: 'en_politeness_wiki',
    score: 'politeness',
    label: 'polite',
    isAsked: isPoliteOrNot,
    isSeen: true,
  },
  {
    file: 'en_politeness_stackexchange',
    score: 'politeness',
    label: 'polite',
    isAsked: isPoliteOrNot,
    isSeen: true,
  },
  { file: 'en_complaints_tweets', score: 'complaint', label: 'complaint' },
  { file: 'en_irony_tweets', score: 'sarcasm', label: 'irony' },
  { file: 'en_sarcasm_dialogue', score: 'sarcasm', label: 'sarcasm' },
  { file: 'ru_toxicity_vk', score: 'toxicity', label: 'toxic', isSeen: true },
  { file: 'ru_toxicity_combined', score: 'toxicity', label: 'toxic' },
  { file: 'ru_abusive_youtube', score: 'toxicity', label: 'abusive' },
  { file: 'ru_detox_pairs', score: 'toxicity', label: 'toxic' },
  ...FINNISH.map(([score, label]) => ({
    file: 'fi_toxicity_suomi24',
    score,
    label,
    isAsked: asked(label),
    isSeen: true,
  })),
];

function isPoliteOrNot({ labels }: Row): boolean {
  return labels.includes('polite') || labels.includes('impolite');
}

/** The eight scores against every labelled set, beside what the peers flag. */
export function toneTable(engine: Engine, peers: readonly Flagger[]): string {
  return tableOf(
    [
      'set',
      'score',
      'rows',
      'AUC',
      'F1 at .5',
      'macro-F1',
      'accuracy',
      ...peers.map(({ name }) => `F1 ${name}`),
    ],
    TASKS.map((task) => {
      const rows = rowsOf(task.file).filter(task.isAsked ?? (() => true));
      const truth = ({ labels }: Row) => labels.includes(task.label);
      const scored: Scored[] = rows.map((row) => ({
        score: scoresOf(engine, row.text, { lang: row.lang })[task.score] ?? 0,
        isPositive: truth(row),
      }));
      const counts = countsOf(scored);
      const other = { tp: counts.tn, fp: counts.fn, fn: counts.fp };
      return [
        `${task.file}${task.isSeen ? ' (trained on)' : ''}`,
        task.score,
        String(rows.length),
        decimal(aucOf(scored)),
        decimal(f1Of(counts)),
        decimal((f1Of(counts) + f1Of(other)) / 2),
        decimal((counts.tp + counts.tn) / rows.length),
        ...peers.map(({ flags }) =>
          task.score === 'politeness'
            ? '–'
            : decimal(
                f1Of(
                  countsOf(rows.map((row) => ({ score: flags(row.text) ? 1 : 0, isPositive: truth(row) }))),
                ),
              ),
        ),
      ];
    }),
  );
}

/** How often the harsh wording of a pair scores above the calm one that says the same. */
export function pairOrder(engine: Engine): string {
  const byPair = new Map<string, { toxic?: number; calm?: number }>();
  for (const row of rowsOf('ru_detox_pairs')) {
    const pair = byPair.get(row.pair!) ?? {};
    pair[row.labels.includes('toxic') ? 'toxic' : 'calm'] =
      scoresOf(engine, row.text, { lang: 'ru' }).toxicity ?? 0;
    byPair.set(row.pair!, pair);
  }
  const whole = [...byPair.values()].filter(({ toxic, calm }) => toxic !== undefined && calm !== undefined);
  const right = whole.filter(({ toxic, calm }) => toxic! > calm!).length;
  return `Russian pairs: in ${right} of ${whole.length} the harsh wording scores above the calm one.`;
}
