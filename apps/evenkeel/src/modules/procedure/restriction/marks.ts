import type { Instant } from '../../../kernel/instant.ts';

/** What can be so of a restriction, of filing without reply, or of an end, and what each means. */
export const MARKS = {
  'restriction-immediate':
    'The restriction it is about is for safety: nobody is warned first, nothing waits.',
  'restriction-decided': 'The plan of the restriction was decided by a second person.',
  'restriction-in-force': 'The restriction was told and is in force.',
  'restriction-reviewed': 'The restriction was looked at again at least once.',
  'restriction-appealed': 'They asked for another look at the restriction, and it is open.',
  'appeal-decided': 'Their request for another look was decided.',
  'review-due': 'The day has passed on which the restriction was to be looked at again.',
  'restriction-over': 'The restriction was ended, or its last day has passed.',
  'silence-began': 'It was decided that what brings nothing new is filed without reply.',
  'silence-over': 'The last day of filing without reply has passed, or somebody ended it.',
  'ending-planned': 'The day on which the work with them ends is decided.',
  'ending-told': 'They were told that day by a letter of ours.',
  'ending-day-come': 'That day has come.',
  'ending-over': 'The work with them has ended.',
  'message-after-end': 'Something came from them after the end.',
  'ending-answered': 'The one short answer after the end was given.',
} as const;
export type Mark = keyof typeof MARKS;

/** What was decided beside the steps of a procedure. */
export type Beside = {
  /** Since when something is so; what is not so is not there. */
  readonly marks: Readonly<Partial<Record<Mark, Instant>>>;
};
