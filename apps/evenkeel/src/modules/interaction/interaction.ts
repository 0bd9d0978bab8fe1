import type { MailFormat } from '@evenkeel/records/container';
import type { Brand, RecordId } from '../../kernel/brand.ts';
import type { Instant, Stated } from '../../kernel/instant.ts';
import type { PartyId } from '../party/party.ts';
import type { RunId, SourceId } from '../source/source.ts';
import type { Consented } from './consent.ts';
import type { Exported } from './exported.ts';
import type { Parts } from './parts.ts';

export type InteractionId = Brand<string, 'InteractionId'>;
export type InteractionKind = 'message' | 'call' | 'meeting' | 'session' | 'note' | 'document';
export type Direction = 'inbound' | 'outbound' | 'internal';

/** Where the bytes of an original lay when they were read. */
export type Origin = {
  readonly run: RunId | null;
  readonly container: string;
  /** How messages are told apart there; null for words that came without a container, and for entries of exports. */
  readonly format: MailFormat | null;
  readonly member: string | null;
  readonly start: number;
  readonly until: number;
};

export type InteractionFact =
  | {
      readonly kind: 'interaction.recorded';
      readonly id: InteractionId;
      readonly interactionKind: InteractionKind;
      readonly direction: Direction | null;
      readonly source: SourceId;
      readonly origin: Origin;
      readonly mediaType: string;
      /** When the file that held it was written, if anybody knows. */
      readonly exported: Stated | null;
      /** What a person stated about words they pasted; null for bytes that speak for themselves. */
      readonly pasted: Pasted | null;
      /** The object's slot: where its secret lies, not what it is. */
      readonly slot: number;
      readonly original: RecordId;
    }
  | (Exported & {
      readonly kind: 'interaction.exported';
      readonly id: InteractionId;
      readonly interactionKind: InteractionKind;
      readonly direction: Direction | null;
      readonly source: SourceId;
      readonly origin: Origin;
      readonly mediaType: string;
      readonly exported: Stated | null;
      readonly slot: number;
      readonly original: RecordId;
      /** The files that the entry takes along, each an object of its own, and which of those it names that is. */
      readonly attachments: readonly (Attached & { readonly file: number })[];
    })
  | {
      /** What a run guessed about an export, put right by a person: its entries are read again. */
      readonly kind: 'interaction.reread';
      readonly run: RunId;
      /** The file of the run as its report names it; null for all of them. */
      readonly container: string | null;
      readonly dateOrder: 'dmy' | 'mdy' | 'ymd' | null;
      readonly zone: string | null;
    }
  | {
      /** What a mail is written in, as a person says; null for what its reader finds by itself. It is read again. */
      readonly kind: 'interaction.read-as';
      readonly interaction: InteractionId;
      readonly charset: string | null;
      /** How the mail lay where it was found, which its reading depends on too. */
      readonly format: MailFormat | null;
    }
  | {
      /** Mails and entries of exports that an older reader had read, read by a newer one from now on; those it makes the same of apart. */
      readonly kind: 'interaction.read-anew';
      readonly reader: number;
      readonly changed: readonly (readonly [interaction: InteractionId, format: MailFormat | null])[];
      readonly same: readonly InteractionId[];
    }
  | ({ readonly kind: 'interaction.noted' } & Noted & {
        readonly id: InteractionId;
        readonly interactionKind: InteractionKind;
        readonly direction: Direction | null;
        readonly source: SourceId;
        readonly origin: Origin;
        readonly mediaType: string;
        readonly slot: number;
        readonly original: RecordId;
        /** The words as a file, where the original is something else; null where they are it. */
        readonly words: Attached | null;
        readonly attachments: readonly Attached[];
      })
  | {
      readonly kind: 'interaction.also-seen';
      readonly id: InteractionId;
      readonly source: SourceId;
      readonly origin: Origin;
      readonly mediaType: string;
      readonly slot: number;
      readonly original: RecordId;
    }
  | {
      readonly kind: 'interaction.filed';
      readonly interaction: InteractionId;
      readonly party: PartyId;
      readonly record: string;
    }
  | {
      readonly kind: 'interaction.unfiled';
      readonly interaction: InteractionId;
      readonly party: PartyId;
      readonly reason: string;
    };

export type Pasted = {
  readonly way: 'mail' | 'chat' | 'call' | 'other';
  readonly at: Stated;
  readonly from: string | null;
};

/** What a person stated about something that happened. The words lie in an object of their own. */
export type Noted = {
  readonly at: Stated;
  readonly zone: string | null;
  readonly durationMin: number | null;
  readonly channel: string | null;
  readonly people: readonly string[];
  readonly subject: string | null;
  readonly parts: Parts;
  /** Who agreed to a recording that is attached, and what the gate asked for. */
  readonly consent: Consented | null;
  readonly corrects: InteractionId | null;
};

/** A file beside words recorded by hand, kept as an object of its own. */
export type Attached = {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** SHA-256 hex of its bytes. */
  readonly sha256: string;
  readonly slot: number;
};

/** Facts that each bring an interaction of their own. */
export const RECORDED_KINDS: readonly string[] = [
  'interaction.recorded',
  'interaction.noted',
  'interaction.exported',
] satisfies readonly InteractionFact['kind'][];

/** Facts after which the words of some that are in the record already read differently. */
export const READ_AGAIN: readonly string[] = [
  'interaction.read-as',
  'interaction.read-anew',
] satisfies readonly InteractionFact['kind'][];

export type RecordedInteractionFact = {
  readonly recordId: RecordId;
  readonly recordedAt: Instant;
  readonly fact: InteractionFact;
};

/** Four times, each with its source; an unknown one is null, never now. */
export type Times = {
  readonly sent: Stated | null;
  readonly received: Stated | null;
  readonly exported: Stated | null;
  readonly recorded: Stated;
};

/** The time a timeline is sorted by: the best one that is known, and which that is. */
export function timelineTime(times: Times): {
  at: Instant;
  source: 'sent' | 'received' | 'exported' | 'recorded';
} {
  if (times.sent) return { at: times.sent.at, source: 'sent' };
  if (times.received) return { at: times.received.at, source: 'received' };
  if (times.exported) return { at: times.exported.at, source: 'exported' };
  return { at: times.recorded.at, source: 'recorded' };
}

/**
 * Whose words these are. Without our own addresses nobody can tell, and nothing is guessed.
 */
export function directionOf(
  from: string | null,
  to: readonly string[],
  me: ReadonlySet<string>,
): Direction | null {
  if (me.size === 0 || from === null) return null;
  if (!me.has(from)) return 'inbound';
  return to.length > 0 && to.every((address) => me.has(address)) ? 'internal' : 'outbound';
}

/** The other side of a message: inbound its sender, outbound each recipient. */
export function counterparties(
  direction: Direction | null,
  from: string | null,
  to: readonly string[],
  me: ReadonlySet<string>,
): readonly string[] {
  if (direction === 'internal') return [];
  if (direction === 'outbound') return [...new Set(to)].filter((address) => !me.has(address));
  return from === null ? [] : [from];
}
