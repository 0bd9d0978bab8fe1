import type { Example, Target } from './fit.ts';
import { furtherMarkedTexts, markedTexts, wordExamples } from './marked-words.ts';
import { type Row, readRows, utf16Spans } from './rows.ts';
import { type Made, madeEnglish } from './synthetic-en.ts';
import { toneExamples } from './tones.ts';

type Targets = Record<string, Target>;

const yes = (weight = 1) => ({ target: 1, weight });
const no = (weight = 1) => ({ target: 0, weight });
const either = (is: boolean, weight = 1) => (is ? yes(weight) : no(weight));
/** @param toxicity how much it counts there; the other labels take their share of `weight` */
const calm = (weight: number, toxicity = weight): Targets => ({
  toxicity: no(toxicity),
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
  add('en_toxic_spans', () => ({ toxicity: yes(0.28) }));
  addContrast(examples, folder);
  add('en_hatecheck', hateTargets, templateOf);
  add(
    'en_benign_support_chat',
    () => calm(0.5),
    (row) => (row.id.split(':')[1] as string).split(/[-.]/)[0] as string,
  );
  add('en_business_email_sentences', () => calm(0.5, 0.75));
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
  examples.push(
    ...toneExamples('en', 'work', (is) => ({ toxicity: either(is) })),
    ...toneExamples('en', 'comments', (is) => ({ toxicity: either(is) })),
    ...toneExamples('en', 'complaint', (is) => ({ complaint: either(is) })),
    ...toneExamples('en', 'sarcasm', (is) => ({ sarcasm: either(is) })),
    ...toneExamples('en', 'irony', (is) => ({ sarcasm: either(is, 0.7) })),
  );
  return examples;
}

function isOf(row: Row, label: string): boolean {
  return row.labels.includes(label);
}

function civilTargets(row: Row): Targets {
  return {
    toxicity: either(row.labels.length > 0, row.labels.length > 0 ? 0.175 : 0.035),
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
    toxicity: either(isHateful, isHateful ? 0.25 : weightOfCalm(row.functionality)),
    identity: either(isHateful && !row.functionality?.startsWith('target'), 0.4),
  };
}

function weightOfCalm(functionality = ''): number {
  if (functionality.startsWith('counter')) return 7.5;
  return functionality.startsWith('ident') ? 9 : 3;
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
  if (isOf(row, 'polite')) return { ...CALM_REQUEST, politeness: { target: 1, weight: 1, learnt: target } };
  return { ...CALM_REQUEST, politeness: { target, weight: 0.5, implied: true } };
}

/** What is said of code and of pages may be harsh and still polite to people: it counts little as calm. */
const CALM_REQUEST = calm(0.7, 0.42);
const STEEPNESS = 3;
/** A quartile is at least this far from the middle, whatever its mean. */
const QUARTILE = 0.3;

function ratingOf(row: Row): number {
  const score = row.score ?? 0;
  if (isOf(row, 'polite')) return Math.max(score, QUARTILE);
  return isOf(row, 'impolite') ? Math.min(score, -QUARTILE) : score;
}

/** A swear word stays one when it is only told of. */
function withoutObscene({ obscene: _, ...targets }: Targets): Targets {
  return targets;
}

function madeTargets(toxic: boolean, about: Made['about']): Targets {
  if (about === 'told') return withoutObscene(calm(1.2));
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
        targets: { toxicity: no(0.105), insult: no(0.3) },
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
