import { type Instant, instantOf } from '../../../kernel/instant.ts';

/** How long a draft is kept, as the one who keeps it chooses. */
export const KEPT_UNTIL = ['sent', '7-days', '30-days', 'deleted'] as const;
export type KeptUntil = (typeof KEPT_UNTIL)[number];

/** The words of a draft; with both versions where a calmer one was offered and the writer wants both kept. */
export type DraftWords = {
  /** What stands in the box: the version that was chosen, as it was changed since. */
  readonly text: string;
  readonly versions: { readonly mine: string; readonly calm: string } | null;
};

export type KeepWish = DraftWords & {
  readonly party: string;
  /** The message it answers. */
  readonly interaction: string;
  readonly until: KeptUntil;
  /** The kept draft that these words take the place of. */
  readonly replaces: string | null;
};

export type KeptDraft = DraftWords & {
  readonly id: string;
  readonly partyId: string;
  readonly interactionId: string;
  readonly keptAt: Instant;
  readonly until: KeptUntil;
  readonly dueAt: Instant | null;
  /** Whether a legal hold keeps it longer than was chosen. */
  readonly isHeld: boolean;
  /** Who kept it; null for one's own. */
  readonly keptBy: string | null;
};

export type KeptDraftRefusal = 'party-unknown' | 'interaction-unknown' | 'draft-unknown' | 'draft-held';

const DAY_MS = 24 * 3_600_000;
const DAYS: Readonly<Record<KeptUntil, number | null>> = {
  sent: null,
  '7-days': 7,
  '30-days': 30,
  deleted: null,
};

export function dueAt(until: KeptUntil, keptAt: Instant): Instant | null {
  const days = DAYS[until];
  return days === null ? null : instantOf(Date.parse(keptAt) + days * DAY_MS);
}

/** What was sent since a draft was kept. */
export type Sent = { readonly text: string; readonly isInThread: boolean };

/** Whether a draft was sent: something of ours followed in the conversation, or elsewhere in the same words. */
export function wasSent(text: string, sent: readonly Sent[]): boolean {
  const words = plain(text);
  return sent.some((one) => one.isInThread || (words !== '' && plain(one.text).includes(words)));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

export function bytesOf({ text, versions }: DraftWords): Uint8Array {
  return Buffer.from(JSON.stringify({ text, versions }));
}

export function wordsIn(bytes: Uint8Array): DraftWords {
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as DraftWords;
}
