import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

/** Why a record stays with us: words with counsel, what was made ready for a dispute, what was said without prejudice. */
export const PRIVILEGES = ['counsel', 'preparation', 'without-prejudice'] as const;
export type PrivilegeKind = (typeof PRIVILEGES)[number];

type About = { readonly interaction: string; readonly party: string | null };

export type PrivilegeFact =
  | (About & {
      readonly kind: 'privilege.marked';
      readonly privilege: PrivilegeKind;
      /** On what it rests: who the counsel is, which dispute, which talks. Never what was said. */
      readonly basis: string;
    })
  | (About & { readonly kind: 'privilege.lifted'; readonly reason: string })
  | (About & { readonly kind: 'privilege.waived'; readonly reason: string })
  | (About & { readonly kind: 'privilege.waiver-ended'; readonly reason: string });

/** What a person says when they mark a record. */
export type PrivilegeWish = { readonly kind: PrivilegeKind; readonly basis: string };

/** The mark on one record as it stands. */
export type Privilege = {
  readonly interactionId: string;
  readonly partyId: string | null;
  readonly kind: PrivilegeKind;
  readonly basis: string;
  readonly markedAt: Instant;
  readonly markedBy: string;
  /** Why it may go into bundles all the same; null while it stays with us. */
  readonly waived: { readonly at: Instant; readonly by: string; readonly reason: string } | null;
};

export type PrivilegeRefusal =
  | 'interaction-unknown'
  | 'reason-missing'
  | 'not-privileged'
  | 'too-many-at-once';

/** What may be said of a mark: the mark goes, or stays and what it covers may be shown, or that ends. */
export const PRIVILEGE_CHANGES = ['lift', 'waive', 'end-waiver'] as const;
export type PrivilegeChange = (typeof PRIVILEGE_CHANGES)[number];

const KIND_OF = {
  lift: 'privilege.lifted',
  waive: 'privilege.waived',
  'end-waiver': 'privilege.waiver-ended',
} as const;

export function decideMarking(about: About, wish: PrivilegeWish): PrivilegeFact {
  return { kind: 'privilege.marked', ...about, privilege: wish.kind, basis: wish.basis.trim() };
}

/** Decides about a change; what changes nothing is refused, so that the record says nothing twice. */
export function decideChange(
  found: Privilege | null,
  change: PrivilegeChange,
  reason: string,
): Outcome<PrivilegeFact, PrivilegeRefusal> {
  if (!found) return refuse('not-privileged');
  if (change !== 'lift' && (change === 'waive') === (found.waived !== null)) return refuse('not-privileged');
  if (reason.trim() === '') return refuse('reason-missing');
  const { interactionId: interaction, partyId: party } = found;
  return accept({ kind: KIND_OF[change], interaction, party, reason: reason.trim() });
}
