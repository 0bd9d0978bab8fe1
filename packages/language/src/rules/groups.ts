import {
  ASK_KINDS,
  DRAFT_KINDS,
  type FindingKind,
  INQUIRY_KINDS,
  NOTE_KINDS,
  PROMISE_KINDS,
  RETOLD_KINDS,
  SIGNAL_KINDS,
} from '../finding.ts';

/** Kinds that are looked for together. */
export const GROUPS = {
  signals: new Set<FindingKind>(SIGNAL_KINDS),
  draft: new Set<FindingKind>(DRAFT_KINDS),
  note: new Set<FindingKind>(NOTE_KINDS),
  asks: new Set<FindingKind>(ASK_KINDS),
  inquiry: new Set<FindingKind>(INQUIRY_KINDS),
  promises: new Set<FindingKind>(PROMISE_KINDS),
  retold: new Set<FindingKind>(RETOLD_KINDS),
} as const;

export type Group = keyof typeof GROUPS;
export const GROUP_NAMES: readonly Group[] = [
  'signals',
  'draft',
  'note',
  'asks',
  'inquiry',
  'promises',
  'retold',
];
