import { answersWith } from '../../kernel/http.ts';
import type { SignalRefusal } from './signal.ts';

const statusOf = {
  'party-unknown': 404,
  'interaction-unknown': 404,
  'signal-unknown': 404,
  'switch-unknown': 404,
  'reason-missing': 422,
  'pace-unusable': 422,
  'term-missing': 422,
  'terms-full': 422,
} as const satisfies Record<SignalRefusal, 404 | 422>;

const titles: Record<SignalRefusal, string> = {
  'party-unknown': 'There is no such client.',
  'interaction-unknown': 'There is no such message.',
  'signal-unknown': 'These words are not marked any more.',
  'switch-unknown': 'This rule is not off.',
  'reason-missing': 'Say why the rule is turned off.',
  'term-missing': 'Name the term.',
  'terms-full': 'So many terms are kept for this client already. Take one away first.',
  'pace-unusable': 'Hours need at least one working day, and an end after their beginning.',
};

/** How this module answers. */
export const { answer, refusal } = answersWith(statusOf, titles);
