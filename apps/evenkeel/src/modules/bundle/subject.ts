/** What a client who asks for their data gets of one record. */
export type SubjectTreatment = 'whole' | 'copy' | 'withheld';
export const SUBJECT_REASONS = ['stays-with-us', 'shared', 'names-others'] as const;
export type SubjectReason = (typeof SUBJECT_REASONS)[number];

/** In the bundle's own words: why a record stays out of it. */
export const SUBJECT_SAYS: Readonly<Record<SubjectReason, string>> = {
  'stays-with-us': 'stays with us',
  shared: 'is filed under others too, and was not between them and us',
  'names-others': 'names others',
};

/** Names and addresses of everybody else we deal with, ready to be found in texts. */
export type Others = { readonly namedIn: (text: string) => readonly string[] };

const SHORTEST = 4;

/**
 * @param others names, addresses and handles of other parties
 * @param own those of the client, and ours: found inside one of another's they count as nobody else's
 */
export function othersKnown(others: readonly string[], own: readonly string[]): Others {
  const mine = new Set(own.map(spaced));
  const byFirst = new Map<string, { words: string; name: string }[]>();
  for (const name of new Set(others)) {
    const words = spaced(name);
    if (words.trim().length < SHORTEST || mine.has(words)) continue;
    const first = words.trim().split(' ', 1)[0]!;
    byFirst.set(first, [...(byFirst.get(first) ?? []), { words, name }]);
  }
  return {
    namedIn: (text) => {
      if (byFirst.size === 0) return [];
      const all = spaced(text);
      const met = new Set(all.trim().split(' '));
      return [...met].flatMap((word) =>
        (byFirst.get(word) ?? []).filter(({ words }) => all.includes(words)).map(({ name }) => name),
      );
    },
  };
}

/** Letters and digits with one space between words: how a name reads in prose and in an address. */
function spaced(text: string): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return ` ${words} `;
}

export type SubjectLook = {
  readonly staysWithUs: boolean;
  readonly hasCopy: boolean;
  /** Whether a person looked at it and lets it go as it is. */
  readonly isLetThrough: boolean;
  /** Sent to them or received from them: they have it already. */
  readonly isBetweenUs: boolean;
  /** Filed under somebody else too. */
  readonly isShared: boolean;
  readonly others: readonly string[];
};

/** What they get of one record. Rights of others come before what is convenient: what is not looked at stays here. */
export function treatmentOf(look: SubjectLook): {
  readonly treatment: SubjectTreatment;
  readonly reason: SubjectReason | null;
} {
  if (look.staysWithUs) return { treatment: 'withheld', reason: 'stays-with-us' };
  if (look.hasCopy) return { treatment: 'copy', reason: null };
  if (look.isLetThrough || look.isBetweenUs) return { treatment: 'whole', reason: null };
  if (look.isShared) return { treatment: 'withheld', reason: 'shared' };
  if (look.others.length > 0) return { treatment: 'withheld', reason: 'names-others' };
  return { treatment: 'whole', reason: null };
}
