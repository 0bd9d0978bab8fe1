import type { Example, LabelPlan, Target } from './fit.ts';
import { type Row, readRows } from './rows.ts';

const LABELS = ['toxicity', 'insult', 'threat', 'obscene', 'identity'] as const;

/** Labels with few positives, where telling n-grams did better out of fold; the others did not gain. */
const TELLING: ReadonlySet<string> = new Set(['toxicity', 'threat']);

export const PLANS_FI: readonly LabelPlan[] = LABELS.map((name) => ({
  name,
  ...(TELLING.has(name) ? { favours: 'telling' as const } : {}),
  dense: 'all',
  denseScale: 0.6,
  ngramScale: 0.7,
  penalty: 0.5,
  mix: 0,
  calmOn: ['fi_emotion_subtitles'],
  mostAlarms: 0.02,
  judgedOn: [{ source: 'fi_toxicity_suomi24', figure: 'f1' as const, share: 1 }],
}));

/** All Finnish examples. A text of the forum was asked for one label; what follows from it is given a small weight. */
export function finnishExamples(folder: string): Example[] {
  const examples: Example[] = readRows(folder, 'fi_toxicity_suomi24').map((row) => ({
    text: row.text,
    source: 'fi_toxicity_suomi24',
    group: row.id,
    targets: forumTargets(row),
  }));
  for (const row of readRows(folder, 'fi_emotion_subtitles')) {
    if (row.labels.includes('anger') || row.labels.includes('disgust')) continue;
    const text = row.text.includes('\t') ? (row.text.split('\t')[1] as string) : row.text;
    examples.push({
      text,
      source: 'fi_emotion_subtitles',
      group: row.id,
      targets: Object.fromEntries(LABELS.map((label) => [label, { target: 0, weight: 0.2 }])),
    });
  }
  return examples;
}

/** What was asked counts fully; what follows from it (an insult is toxic, what is not toxic insults nobody) a part. */
function forumTargets(row: Row): Example['targets'] {
  const targets: Record<string, Target> = {};
  for (const [asked, answer] of row.asked_all ?? []) {
    const label = asked === 'identity_attack' ? 'identity' : asked;
    if (label === 'severe_toxicity' && !answer) continue;
    for (const [other, weight] of answer ? impliedBy(label) : [])
      targets[other] ??= { target: 1, weight, implied: true };
    if (label === 'toxicity' && !answer)
      for (const other of ['insult', 'threat', 'identity'])
        targets[other] ??= { target: 0, weight: IMPLIED, implied: true };
    if (label !== 'severe_toxicity') targets[label] = { target: answer ? 1 : 0, weight: 1 };
  }
  return targets;
}

const IMPLIED = 0.4;

function impliedBy(label: string): [string, number][] {
  return label === 'toxicity' || label === 'obscene' ? [] : [['toxicity', IMPLIED]];
}
