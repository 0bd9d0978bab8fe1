import { z } from '@hono/zod-openapi';

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
