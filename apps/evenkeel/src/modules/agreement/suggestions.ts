import { z } from 'zod';
import { CLAUSE_KINDS, WAYS } from './clause.ts';
import { RUNG_ACTIONS } from './ladder.ts';

const inEach = <S extends z.ZodType>(text: S) => z.strictObject({ en: text, ru: text, fi: text }).partial();
const Worded = inEach(z.string().min(1).max(8000));
const Profile = z.literal('performer').nullable().default(null);

const LadderSchema = z.strictObject({
  says: Worded,
  rungs: z
    .array(
      z.strictObject({
        action: z.enum(RUNG_ACTIONS),
        says: Worded,
        text: Worded,
        reviewDays: z.number().int().max(366),
        leavesOpen: z.array(z.enum(WAYS)).max(WAYS.length),
      }),
    )
    .max(20),
  appeal: Worded,
});

/** A file of suggestions: ladders, clauses, and what the ways to reach us are called. */
export const SuggestionFile = z.strictObject({
  ways: z.partialRecord(z.enum(WAYS), Worded).optional(),
  basis: z.strictObject({ agreed: Worded, offered: Worded }).partial().optional(),
  ladders: z
    .array(LadderSchema.extend({ serves: z.array(z.enum(CLAUSE_KINDS)).min(1), profile: Profile }))
    .optional(),
  clauses: z.array(z.strictObject({ kind: z.enum(CLAUSE_KINDS), profile: Profile, says: Worded })).optional(),
});
export type SuggestionFile = z.infer<typeof SuggestionFile>;

/** What stands above a letter: what it is for, its language, what it is called, and the fields it needs. */
export const LetterHead = z.strictObject({
  serves: z.string(),
  lang: z.enum(['en', 'ru', 'fi']),
  says: z.string(),
  fields: z.array(z.string()),
});
export type Letter = z.infer<typeof LetterHead> & { readonly text: string };
