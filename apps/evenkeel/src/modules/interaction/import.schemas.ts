import { z } from '@hono/zod-openapi';
import { DateOrderSchema } from './schemas.ts';

const Count = z.number().int();
const RunShape = {
  id: z.string(),
  state: z.enum(['running', 'finished', 'cancelled']),
  source: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  totals: z.object({ items: Count, imported: Count, duplicates: Count, leftOut: Count, unreadable: Count }),
};

export const RunPageSchema = z
  .object({ items: z.array(z.object(RunShape)), next: z.string().nullable() })
  .openapi('RunPage');

export const RunReportSchema = z
  .object({
    ...RunShape,
    progress: z.object({ bytes: Count, ofBytes: Count }).nullable(),
    issues: z.array(
      z.object({
        code: z.string(),
        message: z.string(),
        container: z.string(),
        member: z.string().nullable(),
        range: z.object({ start: Count, end: Count }).nullable(),
      }),
    ),
  })
  .openapi('RunReport');

export const UploadSchema = z
  .object({ id: z.string(), name: z.string(), sizeBytes: Count })
  .openapi('Upload');

export const ContainerSchema = z
  .object({
    position: Count,
    name: z.string(),
    sizeBytes: Count,
    sha256: z.string(),
    items: Count,
    isKept: z.boolean(),
  })
  .openapi('Container');

export const SurveySchema = z
  .object({
    correspondents: z.array(
      z.object({
        name: z.string().nullable(),
        address: z.string(),
        /** Where they write: `whatsapp`, `sms`; null for mail. */
        platform: z.string().nullable(),
        count: Count,
        first: z.string().nullable(),
        last: z.string().nullable(),
        isMe: z.boolean(),
      }),
    ),
    items: Count,
    unreadable: Count,
    /** Messages neither from us nor to us, as far as our addresses are known. */
    sideless: Count,
    /** Papers and pictures: they are kept only when a client is named. */
    ownerless: Count,
    /** Files that entries of exports take along. */
    companions: Count,
    problems: z.array(
      z.object({
        container: z.string(),
        member: z.string().nullable(),
        code: z.string(),
        message: z.string(),
      }),
    ),
    /** What names nobody who could be chosen: kept only when that is chosen by itself. */
    nameless: z.object({
      items: Count,
      formats: z.array(z.object({ format: z.string(), items: Count })),
      examples: z.array(
        z.object({ format: z.string(), subject: z.string().nullable(), at: z.string().nullable() }),
      ),
    }),
    /** The exports in it, with what each leaves open. */
    exports: z.array(
      z.object({
        container: z.string(),
        member: z.string().nullable(),
        format: z.string(),
        platform: z.string(),
        items: Count,
        dateOrder: DateOrderSchema.nullable(),
        isLocal: z.boolean(),
        example: z.string().nullable(),
      }),
    ),
    formats: z.array(z.object({ format: z.string(), items: Count })),
    /** Where local times are read unless another zone is given. */
    zone: z.string(),
    containers: z.array(z.object({ name: z.string(), items: Count })),
  })
  .openapi('Survey');
