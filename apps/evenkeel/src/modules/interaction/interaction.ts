import type { Brand, RecordId } from '../../kernel/brand.ts';
import type { Instant, Stated } from '../../kernel/instant.ts';
import type { PartyId } from '../party/party.ts';
import type { RunId, SourceId } from '../source/source.ts';

export type InteractionId = Brand<string, 'InteractionId'>;
export type InteractionKind = 'message' | 'call' | 'meeting' | 'session' | 'note' | 'document';
export type Direction = 'inbound' | 'outbound' | 'internal';

/** Where the bytes of an original lay when they were read. */
export type Origin = {
  readonly run: RunId | null;
  readonly container: string;
  /** How messages are told apart there; null for words that came without a container. */
  readonly format: 'eml' | 'mbox' | 'mmdf' | null;
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
