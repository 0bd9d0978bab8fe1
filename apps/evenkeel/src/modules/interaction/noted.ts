import { detectLanguage } from '@evenkeel/language/analyse';
import type { Stated } from '../../kernel/instant.ts';
import { sha256 } from '../../kernel/sha256.ts';
import type { Attached, Direction, InteractionId, InteractionKind, Noted } from './interaction.ts';
import { leadOf } from './quoted.ts';
import { lineDigestOf, type Person, type Reading, readMailOriginal } from './reading.ts';
import { storable } from './storable.ts';

/** What was stated about words that say nothing of themselves. */
export type StatedOf = {
  readonly subject: string | null;
  readonly at: Stated;
  readonly from: readonly Person[];
  readonly to: readonly Person[];
  /** What makes another record the same one: mere words do not, "no answer" is noted every day. */
  readonly likeness: readonly string[];
};

/** Reads words as the person who entered them stated what they are. @param bytes the original, of which `text` is the readable form */
export function readStated(bytes: Uint8Array, text: string, about: StatedOf): Reading {
  const digest = hex(sha256(bytes));
  return {
    subject: about.subject,
    from: about.from[0] ?? null,
    participants: {
      from: about.from.slice(0, 1),
      to: about.to,
      cc: about.from.slice(1),
      bcc: [],
      replyTo: [],
    },
    sent: about.at,
    received: null,
    text,
    lead: leadOf(text),
    quotedFrom: null,
    hasHtml: false,
    lang: detectLanguage(text),
    messageId: null,
    replyIds: [],
    attachments: [],
    letters: [],
    issues: [],
    sha256: digest,
    lineDigest: lineDigestOf(bytes, digest),
    contentDigest: hex(sha256(Buffer.from([...about.likeness, digest].join('\n')))),
  };
}

/** What a recorded-by-hand fact says beside its bytes. */
export type NotedOf = Noted & {
  readonly id: InteractionId;
  readonly interactionKind: InteractionKind;
  readonly direction: Direction | null;
  readonly mediaType: string;
  readonly attachments: readonly Omit<Attached, 'slot'>[];
};

/** Reads what was recorded by hand. @param words the readable form, UTF-8; the original itself where there was none */
export function readNoted(bytes: Uint8Array, words: Uint8Array, noted: NotedOf): Reading {
  const text = storable(Buffer.from(words).toString('utf8'));
  const people = noted.people.map((name): Person => ({ name: storable(name), address: null }));
  const isTheirs = noted.direction === 'inbound';
  const stated = readStated(bytes, text, {
    subject: noted.subject === null ? null : storable(noted.subject),
    at: noted.at,
    from: isTheirs ? people : [],
    to: isTheirs ? [] : people,
    likeness: [noted.id],
  });
  const reading = noted.mediaType === 'message/rfc822' ? asLetter(bytes, stated) : stated;
  const attachments = noted.attachments.map(({ name, ...file }) => ({
    ...{ name: storable(name), mediaType: file.mediaType, sizeBytes: file.sizeBytes, sha256: file.sha256 },
    ...{ contentId: null, nested: false },
  }));
  return { ...reading, attachments: [...reading.attachments, ...attachments] };
}

/** A letter that was handed over names its own writer and readers; when it went out is what the person stated. */
function asLetter(bytes: Uint8Array, stated: Reading): Reading {
  const mail = readMailOriginal(bytes, null);
  const { sent, text, lead, quotedFrom, lang, subject } = stated;
  return {
    ...mail,
    ...{ sent, text, lead, quotedFrom, lang, hasHtml: false },
    subject: subject ?? mail.subject,
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
