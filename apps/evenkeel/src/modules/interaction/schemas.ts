import { z } from '@hono/zod-openapi';

const StatedSchema = z
  .object({
    at: z.string(),
    offsetMin: z.number().int().nullable(),
    source: z.string(),
    certainty: z.enum(['stated', 'guessed']),
  })
  .openapi('Stated');
/** Words of a record; offsets count UTF-16 code units of its text. Whether they stand there is the room's to refuse. */
export const CiteSchema = z.strictObject({
  interactionId: z.uuid(),
  start: z.number().int().min(0),
  end: z.number().int().min(0),
  quote: z.string().max(20_000),
});
const PersonSchema = z.object({ name: z.string().nullable(), address: z.string().nullable() });
const People = z.array(PersonSchema);

const SpanSchema = z.object({ start: z.number().int(), end: z.number().int() });
const CorrectedSchema = z.object({ id: z.string(), at: z.string(), lead: z.string() });
const NotedSchema = z
  .object({
    durationMin: z.number().int().nullable(),
    zone: z.string().nullable(),
    channel: z.string().nullable(),
    people: z.array(z.string()),
    parts: z.object({
      text: SpanSchema.nullable(),
      quotes: z.array(SpanSchema),
      outcome: SpanSchema.nullable(),
    }),
    consent: z
      .object({
        on: z.array(z.object({ who: z.string(), place: z.string().nullable(), agreed: z.boolean() })),
        agree: z.enum(['everyone', 'one']),
        strictest: z.string().nullable(),
        source: z.string().nullable(),
      })
      .nullable(),
    corrects: CorrectedSchema.nullable(),
  })
  .openapi('Noted');

export const DateOrderSchema = z.object({
  value: z.enum(['dmy', 'mdy', 'ymd']),
  certainty: z.enum(['stated', 'shown', 'guessed']),
});
export const ZoneSchema = z.object({ name: z.string(), certainty: z.enum(['stated', 'guessed']) });
/** Signs that people set under an entry of an export, and what it said before it was edited. */
export const BesideShape = {
  reactions: z
    .array(
      z.object({
        what: z.string(),
        by: z
          .object({ name: z.string().nullable(), address: z.string().nullable(), isMe: z.boolean() })
          .nullable()
          .openapi({ description: 'Null where only a number is stated' }),
        count: z.number().int(),
        at: z.string().nullable().openapi({ description: 'As the export states it' }),
      }),
    )
    .nullable(),
  earlier: z
    .array(z.object({ text: z.string().nullable(), at: z.string().nullable() }))
    .nullable()
    .openapi({
      description: 'What it said before it was edited, oldest first, where the export kept that',
    }),
};
/** What an export says of an entry beside its words, and what was guessed to read it. */
const ExportedSchema = z
  .object({
    format: z.string(),
    platform: z.string(),
    conversation: z.object({
      id: z.string(),
      name: z.string().nullable(),
      isGroup: z.boolean().nullable(),
    }),
    dateOrder: DateOrderSchema.nullable(),
    zone: ZoneSchema.nullable(),
    isRebuilt: z.boolean(),
    state: z.string().nullable(),
    editedAt: z.string().nullable(),
    sentRaw: z.string().nullable(),
    durationSec: z.number().nullable(),
    ...BesideShape,
    run: z.string().nullable(),
    container: z.string(),
  })
  .openapi('Exported');

const LetterSchema = z
  .object({
    sha256: z.string(),
    sizeBytes: z.number().int(),
    name: z.string().nullable(),
    depth: z.number().int().openapi({ description: '1 for a letter in the mail itself' }),
    within: z.number().int().nullable().openapi({ description: 'Which of the list it lies in' }),
    subject: z.string().nullable(),
    from: z.object({ name: z.string().nullable(), address: z.string().nullable() }).nullable(),
    sentAt: z.string().nullable(),
    lead: z.string(),
    files: z.array(
      z.object({
        name: z.string().nullable(),
        mediaType: z.string(),
        sizeBytes: z.number().int(),
        sha256: z.string(),
      }),
    ),
  })
  .openapi('LetterInside');

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
    letters: z.array(LetterSchema),
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
    /** What was stated about words that were recorded by hand; null for what came as bytes of its own. */
    noted: NotedSchema.nullable(),
    /** What an export says of it; null for what came in no export. */
    exported: ExportedSchema.nullable(),
    /** The records that correct this one, oldest first. */
    corrections: z.array(CorrectedSchema),
    /** Minutes between what happened and its entry here, where they are more than a day. */
    lateByMin: z.number().int().nullable(),
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
    time: z.object({ notEarlierThan: z.string().nullable(), notLaterThan: z.string().nullable() }),
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
        isEarlier: z.boolean().openapi({ description: 'The words are of what it said before it was edited' }),
        isInside: z
          .boolean()
          .openapi({ description: 'The words are of a letter inside it, and of none of its own' }),
      }),
    ),
    next: z.string().nullable(),
  })
  .openapi('SearchPage');
