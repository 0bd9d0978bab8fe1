import { readUnstructured } from './encoded-word.ts';
import { lineEndOf, rawValue, readHeaderBlock } from './header-block.ts';
import type { ByteRange } from './issue.ts';
import { newNotes } from './reading.ts';
import type { Part } from './structure.ts';
import { decodeTransfer } from './transfer.ts';

/** What a report says about one recipient. */
export type ReportedRecipient = {
  readonly address: string | null;
  /** In lower case: `failed`, `delayed`, `delivered`, `relayed`, `expanded`. */
  readonly action: string | null;
  /** `5.1.1` and the like. */
  readonly status: string | null;
  readonly diagnostic: string | null;
};

/**
 * A report about another message: a bounce, a receipt or a complaint. Claims of whoever sent it.
 *
 * @property kind `delivery` (DSN), `disposition` (MDN, a receipt of being opened) or `feedback` (ARF).
 * @property action What became of the message, in lower case: of a DSN the first recipient's, of an MDN its disposition
 *   (`displayed`, `deleted`), of a complaint its type (`abuse`).
 * @property certainty `guessed`: nothing but words says so.
 * @property originalMessageId The Message-ID of the message it speaks of, with angle brackets.
 * @property range The part that says so.
 */
export type MailReport = {
  readonly kind: 'delivery' | 'disposition' | 'feedback';
  readonly certainty: 'stated' | 'guessed';
  readonly action: string | null;
  readonly status: string | null;
  readonly recipients: readonly ReportedRecipient[];
  readonly diagnostic: string | null;
  readonly originalMessageId: string | null;
  readonly range: ByteRange;
};

type Fields = ReadonlyMap<string, string>;
/** May stand once for each recipient (RFC 5965 3.2); what comes together is parted by this. */
const OF_MANY = 'original-rcpt-to';
const AND = '\n';

const KINDS: Readonly<Record<string, MailReport['kind']>> = {
  'message/delivery-status': 'delivery',
  'message/global-delivery-status': 'delivery',
  'message/disposition-notification': 'disposition',
  'message/global-disposition-notification': 'disposition',
  'message/feedback-report': 'feedback',
};
const LARGEST = 256 * 1024;
const MOST_RECIPIENTS = 500;

/**
 * Reads the report in a message, if it is one.
 *
 * @param original The Message-ID of the first message inside it.
 * @source RFC 3464 (DSN), RFC 8098 (MDN), RFC 5965 (ARF)
 */
export function readReport(bytes: Buffer, root: Part, original: string | null): MailReport | null {
  const part = partNamed(root, (one) => one.mediaType in KINDS);
  if (!part) return null;
  const groups = groupsOf(textOf(bytes, part));
  const originalMessageId = original ?? idOf(groups[0]) ?? quotedId(bytes, root);
  const kind = KINDS[part.mediaType]!;
  const told = { delivery, disposition, feedback }[kind](groups);
  return { kind, certainty: 'stated', ...told, originalMessageId, range: part.body };
}

function partNamed(part: Part, fits: (part: Part) => boolean): Part | null {
  if (fits(part)) return part;
  for (const inner of part.parts) {
    const found = partNamed(inner, fits);
    if (found) return found;
  }
  return null;
}

function textOf(bytes: Buffer, { body, encoding }: Part): Buffer {
  return decodeTransfer(bytes.subarray(body.start, Math.min(body.end, body.start + LARGEST)), encoding);
}

/** Fields in groups with blank lines between; some programs leave several, or none after the first line. */
function groupsOf(text: Buffer): readonly Fields[] {
  const groups: Fields[] = [];
  const lineEnd = lineEndOf(text, 0, text.length);
  for (let at = 0; at < text.length && groups.length <= MOST_RECIPIENTS; ) {
    const block = readHeaderBlock(text, at, text.length, lineEnd, false);
    const fields = new Map<string, string>();
    for (const field of block.fields) {
      const value = readUnstructured(rawValue(block, field), newNotes());
      const before = fields.get(field.key);
      if (before === undefined) fields.set(field.key, value);
      else if (field.key === OF_MANY) fields.set(OF_MANY, before + AND + value);
    }
    if (fields.size > 0) groups.push(fields);
    at = Math.max(block.bodyStart, at + 1);
  }
  return groups;
}

type Told = Pick<MailReport, 'action' | 'status' | 'recipients' | 'diagnostic'>;

function delivery(groups: readonly Fields[]): Told {
  const recipients = groups.flatMap((fields) => recipientOf(fields) ?? []);
  const [first] = recipients;
  return {
    action: first?.action ?? null,
    status: first?.status ?? null,
    recipients,
    diagnostic: first?.diagnostic ?? null,
  };
}

function recipientOf(fields: Fields): ReportedRecipient | null {
  const address = fields.get('final-recipient') ?? fields.get('original-recipient');
  const action =
    fields
      .get('action')
      ?.split(/[\s(;]/)[0]
      ?.toLowerCase() || null;
  if (address === undefined && action === null) return null;
  return {
    address: address === undefined ? null : afterType(address),
    action,
    status: /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? null,
    diagnostic: diagnosticOf(fields),
  };
}

function diagnosticOf(fields: Fields): string | null {
  const code = fields.get('diagnostic-code');
  return code ? afterType(code) : null;
}

/** `rfc822; orlov@baltika.example` and `smtp; 550 …`: the type is said first. */
function afterType(value: string): string {
  return value
    .replace(/^[A-Za-z0-9-]+\s*;\s*/, '')
    .replace(/^<(.*)>$/, '$1')
    .trim();
}

function disposition(groups: readonly Fields[]): Told {
  const fields: Fields = groups[0] ?? new Map();
  const mode = fields.get('disposition') ?? '';
  const action = mode.split(';').at(-1)!.split('/')[0]!.trim().toLowerCase() || null;
  const address = fields.get('final-recipient') ?? fields.get('original-recipient');
  const diagnostic = fields.get('failure') ?? fields.get('error') ?? fields.get('warning') ?? null;
  const recipient = {
    address: address === undefined ? null : afterType(address),
    action,
    status: null,
    diagnostic,
  };
  return { action, status: null, recipients: address === undefined ? [] : [recipient], diagnostic };
}

function feedback(groups: readonly Fields[]): Told {
  const fields: Fields = groups[0] ?? new Map();
  const action = fields.get('feedback-type')?.toLowerCase() ?? null;
  const addresses = fields.get(OF_MANY)?.split(AND).slice(0, MOST_RECIPIENTS) ?? [];
  const diagnostic = diagnosticOf(fields) ?? fields.get('delivery-result') ?? null;
  const recipients = addresses.map((one) => ({ address: afterType(one), action, status: null, diagnostic }));
  return { action, status: null, recipients, diagnostic };
}

function idOf(fields: Fields | undefined): string | null {
  const stated = fields?.get('original-message-id') ?? fields?.get('x-original-message-id') ?? '';
  return /<[^<>\s]+>/.exec(stated)?.[0] ?? null;
}

/** Instead of the message, only its header may be sent back. */
export function quotedId(bytes: Buffer, root: Part): string | null {
  const part = partNamed(root, ({ mediaType }) =>
    /^(?:(?:text|message)\/rfc822-headers|message\/global-headers)$/.test(mediaType),
  );
  return part ? idIn(textOf(bytes, part)) : null;
}

function idIn(header: Buffer): string | null {
  const found = /^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]+>)/im.exec(header.toString('latin1'));
  return found?.[1] ?? null;
}
