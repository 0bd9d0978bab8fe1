import type { Caller } from '../../kernel/http.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { pageOf, type TimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { ourCountry } from '../signal/days-off.actions.ts';
import { sourceWords } from './dues.actions.ts';
import { loadState, type Opened, openProcedure, type ProcedurePorts } from './loading.actions.ts';
import { countMembers } from './material.store.ts';
import type { Pack, PackSource, PackStep, Words3 } from './pack.ts';
import { stepIn, validUntil } from './pack.ts';
import { reachedFrom } from './pack-steps.ts';
import { type LoadedPacks, packOfBytes } from './packs.store.ts';
import { type ExhibitPair, pairsOf } from './pairs.store.ts';
import { holds } from './predicates.ts';
import { listProcedures, type ProcedureRow } from './procedure.store.ts';
import { askedNow, mayDo, type ProcedureRefusal } from './procedure.ts';
import { standingOf } from './standing.actions.ts';
import { currentVisit, type ProcedureState } from './state.ts';

type PackWish = {
  readonly subject?: string | undefined;
  readonly place?: string | undefined;
  readonly starts?: Pack['starts'] | undefined;
};

/** Packs that can be started on something, and those of the user that cannot be used. */
export async function packsFor({ ledger, packs }: ProcedurePorts, { subject, place, starts }: PackWish) {
  const loaded = await packs.load();
  const isFit = ({ pack }: LoadedPacks['packs'][number]) =>
    (subject === undefined || (pack.subject as readonly string[]).includes(subject)) &&
    (place === undefined || pack.place === null || pack.place === place) &&
    (starts === undefined || pack.starts === starts);
  const country = await ourCountry(ledger);
  // What is made for another place can be started all the same: the other side may be there.
  const isHere = ({ place }: Pack) => place === null || country === null || place === country;
  return {
    packs: loaded.packs
      .filter(isFit)
      .map(({ pack, sha256, isYours }) => ({ ...packLine(pack), isHere: isHere(pack), sha256, isYours })),
    broken: loaded.broken,
  };
}

function packLine(pack: Pack) {
  const { id, version, title, about, place, verified, subject, steps, starts } = pack;
  const sources = pack.sources.map((source) => sourceShown(pack, source));
  return {
    id,
    version,
    title,
    about,
    place,
    isVerified: verified,
    validUntil: pack.validUntil ?? null,
    starts,
    subjects: subject,
    steps: steps.length,
    sources,
  };
}

function sourceShown(pack: Pack, source: PackSource) {
  const { kind, url = null } = source;
  return { kind, says: sourceWords(source), url, validUntil: validUntil(pack, source) };
}

export type ProcedureView = Awaited<ReturnType<typeof shownOf>>;

/** A procedure as it stands: what was done by whom, when and why, what to do now, and what is missing for it. */
export async function viewProcedure(
  ports: ProcedurePorts,
  caller: Caller,
  id: string,
): Promise<Outcome<ProcedureView, ProcedureRefusal>> {
  const { ledger } = ports;
  const opened = await openProcedure(ports, id);
  if (!opened) return refuse('procedure-unknown');
  const state = await loadState(ledger, ledger.db, opened, ledger.chance.now());
  return accept(await shownOf(ledger, opened, state, caller));
}

async function shownOf(ledger: Ledger, { row, pack }: Opened, state: ProcedureState, caller: Caller) {
  const { id, partyId, reason, startedAt, startedBy, endedAt, endReason, outcome } = row;
  const current = currentVisit(state);
  const pairs = await pairsOf(ledger.db, ledger.workspaceId, partyId);
  return {
    ...{ id, partyId, reason, startedAt, startedBy, endedAt, endReason },
    subject: { kind: row.subjectKind, id: row.subjectId, interactionId: state.subject.interactionId },
    cite: row.cite && { ...row.cite, at: state.quote?.at ?? null },
    pack: packLine(pack),
    outcome: outcome === null ? null : { id: outcome, title: pack.outcomes[outcome] as Words3 },
    steps: pack.steps.map((step) => stepShown(state, step, current?.step ?? null)),
    now: current && (await nowShown(ledger, partyId, state, stepIn(pack, current.step)!, caller)),
    stops: state.stops.map((stop) => ({ ...stop, title: pack.stops[stop.stop] ?? null })),
    letters: state.letters.map(({ text: _, ...letter }) => ({
      ...letter,
      title: pack.letters[letter.letter]!.title,
    })),
    noteFindings: state.noteFindings,
    pairs: pairs.filter(({ procedureId }) => procedureId === id),
  };
}

/** A step that no way leads to from here is not needed any more. */
function stepShown(state: ProcedureState, step: PackStep, current: string | null) {
  const isAhead = current !== null && reachedFrom(state.pack, current).has(step.id);
  const visits = state.visits.filter((visit) => visit.step === step.id);
  const last = visits.at(-1)?.done;
  const { id, title, text, role, letter, skip, shown } = step;
  return {
    ...{ id, title, text, role, letter, skip, shown },
    state:
      id === current
        ? 'now'
        : last
          ? last.isSkipped
            ? 'skipped'
            : 'done'
          : isAhead
            ? 'ahead'
            : 'not-needed',
    choices: choicesOf(step),
    visits,
  };
}

function choicesOf(step: PackStep) {
  return Object.entries(step.choices).map(([id, { say, asks, ...title }]) => ({
    ...{ id, title, say: say ?? null, asks: asks ?? null, isLeaving: isLeaving(step, id) },
  }));
}

/** Whether the step is over with this answer, as far as the answer alone decides. */
function isLeaving({ id, next }: PackStep, choice: string): boolean {
  const way = next.find(({ when }) =>
    when.every(({ predicate, args }) => predicate !== 'chosen' || args[0] === choice),
  );
  return way?.to !== id;
}

async function nowShown(
  ledger: Ledger,
  partyId: string,
  state: ProcedureState,
  step: PackStep,
  { role }: Caller,
) {
  const { pack } = state;
  const visit = currentVisit(state)!;
  const source = pack.sources.find(({ id }) => id === step.due?.source);
  const stoppable = step.due?.clockStops ?? [];
  const running = state.stops.find(({ until }) => until === null);
  return {
    step: step.id,
    number: pack.steps.indexOf(step) + 1,
    of: pack.steps.length,
    needs: step.needs.map((need) => ({ ...need, holds: holds(state, need) })),
    choices: choicesOf(step),
    due: visit.due,
    source: source ? sourceShown(pack, source) : null,
    isMine: mayDo(step, role),
    second: await secondShown(ledger, state, step),
    stoppable: stoppable.map((id) => ({ id, title: pack.stops[id] as Words3 })),
    isStopped: running !== undefined && stoppable.includes(running.stop),
    because: visit.because,
    standing: hasStanding(step) ? await standingOf(ledger, ledger.db, partyId) : null,
  };
}

function hasStanding({ shown }: PackStep): boolean {
  return shown === 'obligations' || shown === 'preparation';
}

const DAY_MS = 24 * 3_600_000;

async function secondShown(
  { db, workspaceId }: Ledger,
  state: ProcedureState,
  { role, id, secondTo }: PackStep,
) {
  if (role !== 'second') return null;
  const first = state.visits.findLast(({ step, done }) => step === secondTo && done)?.done;
  const asked = askedNow(state, id);
  const members = await countMembers(db, workspaceId);
  const until = asked && (new Date(Date.parse(asked.at) + DAY_MS).toISOString() as Instant);
  return { firstActor: first?.actor ?? null, isAlone: members <= 1, asked: asked && { ...asked, until } };
}

/** Procedures of a client or about one thing, the newest first. */
export async function procedurePage(
  { ledger: { db, workspaceId } }: ProcedurePorts,
  filter: Parameters<typeof listProcedures>[2],
  after: TimeKey | null,
  limit: number,
) {
  const rows = await listProcedures(db, workspaceId, filter, after, limit + 1);
  const { items, next } = pageOf(
    rows.map((row) => ({ ...row, at: row.startedAt })),
    limit,
  );
  return { items: await Promise.all(items.map(lineOf)), next };
}

async function lineOf({
  files,
  ...row
}: ProcedureRow & { readonly files: Readonly<Record<string, string>> }) {
  const pack = await packOfBytes(row.packSha256, files);
  const step = pack && row.step ? stepIn(pack, row.step) : null;
  const { id, partyId, startedAt, startedBy, endedAt, dueAt } = row;
  return {
    ...{ id, partyId, startedAt, startedBy, endedAt, dueAt },
    subject: { kind: row.subjectKind, id: row.subjectId },
    title: pack?.title ?? { en: row.packId, ru: row.packId, fi: row.packId },
    isVerified: pack?.verified ?? false,
    step: step && {
      title: step.title,
      number: pack!.steps.indexOf(step) + 1,
      of: pack!.steps.length,
      role: step.role,
    },
    outcome: pack && row.outcome ? (pack.outcomes[row.outcome] as Words3) : null,
  };
}

/** What belongs together in a bundle of a client: a record, the letter that put it in writing, and what came back. */
export function exhibitPairs({ db, workspaceId }: Ledger, partyId: string): Promise<readonly ExhibitPair[]> {
  return pairsOf(db, workspaceId, partyId);
}
