import { brings, canGo, type NamedLine } from './erasure-reach.ts';

type Node = Pick<NamedLine, 'index' | 'id' | 'kind' | 'slot' | 'objects' | 'filing'> & {
  readonly ids: readonly number[];
  readonly about: number | null;
};

/**
 * Finds what goes with what: an entry goes when it names something that goes, and takes along whatever came into being
 * with it. So no fact is left that speaks of what is not there.
 *
 * Entries may be added in any order and at any time before what they bring is followed: what an entry brings into being
 * is told by its place in the ledger.
 */
export class ReachGraph {
  readonly #isParty: boolean;
  readonly #nodes = new Map<number, Node>();
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #creator = new Map<number, Node>();
  readonly #isStated = new Set<number>();
  readonly #namedBy = new Map<number, Node[]>();
  readonly #filings = new Map<string, NonNullable<NamedLine['filing']>[]>();
  readonly #gone = new Set<Node>();
  #taken: Node[] = [];

  constructor(isParty: boolean) {
    this.#isParty = isParty;
  }

  /** Every id that is named so far. */
  get names(): readonly string[] {
    return this.#names;
  }

  addAll(lines: readonly NamedLine[]): void {
    for (const line of lines) this.add(line);
  }

  /** Takes an entry; a second time the same one changes nothing. */
  add({ names, about, ...line }: NamedLine): void {
    if (this.#nodes.has(line.index)) return;
    const ids = names.map((name) => this.#numberOf(name));
    const { index, id, kind, slot, objects, filing } = line;
    const stated = about === null ? null : this.#numberOf(about);
    const node: Node = { index, id, kind, slot, objects, filing, ids, about: stated };
    this.#nodes.set(index, node);
    for (const one of ids) this.#nameIn(one, node, false);
    if (stated !== null) this.#nameIn(stated, node, true);
    if (filing) {
      const known = this.#filings.get(filing.interaction);
      if (known) known.push(filing);
      else this.#filings.set(filing.interaction, [filing]);
    }
  }

  /** The first entry that is *about* an id brought it; others may have named it a moment earlier. */
  #nameIn(name: number, node: Node, isAbout: boolean): void {
    const known = this.#namedBy.get(name);
    if (!known) this.#namedBy.set(name, [node]);
    else if (known.at(-1) !== node) known.push(node);
    const before = this.#creator.get(name);
    const wasStated = this.#isStated.has(name);
    if (isAbout) this.#isStated.add(name);
    if (!before || (isAbout && !wasStated) || (isAbout === wasStated && node.index < before.index))
      this.#creator.set(name, node);
  }

  /** Interactions that are or were filed under a party, in the order in which they first were. */
  filedUnder(party: string): readonly string[] {
    const first = new Map<string, number>();
    for (const { index, filing } of this.#nodes.values())
      if (filing?.party === party)
        first.set(filing.interaction, Math.min(index, first.get(filing.interaction) ?? index));
    return [...first].sort(([, a], [, b]) => a - b).map(([id]) => id);
  }

  /** Whether nobody but this party has an interaction filed under it. */
  isOnlyWith(interaction: string, party: string): boolean {
    const filings = this.#filings.get(interaction) ?? [];
    return filings.every((filing) => !filing.isInForce || filing.party === party);
  }

  /** The entry that brought an id goes. */
  takeCreatorOf(id: string): void {
    const number = this.#numbers.get(id);
    const creator = number === undefined ? undefined : this.#creator.get(number);
    if (creator) this.#take(creator);
  }

  /** An entry goes. */
  takeAt(index: number): void {
    const node = this.#nodes.get(index);
    if (node) this.#take(node);
  }

  #take(node: Node): void {
    if (this.#gone.has(node)) return;
    this.#gone.add(node);
    this.#taken.push(node);
  }

  /** The ids that came into being with what was taken since the last call. */
  freshlyGone(): readonly string[] {
    const fresh: string[] = [];
    for (const node of this.#taken)
      for (const id of node.ids) if (this.#creator.get(id) === node) fresh.push(this.#names[id]!);
    this.#taken = [];
    return fresh;
  }

  /** Whatever names one of these ids goes, if it can. */
  takeNaming(ids: readonly string[]): void {
    for (const id of ids)
      for (const node of this.#namedBy.get(this.#numbers.get(id)!) ?? [])
        if (canGo(node.kind, this.#isParty)) this.#take(node);
  }

  /** What goes, in the order of the ledger. */
  goneLines(): readonly Pick<NamedLine, 'index' | 'id' | 'kind' | 'slot'>[] {
    return [...this.#gone]
      .sort((a, b) => a.index - b.index)
      .map(({ index, id, kind, slot }) => ({ index, id, kind, slot }));
  }

  goneInteractions(): ReadonlySet<string> {
    const found = new Set<string>();
    for (const { kind, ids } of this.#gone) if (brings(kind)) found.add(this.#names[ids[0]!]!);
    return found;
  }

  goneIds(): readonly string[] {
    const ids = new Set<string>();
    for (const node of this.#gone) {
      ids.add(node.id);
      const brought = node.about === null ? node.ids : [...node.ids, node.about];
      for (const id of brought) if (this.#creator.get(id) === node) ids.add(this.#names[id]!);
    }
    return [...ids];
  }

  /** An object that an entry names which stays, stays with it. */
  goneObjects(): readonly string[] {
    const objects = new Set([...this.#gone].flatMap((node) => node.objects));
    if (objects.size === 0) return [];
    for (const node of this.#nodes.values())
      if (!this.#gone.has(node)) for (const commitment of node.objects) objects.delete(commitment);
    return [...objects];
  }

  #numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#names.length;
    // A piece cut out of an envelope would keep all of it in memory.
    const own = Buffer.from(name, 'latin1').toString('latin1');
    this.#names.push(own);
    this.#numbers.set(own, number);
    return number;
  }
}
