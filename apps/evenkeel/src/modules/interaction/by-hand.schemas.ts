import { z } from '@hono/zod-openapi';
import { PrivilegeSchema } from './privilege.schemas.ts';

const Line = z.string().max(300);
const Words = z.string().max(200_000);

export const ByHandSchema = z
  .strictObject({
    kind: z.enum(['message', 'call', 'meeting', 'session', 'note', 'document']),
    /** Null where nobody called or wrote to the other. */
    direction: z.enum(['inbound', 'outbound', 'internal']).nullable().default(null),
    parties: z
      .array(
        z.union([
          z.strictObject({ id: z.uuid() }),
          z.strictObject({
            name: z.string().max(200),
            identifier: z.string().max(320).nullable().default(null),
          }),
        ]),
      )
      .max(20),
    /** When it began: ISO 8601 with the offset that is meant. */
    at: z.string().max(40),
    /** IANA name of the zone of that offset. */
    zone: z.string().max(80).nullable().default(null),
    /** When it ended; or how long it lasted. */
    until: z.string().max(40).nullable().default(null),
    durationMin: z.number().int().max(20_160).nullable().default(null),
    channel: Line.nullable().default(null),
    people: z.array(Line).max(50).default([]),
    subject: Line.nullable().default(null),
    text: Words,
    quotes: z.array(z.string().max(20_000)).max(50).default([]),
    outcome: Words.nullable().default(null),
    files: z
      .array(z.strictObject({ upload: z.uuid(), name: z.string().max(200).nullable().default(null) }))
      .max(100)
      .default([]),
    consent: z
      .strictObject({
        on: z
          .array(
            z.strictObject({
              who: Line,
              /** As in the list of places; null when nobody knows. */
              place: z.string().max(10).nullable(),
              agreed: z.boolean(),
            }),
          )
          .max(50),
      })
      .nullable()
      .default(null),
    /** The record by hand that this one corrects. */
    corrects: z.uuid().nullable().default(null),
    /** Marked at once as what stays with us. */
    privilege: PrivilegeSchema.nullable().default(null),
  })
  .openapi('ByHand');

export const PlacesSchema = z
  .object({
    items: z.array(
      z.object({
        place: z.string(),
        name: z.string(),
        agree: z.enum(['everyone', 'one']),
        isVerified: z.boolean(),
        says: z.string(),
        source: z.string(),
        isYours: z.boolean(),
      }),
    ),
    broken: z.array(z.object({ file: z.string(), line: z.number().int().nullable(), reason: z.string() })),
    limit: z.object({ files: z.number().int(), fileBytes: z.number().int(), allBytes: z.number().int() }),
  })
  .openapi('RecordingPlaces');
