import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Way } from './clause.ts';
import { fieldsOf } from './wording.ts';

export const LANGS = ['en', 'ru', 'fi'] as const;
export type Lang = (typeof LANGS)[number];
/** The same words in each language; a ladder of one's own may have fewer. */
export type Worded = { readonly [L in Lang]?: string | undefined };

/** What a rung does. Nothing above a pause is done by somebody who may not decide it. */
export const RUNG_ACTIONS = ['reminder', 'pause', 'warning', 'restriction', 'end'] as const;
export type RungAction = (typeof RUNG_ACTIONS)[number];
const SENIOR: readonly RungAction[] = ['warning', 'restriction', 'end'];
/** Before one of these, two questions are answered in writing. */
const ASKED_BEFORE: readonly RungAction[] = ['restriction', 'end'];

export type Rung = {
  readonly action: RungAction;
  /** What it is called, for us. */
  readonly says: Worded;
  /** What is told to the client, with fields. */
  readonly text: Worded;
  /** Days until somebody looks at it again. */
  readonly reviewDays: number;
  /** The ways by which we can still be reached. */
  readonly leavesOpen: readonly Way[];
};
export type Ladder = {
  readonly says: Worded;
  readonly rungs: readonly Rung[];
  /** The letter that somebody uses who disagrees. */
  readonly appeal: Worded;
};

/** What a text to the client may be filled in with. */
const LADDER_FIELDS = [
  'client',
  'us',
  'basis',
  'clause',
  'clauseNumber',
  'count',
  'quote',
  'when',
  'open',
  'review',
] as const;

export type LadderRefusal =
  | 'ladder-empty'
  | 'ladder-without-end'
  | 'ladder-end-too-early'
  | 'ladder-without-warning'
  | 'ladder-closes-all'
  | 'ladder-text-missing'
  | 'ladder-field-unknown'
  | 'ladder-review-missing';

/** Whether a ladder can be gone: it warns before it restricts, it ends, and one way to us stays open on every rung. */
export function checkLadder(ladder: Ladder): Outcome<Ladder, LadderRefusal> {
  const { rungs } = ladder;
  if (rungs.length === 0) return refuse('ladder-empty', { at: 'ladder.rungs' });
  if (rungs.at(-1)!.action !== 'end')
    return refuse('ladder-without-end', { at: `ladder.rungs.${rungs.length - 1}` });
  const early = rungs.findIndex(({ action }, i) => action === 'end' && i < rungs.length - 1);
  if (early >= 0) return refuse('ladder-end-too-early', { at: `ladder.rungs.${early}`, rung: early + 1 });
  const warned = rungs.findIndex(({ action }) => action === 'warning');
  const strict = rungs.findIndex(({ action }) => ASKED_BEFORE.includes(action));
  if (warned < 0 || warned > strict)
    return refuse('ladder-without-warning', { at: `ladder.rungs.${strict}`, rung: strict + 1 });
  for (const [i, rung] of rungs.entries()) {
    const wrong = rungRefused(rung, i);
    if (wrong) return wrong;
  }
  return textsRefused(ladder.appeal, 'ladder.appeal') ?? accept(ladder);
}

function rungRefused({ leavesOpen, reviewDays, text }: Rung, i: number) {
  const at = `ladder.rungs.${i}`;
  if (leavesOpen.length === 0) return refuse('ladder-closes-all', { at: `${at}.leavesOpen`, rung: i + 1 });
  if (reviewDays <= 0) return refuse('ladder-review-missing', { at: `${at}.reviewDays`, rung: i + 1 });
  return textsRefused(text, `${at}.text`);
}

function textsRefused(text: Worded, at: string) {
  const said = LANGS.filter((lang) => text[lang]?.trim());
  if (said.length === 0) return refuse('ladder-text-missing', { at });
  for (const lang of said) {
    const unknown = fieldsOf(text[lang]!).find(
      (field) => !(LADDER_FIELDS as readonly string[]).includes(field),
    );
    if (unknown) return refuse('ladder-field-unknown', { at: `${at}.${lang}`, field: unknown });
  }
  return null;
}

export function isSenior({ action }: Pick<Rung, 'action'>): boolean {
  return SENIOR.includes(action);
}

export function needsAnswers({ action }: Pick<Rung, 'action'>): boolean {
  return ASKED_BEFORE.includes(action);
}
