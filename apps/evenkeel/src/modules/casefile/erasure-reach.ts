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

/** What goes together. */
export type Reach = {
  readonly lines: readonly Pick<ReadLine, 'index' | 'id' | 'kind' | 'slot'>[];
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

type Line = Pick<ReadLine, 'index' | 'id' | 'kind' | 'slot'> & {
  readonly ids: readonly number[];
  readonly objects: readonly string[];
};
type Body = {
  readonly fact: {
    readonly id?: string;
    readonly original?: string;
    readonly corrects?: string | null;
    readonly run?: string;
    readonly source?: string;
    readonly interaction?: string;
    readonly party?: string;
    readonly sourceKind?: string;
    readonly position?: number;
    readonly items?: readonly (readonly unknown[])[];
  };
  readonly objects: readonly string[];
};
type Run = {
  source: string;
  lines: number[];
  interactions: Set<string>;
  byPosition: Map<number, Set<string>>;
};

/** Ids of ours have version 7 and are no member's: who works here stays. */
const OUR_ID = /(?<!member:)\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/g;
/** What tells of the house and not of a party, or goes only with the whole of what it counts. */
const STAYS =
  /^(source\.(opened|run-started|covered|run-ended|container-read|folder-read)|log\.|account\.|erasure\.|custody\.)/;
const BRINGS = /^interaction\.(recorded|noted|exported|also-seen)$/;

/**
 * Reads the whole ledger once and finds what goes with what: an entry goes when it names something that goes, and
 * takes along whatever came into being with it. So no fact is left that speaks of what is not there.
 */
export class ReachFinder {
  readonly #lines: Line[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #creator = new Map<number, number>();
  readonly #isStated = new Set<number>();
  readonly #namedBy = new Map<number, number[]>();
  readonly #filed = new Map<string, Set<string>>();
  readonly #everFiled = new Map<string, Set<string>>();
  readonly #runs = new Map<string, Run>();
  readonly #frames: { line: number; run: string; position: number }[] = [];
  readonly #sources = new Map<string, { line: number; kind: string }>();

  /** Takes the next entry, in the order of the ledger. */
  add({ index, id, kind, slot, envelope }: ReadLine): void {
    const at = this.#lines.length;
    const { fact, objects } = JSON.parse(envelope) as Body;
    const named = kind.startsWith('source.') && STAYS.test(kind) ? [] : namesOf(kind, id, fact, envelope);
    const ids = [...new Set(named)].map((name) => this.#numberOf(name));
    this.#lines.push({ index, id, kind, slot, ids, objects });
    for (const one of ids) {
      this.#nameIn(one, at);
      if (!this.#creator.has(one)) this.#creator.set(one, at);
    }
    if (fact.id !== undefined && kind !== 'interaction.also-seen') this.#state(fact.id, at);
    this.#takeFiling(kind, fact);
    this.#takeSource(kind, fact, at);
  }

  /** A client is named by as many entries as it has records: what is known is grown, never copied. */
  #nameIn(name: number, line: number): void {
    const known = this.#namedBy.get(name);
    if (known) known.push(line);
    else this.#namedBy.set(name, [line]);
  }

  /** The first entry that is *about* an id brought it; others may have named it a moment earlier. */
  #state(id: string, at: number): void {
    const number = this.#numberOf(id);
    if (this.#isStated.has(number)) return;
    this.#isStated.add(number);
    this.#creator.set(number, at);
  }

  #takeFiling(kind: string, { interaction, party }: Body['fact']): void {
    if (interaction === undefined || party === undefined) return;
    if (kind === 'interaction.filed')
      for (const map of [this.#filed, this.#everFiled]) setOf(map, interaction).add(party);
    if (kind === 'interaction.unfiled') this.#filed.get(interaction)?.delete(party);
  }

  #takeSource(kind: string, fact: Body['fact'], at: number): void {
    if (kind === 'source.opened') this.#sources.set(fact.id!, { line: at, kind: fact.sourceKind! });
    if (!kind.startsWith('source.') || fact.run === undefined) return;
    const run = this.#runs.get(fact.run) ?? {
      source: fact.source ?? '',
      lines: [],
      interactions: new Set<string>(),
      byPosition: new Map<number, Set<string>>(),
    };
    this.#runs.set(fact.run, run);
    run.lines.push(at);
    if (kind === 'source.container-read')
      this.#frames.push({ line: at, run: fact.run, position: fact.position! });
    if (kind !== 'source.covered') return;
    for (const [position, , , , , interaction] of fact.items ?? []) {
      if (typeof interaction !== 'string') continue;
      run.interactions.add(interaction);
      setOf(run.byPosition, position as number).add(interaction);
    }
  }

  reach(target: ErasureTarget): Reach {
    const isParty = target.scope === 'party';
    const shared: string[] = [];
    const gone = new Set<number>();
    const queue: number[] = [];
    const take = (line: number | undefined) => {
      if (line === undefined || gone.has(line)) return;
      gone.add(line);
      queue.push(line);
    };
    const takeId = (id: string) => {
      const number = this.#numbers.get(id);
      if (number !== undefined) take(this.#creator.get(number));
    };
    takeId(target.id);
    if (target.scope === 'party')
      for (const interaction of this.#of(target.id))
        if (this.#isOnlyWith(interaction, target.id) || target.also.has(interaction)) takeId(interaction);
        else shared.push(interaction);
    const spread = () => {
      for (let line = queue.pop(); line !== undefined; line = queue.pop())
        for (const id of this.#lines[line]!.ids)
          if (this.#creator.get(id) === line)
            for (const other of this.#namedBy.get(id) ?? [])
              if (canGo(this.#lines[other]!.kind, isParty)) take(other);
    };
    spread();
    const interactions = this.#interactionsIn(gone);
    const runsThatStay = this.#takeRuns(interactions, take);
    spread();
    const lines = [...gone].sort((a, b) => a - b).map((line) => this.#lines[line]!);
    return {
      lines: lines.map(({ index, id, kind, slot }) => ({ index, id, kind, slot })),
      interactions: [...interactions],
      ids: this.#idsOf(gone),
      objects: this.#objectsOf(gone, lines),
      shared,
      runsThatStay,
      until: (this.#lines.at(-1)?.index ?? -1) + 1,
    };
  }

  /** Interactions that are or were filed under a party. */
  #of(party: string): readonly string[] {
    return [...this.#everFiled].filter(([, parties]) => parties.has(party)).map(([id]) => id);
  }

  #isOnlyWith(interaction: string, party: string): boolean {
    return [...(this.#filed.get(interaction) ?? [])].every((other) => other === party);
  }

  #interactionsIn(gone: ReadonlySet<number>): ReadonlySet<string> {
    const found = new Set<string>();
    for (const line of gone) {
      const { kind, ids } = this.#lines[line]!;
      if (BRINGS.test(kind)) found.add(this.#names[ids[0]!]!);
    }
    return found;
  }

  /** A run goes when all it saw goes; of one that stays, the frame of each file in which something is missing. */
  #takeRuns(interactions: ReadonlySet<string>, take: (line: number) => void): number {
    let staying = 0;
    const kept = new Set<string>();
    for (const [id, run] of this.#runs) {
      const seen = [...run.interactions];
      const hit = seen.filter((one) => interactions.has(one)).length;
      const isFile = this.#sources.get(run.source)?.kind === 'files';
      if (hit > 0 && hit === seen.length && isFile) for (const line of run.lines) take(line);
      else {
        kept.add(run.source);
        if (hit > 0) staying += 1;
        this.#takeFrames(id, run, interactions, take);
      }
    }
    const touched = new Set([...this.#runs.values()].map(({ source }) => source));
    for (const source of touched)
      if (!kept.has(source) && this.#sources.has(source)) take(this.#sources.get(source)!.line);
    return staying;
  }

  #takeFrames(
    id: string,
    { byPosition }: Run,
    interactions: ReadonlySet<string>,
    take: (line: number) => void,
  ): void {
    for (const { line, run, position } of this.#frames)
      if (run === id && [...(byPosition.get(position) ?? [])].some((one) => interactions.has(one)))
        take(line);
  }

  #idsOf(gone: ReadonlySet<number>): readonly string[] {
    const ids = [...this.#creator].filter(([, line]) => gone.has(line)).map(([id]) => this.#names[id]!);
    return [...new Set([...ids, ...[...gone].map((line) => this.#lines[line]!.id)])];
  }

  /** An object that an entry names which stays, stays with it. */
  #objectsOf(gone: ReadonlySet<number>, lines: readonly Line[]): readonly string[] {
    const objects = new Set(lines.flatMap((line) => line.objects));
    if (objects.size === 0) return [];
    for (const [at, line] of this.#lines.entries())
      if (!gone.has(at)) for (const commitment of line.objects) objects.delete(commitment);
    return [...objects];
  }

  #numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#names.length;
    this.#names.push(name);
    this.#numbers.set(name, number);
    return number;
  }
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
function canGo(kind: string, isParty: boolean): boolean {
  return !STAYS.test(kind) && (isParty || !kind.startsWith('bundle.'));
}

/** What was brought in names strangers' ids too, in foreign words: there only its own count, and what it corrects. */
function namesOf(kind: string, id: string, fact: Body['fact'], envelope: string): readonly string[] {
  if (BRINGS.test(kind)) return [fact.id!, fact.original!, id, ...(fact.corrects ? [fact.corrects] : [])];
  return [id, ...(envelope.match(OUR_ID) ?? [])];
}

function setOf<K, V>(map: Map<K, Set<V>>, key: K): Set<V> {
  const known = map.get(key);
  if (known) return known;
  const made = new Set<V>();
  map.set(key, made);
  return made;
}
