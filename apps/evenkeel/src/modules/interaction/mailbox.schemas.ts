import { z } from '@hono/zod-openapi';

const Count = z.number().int();
const Host = z.string().min(1).max(255);
const Port = z.number().int();
const Server = z.strictObject({ host: Host, port: Port, security: z.enum(['tls', 'starttls', 'none']) });
const User = z.string().min(1).max(320);

export const ImapSchema = z
  .strictObject({
    kind: z.literal('imap'),
    imap: Server,
    smtp: Server.extend({ signsIn: z.boolean() }).nullable(),
    signIn: z.union([
      z.strictObject({ by: z.literal('password'), user: User }),
      z.strictObject({
        by: z.literal('oauth2'),
        user: User,
        tokenEndpoint: z.string().min(1).max(2000),
        clientId: z.string().min(1).max(1000),
      }),
    ]),
  })
  .openapi('ImapMailbox');

const MEGABYTE = 1 << 20;

const ReceivingSchema = z
  .strictObject({
    kind: z.literal('receiving'),
    protocol: z.enum(['smtp', 'lmtp']),
    port: Port,
    maxBytes: z
      .number()
      .int()
      .min(MEGABYTE)
      .max(150 * MEGABYTE)
      .default(50 * MEGABYTE),
    maxRecipients: z.number().int().min(1).max(1000).default(100),
  })
  .openapi('ReceivingMailbox');

const Secret = z.string().min(1).max(10_000).optional();

export const SecretsSchema = z.strictObject({ password: Secret, refreshToken: Secret, clientSecret: Secret });

const Shape = {
  address: z.string().min(1).max(320),
  settings: z.union([ImapSchema, ReceivingSchema]),
  allows: z.enum(['chosen', 'known']),
  parties: z.array(z.uuid()).max(10_000),
  isOn: z.boolean(),
};

/** What is sent once and never shown again stands in `secrets`; null keeps what is there. */
export const MailboxBody = z.strictObject({ ...Shape, secrets: SecretsSchema.nullable().default(null) });

const Totals = z.object({
  items: Count,
  imported: Count,
  duplicates: Count,
  leftOut: Count,
  unreadable: Count,
});

const MailboxSchema = z
  .object({
    id: z.string(),
    ...Shape,
    isFollowed: z.boolean(),
    triedAt: z.string().nullable(),
    readAt: z.string().nullable(),
    problem: z.string().nullable(),
    totals: Totals.nullable(),
    folders: z.array(z.object({ path: z.string(), messages: Count, seenAt: z.string() })),
    issues: z.array(
      z.object({
        code: z.string(),
        message: z.string(),
        container: z.string(),
        member: z.string().nullable(),
      }),
    ),
  })
  .openapi('Mailbox');

export const MailboxListSchema = z.object({ items: z.array(MailboxSchema) }).openapi('MailboxList');

const Said = z.string().nullable();

export const SenderSchema = z
  .object({
    verdict: z.enum(['pass', 'unverified']),
    at: Said,
    result: z.object({
      basis: z.enum(['at-receipt', 'offline']),
      from: Said,
      dkim: z.array(
        z.object({
          domain: z.string(),
          selector: z.string(),
          algorithm: Said,
          result: z.string(),
          comment: Said,
          bodyHashFits: z.boolean(),
          keyBits: Count.nullable(),
          flags: z.array(z.string()),
        }),
      ),
      arc: z.object({ result: z.string(), comment: Said }),
      spf: z.object({ result: z.string(), domain: z.string(), client: z.string() }).nullable(),
      dmarc: z.object({ result: z.string(), policy: Said, aligned: Said }),
      answers: z.array(
        z.object({
          name: z.string(),
          type: z.string(),
          records: z.array(z.union([z.string(), z.array(z.string())])).nullable(),
          error: Said,
        }),
      ),
    }),
  })
  .openapi('SenderCheck');
