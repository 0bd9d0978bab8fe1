import type { ReadLine } from './erasure-reach.ts';

type Fact = {
  readonly id?: string;
  readonly run?: string;
  readonly source?: string;
  readonly sourceKind?: string;
  readonly position?: number;
  readonly items?: readonly (readonly unknown[])[];
};
type Run = {
  source: string;
  readonly lines: number[];
  /** The frame of each file, by its position. */
  readonly frames: [position: number, line: number][];
  /** Positions of files in which something that goes was seen. */
  readonly touched: Set<unknown>;
  sawOthers: boolean;
};

/** What is said of runs and sources, and which of it goes when interactions go. */
export class RunsSeen {
  readonly #runs = new Map<string, Run>();
  readonly #sources = new Map<string, { readonly line: number; readonly kind: string }>();

  /** Takes what an entry of a source's stream says, but not yet what was seen: that is looked at when it is known what goes. */
  note({ index, kind, envelope }: ReadLine): void {
    if (!kind.startsWith('source.')) return;
    const fact = factOf(envelope);
    if (kind === 'source.opened') this.#sources.set(fact.id!, { line: index, kind: fact.sourceKind! });
    if (fact.run === undefined) return;
    const run = this.#runOf(fact);
    run.lines.push(index);
    if (kind === 'source.container-read') run.frames.push([fact.position!, index]);
  }

  /** Compares what a step of a run saw with what goes. */
  look({ index, envelope }: ReadLine, interactions: ReadonlySet<string>): void {
    const fact = factOf(envelope);
    const run = this.#runOf(fact);
    run.lines.push(index);
    for (const [position, , , , , interaction] of fact.items ?? []) {
      if (typeof interaction !== 'string') continue;
      if (interactions.has(interaction)) run.touched.add(position);
      else run.sawOthers = true;
    }
  }

  #runOf({ run: id, source = '' }: Fact): Run {
    const known = this.#runs.get(id!);
    if (known) return known;
    const run: Run = { source, lines: [], frames: [], touched: new Set(), sawOthers: false };
    this.#runs.set(id!, run);
    return run;
  }

  /**
   * A run goes when all it saw goes, and a source with its last run; of a run that stays, the frame of each file in which
   * something is missing.
   */
  gone(): { readonly lines: readonly number[]; readonly runsThatStay: number } {
    const lines: (readonly number[])[] = [];
    let runsThatStay = 0;
    const [seen, kept] = [new Set<string>(), new Set<string>()];
    for (const { source, sawOthers, touched, frames, ...run } of this.#runs.values()) {
      seen.add(source);
      const isHit = touched.size > 0;
      if (isHit && !sawOthers && this.#sources.get(source)?.kind === 'files') lines.push(run.lines);
      else {
        kept.add(source);
        if (isHit) runsThatStay += 1;
        lines.push(frames.filter(([position]) => touched.has(position)).map(([, line]) => line));
      }
    }
    for (const source of seen) {
      const opened = this.#sources.get(source);
      if (opened && !kept.has(source)) lines.push([opened.line]);
    }
    return { lines: lines.flat(), runsThatStay };
  }
}

function factOf(envelope: string): Fact {
  return (JSON.parse(envelope) as { fact: Fact }).fact;
}
