import { z } from '@hono/zod-openapi';
import { LANGS } from '../pack.ts';

const Texts = z.object({ en: z.string(), ru: z.string(), fi: z.string() });
const MayDo = z.strictObject({
  who: z.string().max(300),
  upTo: z.string().max(100).nullable().default(null),
});
const MOST_ANSWERS = 50;

/** Sizes only: whether an answer fits its question is decided where the questions are known. */
const AnswersSchema = z
  .record(
    z.string().max(60),
    z.union([
      z.string().max(2000),
      z.number(),
      z.array(z.string().max(500)).max(20),
      z.record(z.string().max(60), MayDo),
    ]),
  )
  .refine((answers) => Object.keys(answers).length <= MOST_ANSWERS, 'too many answers')
  .openapi('PolicyAnswers');

export const PolicyWishBody = z.strictObject({ lang: z.enum(LANGS), answers: AnswersSchema });

const DocumentSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    /** Markdown: headings, paragraphs, lists, one table. */
    text: z.string(),
    forClients: z.boolean(),
  })
  .openapi('PolicyDocument');

export const DocumentListSchema = z.object({ documents: z.array(DocumentSchema) });

export const QuestionListSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['text', 'lines', 'steps', 'days', 'day', 'table']),
        title: Texts,
        text: Texts,
        example: Texts,
        rows: z.array(z.object({ id: z.string(), title: Texts, upTo: z.boolean() })),
      }),
    ),
  })
  .openapi('PolicyQuestionList');

export const PolicyListSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        lang: z.enum(LANGS),
        version: z.number().int(),
        answers: AnswersSchema,
        documents: z.array(DocumentSchema),
        reviewOn: z.string(),
        isReviewDue: z.boolean(),
        publishedAt: z.string(),
        publishedBy: z.string(),
        isCurrent: z.boolean(),
        /** When whoever asks has read it. */
        readAt: z.string().nullable(),
        /** Null for whoever does not decide. */
        reads: z.array(z.object({ member: z.string(), at: z.string() })).nullable(),
        unread: z.array(z.string()).nullable(),
        suggestions: z.array(
          z.object({
            pack: z.string(),
            title: Texts,
            step: Texts,
            says: z.number().int(),
            now: z.number().int(),
          }),
        ),
      }),
    ),
  })
  .openapi('PolicyList');
