import { z } from '@hono/zod-openapi';

const StatedSchema = z
  .object({
    at: z.string(),
    offsetMin: z.number().int().nullable(),
    source: z.string(),
    certainty: z.enum(['stated', 'guessed']),
  })
  .openapi('Stated');
const PersonSchema = z.object({ name: z.string().nullable(), address: z.string().nullable() });
const People = z.array(PersonSchema);

export const DetailSchema = z
  .object({
    id: z.string(),
    text: z.string(),
    quotedFrom: z.number().int().nullable(),
    html: z.boolean(),
    times: z.object({
      sent: StatedSchema.nullable(),
      received: StatedSchema.nullable(),
      exported: StatedSchema.nullable(),
      recorded: StatedSchema,
    }),
    participants: z.object({ from: People, to: People, cc: People, bcc: People, replyTo: People }),
    attachments: z.array(
      z.object({
        name: z.string().nullable(),
        mediaType: z.string(),
        sizeBytes: z.number().int(),
        sha256: z.string(),
        contentId: z.string().nullable(),
        nested: z.boolean(),
      }),
    ),
    issues: z.array(z.object({ code: z.string(), message: z.string() })),
    originals: z.array(
      z.object({
        id: z.string(),
        sha256: z.string(),
        sizeBytes: z.number().int(),
        mediaType: z.string(),
        container: z.string(),
        member: z.string(),
        start: z.number().int(),
        until: z.number().int(),
      }),
    ),
    copies: z.array(z.object({ id: z.string(), at: z.string(), source: z.string() })),
    sourceName: z.string(),
  })
  .openapi('Interaction');

export const HtmlSchema = z
  .object({ html: z.string().nullable(), inline: z.record(z.string(), z.string()) })
  .openapi('InteractionHtml');

export const OriginalTextSchema = z
  .object({ text: z.string(), encoding: z.string(), truncated: z.boolean() })
  .openapi('OriginalText');

export const ProvenanceSchema = z
  .object({
    entry: z.object({
      index: z.number().int(),
      id: z.string(),
      kind: z.string(),
      actor: z.string(),
      recordedAt: z.string(),
      leaf: z.string(),
      commitment: z.string(),
    }),
    filed: z.array(
      z.object({ index: z.number().int().nullable(), partyId: z.string(), partyName: z.string() }),
    ),
    object: z.object({ commitment: z.string(), sizeBytes: z.number().int(), sha256: z.string() }),
    opening: z.object({ envelope: z.string(), envelopeSalt: z.string(), objectSalt: z.string() }).nullable(),
    proof: z.object({
      treeSize: z.number().int(),
      leafHash: z.string(),
      root: z.string(),
      path: z.array(z.string()),
      checkpoint: z.string(),
      vkey: z.string(),
    }),
    recomputed: z.object({
      bytesAreTheRecorded: z.boolean(),
      isErased: z.boolean(),
      entryIsInTheLog: z.boolean(),
      headIsSigned: z.boolean(),
    }),
  })
  .openapi('Provenance');

export const SearchPageSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        party: z.object({ id: z.string(), name: z.string() }).nullable(),
        at: z.string(),
        kind: z.string(),
        direction: z.enum(['inbound', 'outbound', 'internal']).nullable(),
        from: z.object({ name: z.string().nullable(), address: z.string().nullable() }),
        subject: z.string().nullable(),
        snippet: z.object({
          text: z.string(),
          marks: z.array(z.object({ start: z.number().int(), end: z.number().int() })),
        }),
      }),
    ),
    next: z.string().nullable(),
  })
  .openapi('SearchPage');

export const SurveySchema = z
  .object({
    correspondents: z.array(
      z.object({
        name: z.string().nullable(),
        address: z.string(),
        count: z.number().int(),
        first: z.string().nullable(),
        last: z.string().nullable(),
        isMe: z.boolean(),
      }),
    ),
    items: z.number().int(),
    unreadable: z.number().int(),
    containers: z.array(z.object({ name: z.string(), items: z.number().int() })),
  })
  .openapi('Survey');
