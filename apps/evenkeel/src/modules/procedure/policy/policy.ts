import type { Brand } from '../../../kernel/brand.ts';
import { isDate } from '../../../kernel/calendar.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Lang } from '../pack.ts';
import type { PolicyQuestion } from './pack.ts';

export type PolicyId = Brand<string, 'PolicyId'>;

/** Who may do one thing, and up to what sum where it is one of money. */
export type MayDo = { readonly who: string; readonly upTo: string | null };
export type Answer = string | number | readonly string[] | Readonly<Record<string, MayDo>>;
/** By question. */
export type Answers = Readonly<Record<string, Answer>>;

/** A text as it was made: Markdown without its title. */
export type PolicyDocument = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly forClients: boolean;
};

export type PolicyFact =
  | {
      readonly kind: 'policy.published';
      readonly id: PolicyId;
      readonly lang: Lang;
      /** Counted within its language; a higher one takes the place of those before. */
      readonly version: number;
      readonly answers: Answers;
      readonly documents: readonly PolicyDocument[];
      /** The day on which somebody looks at it again, `2027-06-01`. */
      readonly reviewOn: string;
    }
  | { readonly kind: 'policy.read'; readonly id: PolicyId };

export type PolicyRefusal =
  | 'question-unanswered'
  | 'question-unknown'
  | 'answer-unusable'
  | 'policy-unchanged'
  | 'policy-unknown'
  | 'policy-superseded';

type AnswerRefusal = Extract<PolicyRefusal, 'question-unanswered' | 'question-unknown' | 'answer-unusable'>;
type Checked = Outcome<Answer, AnswerRefusal>;

const MOST_DAYS = 90;

/**
 * Decides whether every question has a usable answer.
 *
 * @param given attacker-controlled; its sizes are checked at the door
 * @param today where the workspace is, `2026-11-22`
 * @returns the answers without what surrounds them; else the first question that has none, and the place in `at`
 */
export function decideAnswers(
  questions: readonly PolicyQuestion[],
  given: Answers,
  today: string,
): Outcome<Answers, AnswerRefusal> {
  const stranger = Object.keys(given).find((id) => !questions.some((question) => question.id === id));
  if (stranger !== undefined) return refuse('question-unknown', { question: stranger, at: at(stranger) });
  const answers: Record<string, Answer> = {};
  for (const question of questions) {
    const checked = checkAnswer(question, given[question.id], answers, today);
    if (!checked.ok) return checked;
    answers[question.id] = checked.value;
  }
  return accept(answers);
}

function checkAnswer(
  question: PolicyQuestion,
  given: Answer | undefined,
  before: Answers,
  today: string,
): Checked {
  switch (question.kind) {
    case 'text':
      return checkText(question.id, given);
    case 'lines':
    case 'steps':
      return checkLines(question.id, given);
    case 'days':
      return checkDays(question, given, before);
    case 'day':
      return checkDay(question, given, today);
    case 'table':
      return checkTable(question, given);
  }
}

function checkText(id: string, given: Answer | undefined): Checked {
  const text = typeof given === 'string' ? oneLine(given) : '';
  return text === '' ? unanswered(id) : accept(text);
}

function checkLines(id: string, given: Answer | undefined): Checked {
  const lines = Array.isArray(given) ? given.map(oneLine).filter((line) => line !== '') : [];
  return lines.length === 0 ? unanswered(id) : accept(lines);
}

function checkDays(
  { id, atLeast }: Extract<PolicyQuestion, { kind: 'days' }>,
  given: Answer | undefined,
  before: Answers,
): Checked {
  if (given === undefined || given === '') return unanswered(id);
  const least = Number(before[atLeast ?? ''] ?? 1);
  const isUsable = typeof given === 'number' && Number.isInteger(given) && given >= least;
  return isUsable && given <= MOST_DAYS
    ? accept(given)
    : refuse('answer-unusable', { question: id, at: at(id), least, most: MOST_DAYS });
}

function checkDay(
  { id, withinYears }: Extract<PolicyQuestion, { kind: 'day' }>,
  given: Answer | undefined,
  today: string,
): Checked {
  if (given === undefined || given === '') return unanswered(id);
  const last = `${Number(today.slice(0, 4)) + withinYears}${today.slice(4)}`;
  const isUsable = typeof given === 'string' && isDate(given) && given > today && given <= last;
  return isUsable
    ? accept(given)
    : refuse('answer-unusable', { question: id, at: at(id), after: today, last });
}

function checkTable(
  { id, rows }: Extract<PolicyQuestion, { kind: 'table' }>,
  given: Answer | undefined,
): Checked {
  const table = typeof given === 'object' && !Array.isArray(given) ? (given as Record<string, MayDo>) : {};
  const checked: Record<string, MayDo> = {};
  for (const row of rows) {
    const who = oneLine(table[row.id]?.who ?? '');
    const upTo = row.upTo ? oneLine(table[row.id]?.upTo ?? '') : null;
    if (who === '' || upTo === '') return unanswered(id, row.id);
    checked[row.id] = { who, upTo };
  }
  return accept(checked);
}

function unanswered(question: string, row?: string) {
  return refuse('question-unanswered', { question, at: at(question, row), row: row ?? null });
}

function at(question: string, row?: string): string {
  return ['answers', question, ...(row === undefined ? [] : [row])].join('.');
}

/** An answer stands inside a sentence, a list or a table: a line break in it would break these. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
