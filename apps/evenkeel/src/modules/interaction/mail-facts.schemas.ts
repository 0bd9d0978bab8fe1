import { z } from '@hono/zod-openapi';

const Word = z.string().nullable();
const Person = z.object({ name: Word, address: Word });
const CalendarTime = z.object({
  iso: z.string(),
  zone: Word,
  certainty: z.enum(['stated', 'zone', 'floating', 'unresolved', 'day']),
});

const SealingSchema = z.object({
  by: z.enum(['smime', 'pgp']),
  form: z.enum(['signed', 'opaque', 'clear', 'encrypted']),
  signed: z.object({ start: z.number().int(), end: z.number().int() }).nullable(),
  signers: z.array(z.object({ name: Word, address: Word, issuer: Word, from: Word, until: Word })),
  /** Whether the bytes are those that were signed; whom the certificate belongs to is checked nowhere. */
  checked: z.enum(['fits', 'fits-weakly', 'does-not-fit', 'not-checked']),
});

const ReportSchema = z.object({
  kind: z.enum(['delivery', 'disposition', 'feedback']),
  certainty: z.enum(['stated', 'guessed']),
  action: Word,
  status: Word,
  diagnostic: Word,
  originalMessageId: Word,
  recipients: z.array(z.object({ address: Word, action: Word, status: Word, diagnostic: Word })),
});

/** A message that is meant, as a line names it. */
const NamedSchema = z.object({
  id: z.string(),
  subject: Word,
  at: z.string(),
  direction: z.enum(['inbound', 'outbound', 'internal']).nullable(),
});

const CalendarEntrySchema = z.object({
  kind: z.enum(['event', 'task', 'journal', 'busy']),
  method: Word,
  uid: Word,
  sequence: z.number().nullable(),
  recurrence: CalendarTime.nullable(),
  repeats: z.boolean(),
  status: Word,
  summary: Word,
  location: Word,
  description: Word,
  organizer: Person.nullable(),
  attendees: z.array(Person.extend({ answer: Word, role: Word })),
  start: CalendarTime.nullable(),
  end: CalendarTime.nullable(),
});

/** What a mail says beside its words and files, and in what it was read. All of it are claims of whoever sent it. */
export const MailFactsSchema = z
  .object({
    protection: z.array(SealingSchema),
    /** The header on the outside, where a signed one says otherwise and was taken. */
    outer: z.object({ subject: Word, from: Person.nullable() }).nullable(),
    piece: z
      .object({ id: z.string(), number: z.number().int(), total: z.number().int().nullable() })
      .nullable(),
    elsewhere: z.array(z.object({ accessType: z.string(), where: Word, name: Word })),
    /** With the letter it speaks of, where that is in the record. */
    report: ReportSchema.extend({ original: NamedSchema.nullable() }).nullable(),
    /** The bounces, receipts and complaints in the record that speak of this one. */
    cameBack: z.array(NamedSchema.extend({ report: ReportSchema })),
    calendar: z.array(CalendarEntrySchema),
    /** What Apple Mail noted of it in the file it came in: evidence of that program's, not of the mail. */
    appleMail: z
      .object({
        receivedAt: Word,
        flags: z.array(z.enum(['read', 'deleted', 'answered', 'flagged'])),
      })
      .nullable(),
    /** In what a person said that it is written in; null when nobody did. */
    readAs: Word,
    charsets: z.array(
      z.object({
        declared: Word,
        used: z.string(),
        certainty: z.enum(['declared', 'detected', 'guessed', 'corrected']),
      }),
    ),
    /** The reading is a guess, goes against what the mail states, or was put right. */
    isDoubtful: z.boolean(),
    /** How it reads in other charsets, where nothing proves the one that was used. */
    otherReadings: z.array(z.object({ charset: z.string(), subject: Word, text: z.string() })),
  })
  .openapi('MailFacts');
