import { z } from 'zod';
import { CLAUSE_KINDS } from '../../agreement/clause.ts';

const InEach = z.strictObject({ en: z.string().min(1), ru: z.string().min(1), fi: z.string().min(1) });
const Id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);

const ReasonRule = z.strictObject({ id: Id, says: InEach });
const Telling = z
  .strictObject({
    id: Id,
    when: z.enum(['within-days', 'next-message', 'given-date']),
    days: z.number().int().min(1).max(366).optional(),
    verified: z.boolean(),
    source: z.string().min(1),
    says: InEach,
  })
  .refine(({ when, days }) => (when === 'within-days') === (days !== undefined), {
    error: 'days stand beside within-days, and nowhere else',
  });

/** A file about entries that warn: for what, for how long at most, and when the person is told. */
export const WarningFile = z.strictObject({
  mostYears: z.number().int().min(1).max(10),
  reasons: z.array(ReasonRule).min(1),
  tellings: z.array(Telling).min(1),
  basis: z.strictObject({ says: InEach, source: z.string().min(1) }),
});
export type WarningRules = z.infer<typeof WarningFile>;
export type TellingRule = WarningRules['tellings'][number];

const Words = z.array(z.string().min(1).max(60)).min(1).max(200);
const Platform = z.strictObject({
  id: Id,
  /** Domains whose mail it reads; none where it reads everything. */
  senders: z.array(z.string().regex(/^[a-z0-9.-]+$/)).max(50),
  words: Words,
  units: Words,
  /** From so many payments on, or from such a sum on, it is said. */
  payments: z.number().int().min(1),
  sum: z.number().positive(),
});

/** A file about money in the first hours of somebody new: how it is written, and from when on it is said. */
export const FirstDaysFile = z.strictObject({
  source: z.string().min(1),
  verified: z.boolean(),
  withinHours: z.number().int().min(1).max(336),
  shownDays: z.number().int().min(1).max(60),
  platforms: z.array(Platform).min(1).max(50),
  notes: Words,
});
export type FirstDaysRules = z.infer<typeof FirstDaysFile>;
export type PlatformRule = FirstDaysRules['platforms'][number];

const Question = z.strictObject({
  id: Id,
  clause: z
    .enum(CLAUSE_KINDS)
    .extract([
      'scope_in',
      'scope_out',
      'content_limits',
      'conduct',
      'data',
      'other',
      'payment',
      'response_time',
    ]),
  as: z.enum(['words', 'hours', 'sum']),
  says: InEach,
  /** The clause, with `{{answer}}` in it. */
  becomes: InEach,
});

/** A file about inquiries: what is asked, and what an answer becomes. */
export const InquiryFile = z.strictObject({
  questions: z.array(Question).min(1),
  sentences: z.strictObject({ title: InEach, service: InEach, deposit: InEach }),
  services: z.array(InEach),
});
export type InquiryRules = z.infer<typeof InquiryFile>;
export type QuestionRule = InquiryRules['questions'][number];
