import type { ErasureTarget, Reach } from '../../src/modules/casefile/erasure-reach.ts';
import type { Ledger } from '../../src/modules/ledger/ledger.actions.ts';
import { pageOfEntries } from '../../src/modules/ledger/ledger.store.ts';
import { sealedEnvelopeOf } from '../../src/modules/ledger/ledger.ts';

type Line = {
  readonly index: number;
  readonly id: string;
  readonly kind: string;
  readonly names: readonly string[];
  readonly fact: Record<string, unknown>;
  readonly objects: readonly string[];
};

const ID = /(?<!member:)\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/g;
const BRINGS = ['recorded', 'noted', 'exported', 'also-seen'].map((word) => `interaction.${word}`);
const OF_RUNS = ['opened', 'run-started', 'covered', 'run-ended', 'container-read', 'folder-read'];
const HOUSE = [...OF_RUNS.map((word) => `source.${word}`), 'log.', 'account.', 'erasure.', 'custody.'];
const isOfHouse = ({ kind }: Line) => HOUSE.some((word) => kind.startsWith(word));

/** Tells what goes with a party or a record, found the slow way: every entry opened, and every rule over all of them. */
export async function wholeReach(ledger: Ledger): Promise<(target: ErasureTarget) => Sums> {
  const lines = await allLines(ledger);
  const creator = creatorsOf(lines);
  return (target) => reachIn(lines, creator, target);
}

function reachIn(lines: readonly Line[], creator: ReadonlyMap<string, Line>, target: ErasureTarget): Sums {
  const gone = new Set<Line>();
  const isGone = (id: string) => gone.has(creator.get(id)!);
  const canGo = (line: Line) =>
    !isOfHouse(line) && (target.scope === 'party' || !line.kind.startsWith('bundle.'));
  const settle = () => {
    for (let before = -1; before !== gone.size; ) {
      before = gone.size;
      for (const line of lines) if (canGo(line) && line.names.some(isGone)) gone.add(line);
    }
  };
  const shared: string[] = [];
  const take = (id: string) => creator.has(id) && gone.add(creator.get(id)!);
  take(target.id);
  if (target.scope === 'party')
    for (const [interaction, { ever, now }] of filedIn(lines)) {
      if (!ever.has(target.id)) continue;
      const isOnly = [...now].every((party) => party === target.id);
      if (isOnly || target.also.has(interaction)) take(interaction);
      else shared.push(interaction);
    }
  settle();
  const interactions = new Set(
    lines.filter((line) => gone.has(line) && BRINGS.includes(line.kind)).map(({ fact }) => String(fact.id)),
  );
  const runsThatStay = takeRuns(lines, interactions, gone);
  settle();
  const kept = new Set(lines.filter((line) => !gone.has(line)).flatMap(({ objects }) => objects));
  const objects = lines.filter((line) => gone.has(line)).flatMap((line) => line.objects);
  return sorted({
    lines: lines.filter((line) => gone.has(line)).map(({ index }) => index),
    interactions: [...interactions],
    ids: [...new Set([...[...creator.keys()].filter(isGone), ...[...gone].map(({ id }) => id)])],
    objects: [...new Set(objects)].filter((one) => !kept.has(one)),
    shared,
    runsThatStay,
  });
}

type Sums = Omit<Reach, 'lines' | 'until'> & { readonly lines: readonly number[] };

/** The same of what the program found, so that both can be compared. */
export function sumsOf({ until: _, lines, ...reach }: Reach): Sums {
  return sorted({ ...reach, lines: lines.map(({ index }) => index) });
}

function sorted(sums: Sums): Sums {
  const { lines, interactions, ids, objects, shared } = sums;
  return {
    ...sums,
    lines: [...lines].sort((a, b) => a - b),
    interactions: [...interactions].sort(),
    ids: [...ids].sort(),
    objects: [...objects].sort(),
    shared: [...shared].sort(),
  };
}

async function allLines({ db, workspaceId, vault }: Ledger): Promise<readonly Line[]> {
  const entries = await pageOfEntries(db, workspaceId, 0, 1_000_000);
  const opened = await vault.openEnvelopes(entries.map(sealedEnvelopeOf));
  return entries.flatMap(({ index, id, kind }, i) => {
    if (opened[i] === 'erased') return [];
    const text = Buffer.from(opened[i]!).toString('utf8');
    const { fact, objects } = JSON.parse(text) as Pick<Line, 'fact' | 'objects'>;
    const { original, corrects } = fact;
    const names = BRINGS.includes(kind)
      ? [fact.id, original, id, ...(corrects ? [corrects] : [])].map(String)
      : [id, ...(text.match(ID) ?? [])];
    const isQuiet = OF_RUNS.some((word) => kind.startsWith(`source.${word}`));
    return [{ index, id, kind, fact, objects, names: isQuiet ? [] : names }];
  });
}

/** The entry that is the first to be about an id; where none is, the first to name it. */
function creatorsOf(lines: readonly Line[]): ReadonlyMap<string, Line> {
  const [named, about] = [new Map<string, Line>(), new Map<string, Line>()];
  for (const line of lines) {
    for (const id of line.names) if (!named.has(id)) named.set(id, line);
    const { id } = line.fact;
    if (typeof id === 'string' && line.kind !== 'interaction.also-seen' && !about.has(id))
      about.set(id, line);
  }
  return new Map([...named, ...about]);
}

function filedIn(lines: readonly Line[]) {
  const filed = new Map<string, { readonly ever: Set<unknown>; readonly now: Set<unknown> }>();
  for (const { kind, fact } of lines) {
    const of = filed.get(String(fact.interaction)) ?? { ever: new Set(), now: new Set() };
    if (kind === 'interaction.filed') {
      of.ever.add(fact.party);
      of.now.add(fact.party);
      filed.set(String(fact.interaction), of);
    }
    if (kind === 'interaction.unfiled') of.now.delete(fact.party);
  }
  return filed;
}

function takeRuns(lines: readonly Line[], interactions: ReadonlySet<string>, gone: Set<Line>): number {
  const ofSources = lines.filter(({ kind }) => kind.startsWith('source.'));
  const opened = ofSources.filter(({ kind }) => kind === 'source.opened');
  const sourceOf = (run: unknown) => ofSources.find(({ fact }) => fact.run === run)!.fact.source;
  let staying = 0;
  const going = new Set<unknown>();
  const runs = new Set(ofSources.flatMap(({ fact }) => fact.run ?? []));
  for (const run of runs) {
    const said = ofSources.filter(({ fact }) => fact.run === run);
    const seen = said
      .filter(({ kind }) => kind === 'source.covered')
      .flatMap(({ fact }) => fact.items as unknown[][])
      .filter((item) => typeof item[5] === 'string');
    const hit = seen.filter((item) => interactions.has(item[5] as string));
    const kind = opened.find(({ fact }) => fact.id === sourceOf(run))?.fact.sourceKind;
    if (hit.length > 0 && hit.length === seen.length && kind === 'files') {
      going.add(run);
      for (const line of said) gone.add(line);
      continue;
    }
    if (hit.length > 0) staying += 1;
    for (const line of said)
      if (line.kind === 'source.container-read' && hit.some((item) => item[0] === line.fact.position))
        gone.add(line);
  }
  for (const line of opened) {
    const own = [...runs].filter((run) => sourceOf(run) === line.fact.id);
    if (own.length > 0 && own.every((run) => going.has(run))) gone.add(line);
  }
  return staying;
}
