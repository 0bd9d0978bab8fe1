import type { PolicyAnswers } from '../generated/types.gen.ts';
import type { Question } from './policy.queries.ts';

/** What stands in the fields of one question: its words, or those of each row of a table. */
export type DraftRow = { readonly who: string; readonly upTo: string };
export type DraftAnswer = { readonly words: string; readonly rows: Readonly<Record<string, DraftRow>> };
export type Draft = Readonly<Record<string, DraftAnswer>>;

export const NOTHING: DraftAnswer = { words: '', rows: {} };
export const EMPTY_ROW: DraftRow = { who: '', upTo: '' };

/** The fields as they were answered before. */
export function draftOf(questions: readonly Question[], answers: PolicyAnswers): Draft {
  return Object.fromEntries(questions.map(({ id }) => [id, drafted(answers[id])]));
}

function drafted(answer: PolicyAnswers[string] | undefined): DraftAnswer {
  if (answer === undefined) return NOTHING;
  if (Array.isArray(answer)) return { words: answer.join('\n'), rows: {} };
  if (typeof answer !== 'object') return { words: String(answer), rows: {} };
  const rows = Object.entries(answer).map(([id, { who, upTo }]) => [id, { who, upTo: upTo ?? '' }]);
  return { words: '', rows: Object.fromEntries(rows) };
}

/** What is sent: a question without words is left out, and refused by its name. */
export function answersOf(questions: readonly Question[], draft: Draft): PolicyAnswers {
  return Object.fromEntries(
    questions.flatMap((question) => answered(question, draft[question.id] ?? NOTHING)),
  );
}

function answered({ id, kind, rows }: Question, { words, rows: written }: DraftAnswer) {
  if (kind === 'table') {
    const table = rows.map((row) => {
      const { who, upTo } = written[row.id] ?? EMPTY_ROW;
      return [row.id, { who, upTo: row.upTo ? upTo : null }];
    });
    return [[id, Object.fromEntries(table)]];
  }
  if (words.trim() === '') return [];
  if (kind === 'lines' || kind === 'steps') return [[id, words.split('\n')]];
  return [[id, kind === 'days' ? Number(words) : words]];
}
