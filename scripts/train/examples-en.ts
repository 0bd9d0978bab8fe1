import type { Example, LabelPlan, Target } from './fit.ts';
import { furtherMarkedTexts, markedTexts, wordExamples } from './marked-words.ts';
import { type Row, readRows, utf16Spans } from './rows.ts';
import { madeEnglish } from './synthetic-en.ts';

type Targets = Record<string, Target>;

const TONE = [
  'fuck',
  'shit',
  'ass',
  'vulgar',
  'damn',
  'suck',
  'ugh',
  'ugly',
  'awful',
  'silly',
  'odd',
  'hate',
  'stupid',
  'loser',
  'animal',
  'trait',
  'ism',
  'dismiss',
  'slur',
  'violence',
  'threatening',
  'sexual',
  'you',
  'youAre',
  'harshNearYou',
  'harshNearMe',
  'harshQuoted',
  'harshCapitals',
  'harshShare',
  'violenceNearYou',
  'violenceNearMe',
  'masked',
  'exclamations',
  'capitals',
  'damn^',
  'ugh^',
  'dismiss^',
  'stupid^',
  'slur^',
  'gratitude',
  'hedge',
  'apology',
  'negation',
];

const CALM_SETS = ['en_benign_support_chat', 'en_business_email_sentences'];
const f1 = (source: string, share = 1) => ({ source, figure: 'f1' as const, share });
const macro = (source: string, share = 1) => ({ source, figure: 'macroF1' as const, share });
const accuracy = (source: string, share = 1) => ({ source, figure: 'accuracy' as const, share });

/**
 * Cue families of complaints and of irony, weighed by judgement in whole steps: no row that shows them may train
 * weights. Signs follow Preotiuc-Pietro et al. 2019 (complaints address a company, name a fault and negate; praise, links
 * and laughter speak against them) and Joshi et al. 2017 (irony overstates, praises what is bad, asks without asking).
 */
const COMPLAINT = {
  waiting: 1,
  trouble: 1,
  service: 1,
  blame: 1,
  negative: 1,
  negation: 1,
  whyDo: 1,
  awful: 1,
  startsMention: 1,
  praise: -1,
  positive: -1,
  links: -1,
  laughing: -1,
};
const IRONY = {
  ironic: 1,
  'ironic^': 1,
  mock: 1,
  harshNearYou: 1,
  weather: 1,
  intensify: 1,
  questions: 1,
  manyQuestions: 1,
  exclamations: 1,
  dots: 1,
  wink: 1,
  laughing: 1,
  reason: -1,
  words: -1,
  hedge: -1,
  links: -1,
  gratitude: -1,
  mentions: -1,
};

export const PLANS_EN: readonly LabelPlan[] = [
  {
    name: 'toxicity',
    dense: TONE,
    denseScale: 1,
    ngramScale: 1.15,
    favours: 'rare',
    penalty: 0.25,
    mix: 0.4,
    calmOn: CALM_SETS,
    mostAlarms: 0.002,
    calmKinds: { kinds: ['ident_neutral_nh', 'ident_pos_nh'], mostAlarms: 0.04 },
    judgedOn: [
      f1('en_toxicity_codereview'),
      macro('en_offensive_olid'),
      macro('en_toxicity_wiki'),
      f1('en_toxicity_surge', 0.5),
    ],
  },
  {
    name: 'insult',
    dense: TONE,
    denseScale: 1,
    ngramScale: 1,
    penalty: 0.5,
    mix: 0,
    calmOn: CALM_SETS,
    mostAlarms: 0.002,
    judgedOn: [macro('en_insult_threat_civil')],
  },
  {
    name: 'threat',
    dense: TONE,
    denseScale: 1,
    ngramScale: 1,
    penalty: 0.5,
    mix: 0.5,
    calmOn: CALM_SETS,
    mostAlarms: 0.0005,
    judgedOn: [f1('en_insult_threat_civil'), f1('en_hatecheck')],
  },
  {
    name: 'obscene',
    dense: TONE,
    denseScale: 1,
    ngramScale: 0.5,
    penalty: 0.5,
    mix: 0,
    calmOn: CALM_SETS,
    mostAlarms: 0.002,
    judgedOn: [f1('en_insult_threat_civil'), f1('en_hatecheck')],
  },
  {
    name: 'identity',
    dense: [...TONE, 'identity'],
    denseScale: 1,
    ngramScale: 1,
    penalty: 0.5,
    mix: 0,
    calmOn: CALM_SETS,
    mostAlarms: 0.002,
    judgedOn: [f1('en_insult_threat_civil'), macro('en_hatecheck')],
  },
  {
    name: 'politeness',
    dense: 'all',
    denseScale: 0.5,
    ngramScale: 1,
    penalty: 0.5,
    mix: 0,
    judgedOn: [accuracy('en_politeness_wiki'), accuracy('en_politeness_stackexchange')],
  },
  {
    name: 'complaint',
    dense: [],
    denseScale: 0,
    ngramScale: 0,
    penalty: 1,
    mix: 0,
    byHand: COMPLAINT,
    judgedOn: [macro('en_complaints_tweets')],
  },
  {
    name: 'sarcasm',
    dense: [],
    denseScale: 0,
    ngramScale: 0,
    penalty: 1,
    mix: 0,
    byHand: IRONY,
    judgedOn: [f1('en_sarcasm_dialogue'), accuracy('en_sarcasm_dialogue'), macro('en_irony_tweets')],
  },
  { name: 'span', dense: TONE, denseScale: 1, ngramScale: 1, penalty: 4, mix: 0, judgedOn: [] },
];

const yes = (weight = 1) => ({ target: 1, weight });
const no = (weight = 1) => ({ target: 0, weight });
const either = (is: boolean, weight = 1) => (is ? yes(weight) : no(weight));
const calm = (weight: number): Targets => ({
  toxicity: no(weight),
  insult: no(weight * 0.5),
  threat: no(weight * 0.5),
  obscene: no(weight * 0.5),
  identity: no(weight * 0.5),
});

/** All English examples: what may be learnt from and, with weight 0, what is only measured. */
export function englishExamples(folder: string): Example[] {
  const examples: Example[] = [];
  const add = (name: string, targets: (row: Row) => Targets | null, group = (row: Row) => row.id) => {
    for (const row of readRows(folder, name)) {
      const known = targets(row);
      if (known)
        examples.push({
          text: row.text,
          source: name,
          group: `${name}:${group(row)}`,
          targets: known,
          ...(row.functionality ? { kind: row.functionality } : {}),
        });
    }
  };
  add('en_toxicity_wiki', (row) => (isOf(row, 'toxic') ? { toxicity: yes(2) } : calm(2)));
  add('en_toxicity_surge', (row) => ({
    ...(isOf(row, 'toxic') ? {} : calm(4)),
    toxicity: either(isOf(row, 'toxic'), 6),
  }));
  add('en_offensive_davidson', (row) => ({
    toxicity: either(isOf(row, 'offensive') || isOf(row, 'hate'), 0.5),
  }));
  add('en_insult_threat_civil', civilTargets);
  add('en_toxic_spans', () => ({ toxicity: yes(0.4) }));
  addContrast(examples, folder);
  add('en_hatecheck', hateTargets, templateOf);
  add(
    'en_benign_support_chat',
    () => calm(0.5),
    (row) => (row.id.split(':')[1] as string).split(/[-.]/)[0] as string,
  );
  add('en_business_email_sentences', () => calm(0.5));
  add('en_politeness_wiki', politeTargets);
  add('en_politeness_stackexchange', politeTargets);
  add('en_emotion_subtitles', (row) => (isOf(row, 'anger') || isOf(row, 'disgust') ? null : calm(0.5)));
  add('raw_en_cfpb_narratives', () => calm(1));
  for (const { text, toxic, about } of madeEnglish())
    examples.push({
      text,
      source: 'made',
      group: `made:${text.slice(0, 12)}`,
      targets: madeTargets(toxic, about),
    });
  add('en_toxicity_codereview', (row) => ({ toxicity: either(isOf(row, 'toxic'), 0) }));
  add('en_offensive_olid', (row) => ({ toxicity: either(isOf(row, 'offensive'), 0) }));
  examples.push(...wordExamples([...markedTexts(folder), ...furtherMarkedTexts(folder)]));
  add('en_complaints_tweets', (row) => ({ complaint: either(isOf(row, 'complaint'), 0) }));
  add('en_sarcasm_dialogue', (row) => ({ sarcasm: either(isOf(row, 'sarcasm'), 0) }));
  add('en_irony_tweets', (row) => ({ sarcasm: either(isOf(row, 'irony'), 0) }));
  return examples;
}

function isOf(row: Row, label: string): boolean {
  return row.labels.includes(label);
}

function civilTargets(row: Row): Targets {
  return {
    toxicity: either(row.labels.length > 0, row.labels.length > 0 ? 0.25 : 0.05),
    insult: either(isOf(row, 'insult')),
    threat: either(isOf(row, 'threat')),
    obscene: either(isOf(row, 'profanity')),
    identity: either(isOf(row, 'identity_attack')),
  };
}

function hateTargets(row: Row): Targets | null {
  const isHateful = isOf(row, 'hateful');
  const isSwearing = row.functionality?.startsWith('profanity');
  const shared = { threat: either(isOf(row, 'threat'), 0.6), obscene: either(isSwearing === true, 0.6) };
  if (row.functionality === 'profanity_nh') return shared;
  return {
    ...shared,
    toxicity: either(isHateful, isHateful ? 0.25 : row.functionality?.startsWith('counter') ? 7.5 : 3),
    identity: either(isHateful && !row.functionality?.startsWith('target'), 0.4),
  };
}

/** The same template with another group of people belongs together. */
function templateOf(row: Row): string {
  return `${row.functionality}:${row.text
    .toLowerCase()
    .replace(/[^a-z ]/g, '')
    .split(' ')
    .filter((word) => word.length < 5)
    .slice(0, 4)
    .join(' ')}`;
}

/** Readers' mean rating as a chance: the quartiles between polite and impolite are learnt too, at half weight. */
function politeTargets(row: Row): Targets {
  const target = 1 / (1 + Math.exp(-STEEPNESS * ratingOf(row)));
  if (isOf(row, 'impolite')) return { politeness: { target: 0, weight: 1, learnt: target } };
  if (isOf(row, 'polite')) return { ...calm(0.7), politeness: { target: 1, weight: 1, learnt: target } };
  return { ...calm(0.7), politeness: { target, weight: 0.5, implied: true } };
}

const STEEPNESS = 3;
/** A quartile is at least this far from the middle, whatever its mean. */
const QUARTILE = 0.3;

function ratingOf(row: Row): number {
  const score = row.score ?? 0;
  if (isOf(row, 'polite')) return Math.max(score, QUARTILE);
  return isOf(row, 'impolite') ? Math.min(score, -QUARTILE) : score;
}

function madeTargets(toxic: boolean, about: 'thing' | 'group'): Targets {
  if (!toxic) return calm(about === 'group' ? 3 : 1.2);
  return about === 'group'
    ? { toxicity: yes(0.4), identity: yes(0.4) }
    : { toxicity: yes(1.5), identity: no(0.3), threat: no(0.3) };
}

/** A toxic text without its toxic words is about the same matter and no longer toxic. */
function addContrast(examples: Example[], folder: string): void {
  for (const name of ['en_toxic_spans', 'en_insult_threat_civil'])
    for (const row of readRows(folder, name)) {
      const rest = withoutSpans(row);
      if (rest === null || rest.length < row.text.length * 0.3) continue;
      examples.push({
        text: rest,
        source: 'contrast',
        group: `${name}:${row.id}`,
        targets: { toxicity: no(0.15), insult: no(0.3) },
      });
    }
}

function withoutSpans(row: Row): string | null {
  let rest = row.text;
  let last = Number.POSITIVE_INFINITY;
  const spans = utf16Spans(row).sort((a, b) => b.start - a.start);
  for (const { start, end } of spans) {
    if (end > last) continue;
    rest = rest.slice(0, start) + rest.slice(end);
    last = start;
  }
  return spans.length > 0 ? rest : null;
}
