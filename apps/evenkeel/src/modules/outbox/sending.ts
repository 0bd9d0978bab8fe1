import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { PartyId } from '../party/party.ts';
import type { MailProblem } from '../source/mailbox.ts';
import type { WaitRefusal } from './waits.ts';

/** One line of what was said between us and the server; what would let somebody sign in is left out. */
export type Line = { readonly by: 'us' | 'server'; readonly text: string };

/**
 * `sending` on its way; `accepted` taken by our server, which says nothing of delivery; `refused` not taken; `unclear`
 * nobody knows whether it was taken; `not-sent` a person looked and says that it was not.
 */
export type SendingState = 'sending' | 'accepted' | 'refused' | 'unclear' | 'not-sent';

/** What somebody else's program said became of a mail. `opened` is said by a mail program when its user lets it. */
export type Became = 'delivered' | 'relayed' | 'delayed' | 'failed' | 'opened' | 'deleted-unopened';

export type OutboxFact =
  | {
      readonly kind: 'outbox.begun';
      readonly id: string;
      readonly party: PartyId;
      readonly procedure: string;
      readonly letter: string;
      readonly finished: string;
      /** With angle brackets. */
      readonly messageId: string;
      readonly from: string;
      readonly to: string;
      readonly sha256: string;
    }
  | {
      readonly kind: 'outbox.accepted';
      readonly id: string;
      readonly interaction: string;
      readonly reply: string;
      /** Whether the server promised to report on delivery (RFC 3461). */
      readonly asksDelivery: boolean;
      readonly transcript: readonly Line[];
    }
  | {
      readonly kind: 'outbox.refused';
      readonly id: string;
      readonly reply: string;
      readonly transcript: readonly Line[];
    }
  | { readonly kind: 'outbox.unclear'; readonly id: string; readonly transcript: readonly Line[] }
  | {
      readonly kind: 'outbox.settled';
      readonly id: string;
      readonly wasSent: boolean;
      readonly interaction: string | null;
    }
  | {
      readonly kind: 'outbox.reported';
      readonly id: string;
      readonly interaction: string;
      readonly reports: readonly Reported[];
    };

export type Reported = {
  readonly became: Became;
  readonly recipient: string | null;
  readonly status: string | null;
  readonly diagnostic: string | null;
};

export type Sending = {
  readonly id: string;
  readonly partyId: PartyId;
  readonly procedureId: string;
  readonly letter: string;
  readonly finishedId: string;
  readonly state: SendingState;
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly begunAt: Instant;
  readonly endedAt: Instant | null;
  readonly interactionId: string | null;
  readonly reply: string | null;
  readonly asksDelivery: boolean;
  readonly transcript: readonly Line[];
};

export type SendingRefusal =
  | 'no-mailbox-sends'
  | 'address-sends-nowhere'
  | 'already-leaving'
  | 'already-left'
  | 'maybe-left'
  | 'sending-unknown'
  | 'sending-settled'
  | 'mail-refused'
  | 'letter-left-otherwise'
  | WaitRefusal
  | MailProblem;

/** A mail is sent once. While nobody knows whether it left, a person decides; the program never tries by itself. */
export function decideSending(before: readonly Pick<Sending, 'state'>[]): Outcome<null, SendingRefusal> {
  const states = before.map(({ state }) => state);
  if (states.includes('accepted')) return refuse('already-left');
  if (states.includes('unclear')) return refuse('maybe-left');
  return states.includes('sending') ? refuse('already-leaving') : accept(null);
}

export function decideSettling(sending: Sending | null): Outcome<Sending, SendingRefusal> {
  if (!sending) return refuse('sending-unknown');
  return sending.state === 'unclear' ? accept(sending) : refuse('sending-settled', { state: sending.state });
}

/** The address that a party knows sends, or no other: another would tell them more of us than they know. */
export function senderAmong<T extends { readonly address: string }>(
  mailboxes: readonly T[],
  known: string | null,
  isAnyGood: boolean,
): Outcome<T, SendingRefusal> {
  const [first] = mailboxes;
  if (!first) return refuse('no-mailbox-sends');
  const theirs = mailboxes.find(({ address }) => address.toLowerCase() === known?.toLowerCase());
  if (theirs) return accept(theirs);
  return isAnyGood ? accept(first) : refuse('address-sends-nowhere', { address: known });
}
