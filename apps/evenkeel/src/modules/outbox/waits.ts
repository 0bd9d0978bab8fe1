import type { Role } from '../../kernel/http.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { PartyId } from '../party/party.ts';
import type { SendingRules, Standing, Verdict } from './gate.ts';

/** How somebody wants a letter to leave; kept while it waits. */
export type SendWish = {
  readonly confirmedNames: readonly string[];
  /** Whether their mail program is asked to say when it was opened; they are asked by it, and may say no. */
  readonly asksOpened: boolean;
  /** Whether it is to leave when our hours begin again. */
  readonly atOpening: boolean;
};

type Weighed = {
  readonly verdict: Exclude<Verdict['verdict'], 'forbidden' | 'leaves'>;
  readonly standing: readonly Standing[];
  readonly until: Instant | null;
};

export type WaitFact =
  | (Weighed & {
      readonly kind: 'outbox.waits';
      readonly id: string;
      readonly party: PartyId;
      readonly procedure: string;
      readonly letter: string;
      readonly finished: string;
      /** Of the finished letter: what a second person approves. */
      readonly sha256: string;
      readonly to: string;
      readonly role: Role;
      readonly wish: SendWish;
    })
  | (Weighed & { readonly kind: 'outbox.waits-on'; readonly id: string })
  | { readonly kind: 'outbox.approved'; readonly id: string; readonly sha256: string }
  | { readonly kind: 'outbox.looked-again'; readonly id: string }
  | {
      readonly kind: 'outbox.hurried';
      readonly id: string;
      readonly reason: string;
      /** Somebody is in danger: it waits for nobody. */
      readonly forSafety: boolean;
    }
  | { readonly kind: 'outbox.taken-back'; readonly id: string }
  /** It could not leave any more when its time came. `why` is the word of the refusal. */
  | { readonly kind: 'outbox.stopped'; readonly id: string; readonly why: string };

export type RulesSet = SendingRules & { readonly kind: 'outbox.rules-set' };

/** A letter that waits, or waited. */
export type Wait = Weighed & {
  readonly id: string;
  readonly partyId: PartyId;
  readonly procedureId: string;
  readonly letter: string;
  readonly finishedId: string;
  readonly sha256: string;
  readonly to: string;
  readonly wish: SendWish;
  readonly state: 'waiting' | 'left' | 'taken-back' | 'stopped';
  readonly askedBy: string;
  readonly askedRole: Role;
  readonly askedAt: Instant;
  readonly approvedBy: string | null;
  readonly approvedAt: Instant | null;
  readonly lookedBy: string | null;
  readonly lookedAt: Instant | null;
  readonly hurriedBy: string | null;
  readonly hurriedAt: Instant | null;
  readonly hurriedWhy: string | null;
  readonly forSafety: boolean;
  readonly stoppedWhy: string | null;
  readonly endedAt: Instant | null;
};

export type WaitRefusal =
  | 'wait-unknown'
  | 'wait-over'
  | 'waits-already'
  | 'letter-changed'
  | 'approval-by-another'
  | 'look-too-early'
  | 'look-not-asked'
  | 'reason-missing'
  | 'contact-restricted'
  | 'through-counsel';

const MEMBER = 'member:';

/** What a person does to a letter that waits. */
export type WaitAct =
  | { readonly does: 'take-back' }
  | { readonly does: 'look' }
  | { readonly does: 'approve'; readonly sha256: string }
  | { readonly does: 'hurry'; readonly reason: string; readonly forSafety: boolean };

/** Decides what a person may do to a letter that waits; `actor` is how the ledger names them. */
export function decideAct(
  wait: Wait | null,
  act: WaitAct,
  actor: string,
  now: Instant,
): Outcome<WaitFact, WaitRefusal> {
  if (!wait) return refuse('wait-unknown');
  const { id, state } = wait;
  if (state !== 'waiting') return refuse('wait-over', { state });
  switch (act.does) {
    case 'take-back':
      return accept({ kind: 'outbox.taken-back', id });
    case 'look':
      return decideLook(wait, now);
    case 'approve':
      return decideApproval(wait, act.sha256, actor);
    case 'hurry': {
      const reason = act.reason.trim();
      if (reason === '') return refuse('reason-missing');
      return accept({ kind: 'outbox.hurried', id, reason, forSafety: act.forSafety });
    }
  }
}

function decideLook({ id, standing }: Wait, now: Instant): Outcome<WaitFact, WaitRefusal> {
  const from = coolingUntil(standing);
  if (from === null) return refuse('look-not-asked');
  return from > now ? refuse('look-too-early', { from }) : accept({ kind: 'outbox.looked-again', id });
}

/** From when on a letter may be looked at again; null when it need not be. */
export function coolingUntil(standing: readonly Standing[]): Instant | null {
  const cools = ['own-words', 'record', 'not-checked', 'their-words'];
  return standing.find(({ rule }) => cools.includes(rule))?.at ?? null;
}

/** The very words that were seen, by another member; the control socket may be any of them, and is nobody's second look. */
function decideApproval(wait: Wait, sha256: string, actor: string): Outcome<WaitFact, WaitRefusal> {
  if (!mayApprove(wait, actor)) return refuse('approval-by-another');
  if (sha256 !== wait.sha256) return refuse('letter-changed');
  return accept({ kind: 'outbox.approved', id: wait.id, sha256 });
}

export function mayApprove({ askedBy }: Pick<Wait, 'askedBy'>, actor: string): boolean {
  return actor !== askedBy && actor.startsWith(MEMBER) && askedBy.startsWith(MEMBER);
}
