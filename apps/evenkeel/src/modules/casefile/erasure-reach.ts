/** What is erased: a party with all that only it is in, or one record. */
export type ErasureTarget =
  | { readonly scope: 'party'; readonly id: string; readonly also: ReadonlySet<string> }
  | { readonly scope: 'record'; readonly id: string };

/** An entry as it was read to find out what goes: its envelope as text, and what binds it. */
export type ReadLine = {
  readonly index: number;
  readonly id: string;
  readonly kind: string;
  readonly slot: number;
  readonly envelope: string;
};

/** An entry with everything that it names, whether its envelope was opened for it or a projection knows it. */
export type NamedLine = Omit<ReadLine, 'envelope'> & {
  /** Of what brings an interaction, that interaction first. */
  readonly names: readonly string[];
  /** What the entry is about: what it brings into being, where it is the first of its kind. */
  readonly about: string | null;
  /** Commitments of the objects it names, in hex. */
  readonly objects: readonly string[];
  readonly filing: Filing | null;
};

/** Whom an interaction was filed under, and whether it still is. */
export type Filing = {
  readonly interaction: string;
  readonly party: string;
  readonly isInForce: boolean;
};

/** What goes together. */
export type Reach = {
  readonly lines: readonly Omit<ReadLine, 'envelope'>[];
  readonly interactions: readonly string[];
  /** Everything that has an id and goes: interactions, points, cases, runs, entries. */
  readonly ids: readonly string[];
  /** Commitments of the objects that nothing else names, in hex. */
  readonly objects: readonly string[];
  /** Records of this party that others are in too, and were not chosen. */
  readonly shared: readonly string[];
  /** Runs that saw what goes and more: their reports still name files and choices. */
  readonly runsThatStay: number;
  /** Up to which entry was read. */
  readonly until: number;
};

type Body = {
  readonly fact: {
    readonly id?: string;
    readonly original?: string;
    readonly corrects?: string | null;
    readonly interaction?: string;
    readonly party?: string;
  };
  readonly objects: readonly string[];
};

/** Ids of ours have version 7 and are no member's: who works here stays. */
const OUR_ID = /(?<!member:)\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/g;
/** What tells of the house and not of a party, or goes only with the whole of what it counts. */
const STAYS =
  /^(source\.(opened|run-started|covered|run-ended|container-read|folder-read)|log\.|account\.|erasure\.|custody\.)/;
const BRINGS = /^interaction\.(recorded|noted|exported|also-seen)$/;

/** What an opened entry names. Filings that are in force are known without opening them: one that is read is not. */
export function namedLine({ envelope, ...line }: ReadLine): NamedLine {
  const { fact, objects } = JSON.parse(envelope) as Body;
  const { kind, id } = line;
  const names = kind.startsWith('source.') && STAYS.test(kind) ? [] : namesOf(kind, id, fact, envelope);
  const { interaction, party } = fact;
  const isFiling = kind === 'interaction.filed' && interaction !== undefined && party !== undefined;
  return {
    ...line,
    names: [...new Set(names)],
    about: (kind !== 'interaction.also-seen' && fact.id) || null,
    objects,
    filing: isFiling ? { interaction, party, isInForce: false } : null,
  };
}

/** Whether an entry that came later names something that goes. */
export function namesGone(
  { kind, envelope, id }: ReadLine,
  ids: ReadonlySet<string>,
  isParty: boolean,
): boolean {
  if (!canGo(kind, isParty)) return false;
  return namesOf(kind, id, (JSON.parse(envelope) as Body).fact, envelope).some((one) => ids.has(one));
}

/** A bundle keeps its line and its numbers when one record goes; with its party it goes too. */
export function canGo(kind: string, isParty: boolean): boolean {
  return !STAYS.test(kind) && (isParty || !kind.startsWith('bundle.'));
}

/** Whether an entry brings bytes of an interaction. */
export function brings(kind: string): boolean {
  return BRINGS.test(kind);
}

/** What was brought in names strangers' ids too, in foreign words: there only its own count, and what it corrects. */
function namesOf(kind: string, id: string, fact: Body['fact'], envelope: string): readonly string[] {
  if (brings(kind)) return [fact.id!, fact.original!, id, ...(fact.corrects ? [fact.corrects] : [])];
  return [id, ...(envelope.match(OUR_ID) ?? [])];
}
