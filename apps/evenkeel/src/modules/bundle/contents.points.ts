import type { PointCite } from '../point/point.store.ts';
import type { StepShown } from '../point/point.views.ts';
import type { PointDetail } from '../point/point-views.actions.ts';
import type { ChronologyPoint, ChronologyStep } from './chronology.ts';
import type { Matters } from './matters.actions.ts';

/** How a quoted record is named: its number in the bundle, or null where it may not be told. */
export type CiteSource = (cite: PointCite) => string | null;

/** The points in words ready to print. */
export function printedPoints({ points, names }: Matters, sourceOf: CiteSource): readonly ChronologyPoint[] {
  const who = (actor: string) =>
    names.get(actor) ?? (actor === 'clock' ? 'the clock' : 'the owner of this record');
  return points.map((point) => printedPoint(point, who, sourceOf));
}

function printedPoint(
  { number, title, kind, state, ground, steps, sameAs }: PointDetail,
  who: (actor: string) => string,
  sourceOf: CiteSource,
): ChronologyPoint {
  return {
    ...{
      number,
      title,
      kind,
      state: sameAs ? `the same as #${sameAs.number}` : STATES[state],
      ground: GROUNDS[ground],
    },
    raisedAgain: steps.filter(({ step }) => step === 'raised-again').length,
    steps: steps.map((step) => printedStep(step, who(step.actor), sourceOf)),
  };
}

const STATES = {
  open: 'open',
  answered: 'answered',
  agreed: 'agreed',
  closed: 'closed by us',
  withdrawn: 'withdrawn: it was entered by mistake',
  merged: 'the same as another point',
} as const;
const GROUNDS = {
  not_looked_at: 'not looked at',
  founded: 'founded',
  partly: 'partly founded',
  unfounded: 'unfounded',
  not_ours: 'not ours',
} as const;

function printedStep(step: StepShown, who: string, sourceOf: CiteSource): ChronologyStep {
  return {
    ...{ at: step.recordedAt, who, what: whatOf(step), why: step.reason ?? '' },
    quotes: step.cites.map((cite) => {
      const from = sourceOf(cite);
      return from === null
        ? { words: '…', from: 'kept back' }
        : { words: cite.quote, from: `${ROLES[cite.role] ?? cite.role}: ${from}` };
    }),
  };
}

const ROLES: Readonly<Record<string, string>> = {
  asked: 'What was asked',
  moved: 'Asked here until the point was split',
  answer: 'The answer',
  agreed: 'The words that agree',
  terms: 'What was agreed to',
  expected: 'What they expect',
  new_fact: 'The new fact',
  supports: 'Supports it',
  contradicts: 'Contradicts it',
  neither: 'Neither supports nor contradicts it',
};

function whatOf({ step, said }: StepShown): string {
  switch (step) {
    case 'opened':
      return `Entered as a point: ${said.title}`;
    case 'named':
      return `Named: ${said.title} (${said.kind})`;
    case 'ground-set':
      return `Founded? Set to: ${GROUNDS[said.ground as keyof typeof GROUNDS] ?? said.ground}`;
    case 'split':
      return `Split: point ${said.number} was in it`;
    case 'priced':
      return `Priced at ${(Number(said.cents) / 100).toFixed(2)} ${said.currency}`;
    default:
      return WHAT[step] ?? capital(step.replaceAll('-', ' '));
  }
}

const WHAT: Readonly<Record<string, string>> = {
  answered: 'Answered',
  agreed: 'Agreed',
  closed: 'Closed by us',
  reopened: 'Opened again',
  'raised-again': 'Raised again',
  expected: 'What they expect was noted',
  weighed: 'Words of the record were read beside it',
  withdrawn: 'Withdrawn',
  merged: 'Merged into another point',
};

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
