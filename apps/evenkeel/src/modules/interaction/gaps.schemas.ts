import { z } from '@hono/zod-openapi';
import { GAP_KINDS } from './gaps.ts';

const Count = z.number().int();
const Said = z.string().nullable();
const Totals = z.object({
  items: Count,
  imported: Count,
  duplicates: Count,
  leftOut: Count,
  unreadable: Count,
});

export const GapCountsSchema = z
  .object({
    total: Count,
    counts: z.object({
      erased: Count,
      answered: Count,
      file: Count,
      words: Count,
      talk: Count,
      input: Count,
    }),
  })
  .openapi('GapCounts');

export const GapPageSchema = z
  .object({
    items: z.array(
      z
        .object({
          kind: z.enum(GAP_KINDS),
          id: z.string(),
          at: Said,
          interactionId: Said,
          who: Said,
          direction: Said,
          subject: Said,
          count: Count,
          name: Said,
          quote: Said,
          codes: z.array(z.object({ code: z.string(), message: z.string() })),
          run: Said,
          from: Said,
          until: Said,
        })
        .openapi('Gap'),
    ),
    next: Said,
  })
  .openapi('GapPage');

export const CoverageSchema = z
  .object({
    sources: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['files', 'mailbox', 'receiving']),
        name: z.string(),
        openedAt: z.string(),
        runs: z.array(
          z.object({
            id: z.string(),
            state: z.enum(['running', 'finished', 'cancelled']),
            startedAt: z.string(),
            finishedAt: Said,
            totals: Totals,
          }),
        ),
        folders: z.array(
          z.object({
            path: z.string(),
            uidValidity: z.string(),
            firstAt: z.string(),
            lastAt: z.string(),
            listed: Count,
            emptyAtFirst: Count,
            emptySince: Count,
            notYet: Count,
            unlisted: Count,
          }),
        ),
        losses: z.array(
          z.object({
            path: z.string(),
            uidValidity: z.string(),
            from: Said,
            until: z.string(),
            gone: Count,
            ours: Count,
            unseen: Count,
          }),
        ),
      }),
    ),
    talks: z.array(
      z.object({
        platform: z.string(),
        talk: z.string(),
        name: Said,
        run: z.string(),
        container: Count,
        file: Said,
        importedAt: z.string(),
        firstAt: z.string(),
        lastAt: z.string(),
        entries: Count,
        lacking: Count,
        lackingFirst: Said,
      }),
    ),
  })
  .openapi('Coverage');
