import type { WorkspaceId } from '../../../kernel/brand.ts';
import type { Db, Tx } from '../../../kernel/db.ts';
import { type Instant, instantOf } from '../../../kernel/instant.ts';
import { memberNames } from '../../casefile/second.actions.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { endingsOf, firstAfterEnd } from '../ending/ending.store.ts';
import type { Ending } from '../ending/ending.ts';
import { stayOrLeave } from '../ending/sheet.actions.ts';
import { sheetFields } from '../ending/words.ts';
import type { Pack, Words3 } from '../pack.ts';
import { silencesOf } from '../silence/silence.store.ts';
import { isQuiet, type Silence } from '../silence/silence.ts';
import { ENDING_FIELD, RESTRICTION_FIELDS, SHEET_FIELDS } from './fields.ts';
import type { Beside, Mark } from './marks.ts';
import { loadRestriction } from './restriction.store.ts';
import { isInForce, type Restriction } from './restriction.ts';
import { dateWords, inThree, measureWords, routeWords } from './words.ts';

type About = {
  readonly partyId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly startedAt: Instant;
};
type Marks = Beside['marks'];

/** What was decided beside the steps of a procedure, and since when: as far as the pack asks for it. */
export async function loadBeside(
  { workspaceId }: Ledger,
  db: Db | Tx,
  about: About,
  pack: Pack,
  now: Instant,
): Promise<Beside> {
  const { partyId, startedAt } = about;
  const asked = predicatesIn(pack);
  const asks = (word: string) => asked.some((predicate) => predicate.includes(word));
  const restriction = await restrictionOf(db, workspaceId, about);
  const silence = asks('silence')
    ? (await silencesOf(db, workspaceId, partyId)).find((one) => isSince(overAt(one), startedAt))
    : undefined;
  const ending = asks('end') ? await endingOf(db, workspaceId, about) : undefined;
  const after = ending ? await firstAfterEnd(db, workspaceId, { party: partyId }) : [];
  return {
    marks: {
      ...(restriction ? marksOf(restriction, now) : {}),
      ...(silence ? silenceMarks(silence, now) : {}),
      ...(ending ? endingMarks(ending, now, after[0]?.at ?? null) : {}),
    },
  };
}

function predicatesIn({ steps }: Pack): readonly string[] {
  const needs = steps.flatMap((step) => [...step.needs, ...step.next.flatMap(({ when }) => when)]);
  return needs.map(({ predicate }) => predicate);
}

/** @param names the fields that a letter says; nothing is loaded for others */
export async function loadBesideFields(
  ledger: Ledger,
  about: About,
  names: readonly string[],
): Promise<Readonly<Record<string, Words3>>> {
  const { db, workspaceId } = ledger;
  const isSaid = (fields: readonly string[]) => names.some((name) => fields.includes(name));
  const restriction = isSaid(RESTRICTION_FIELDS) ? await restrictionOf(db, workspaceId, about) : null;
  const asksForEnd = isSaid([ENDING_FIELD, ...SHEET_FIELDS]);
  const ending = asksForEnd ? await endingOf(db, workspaceId, about) : undefined;
  const sheet = ending && isSaid(SHEET_FIELDS) ? await stayOrLeave(ledger, about.partyId) : null;
  return {
    ...(restriction ? fieldsOf(restriction, await memberNames(ledger)) : {}),
    ...(ending ? { [ENDING_FIELD]: dateWords(ending.on.on) } : {}),
    ...(sheet?.ok ? sheetFields(sheet.value) : {}),
  };
}

async function restrictionOf(db: Db | Tx, workspaceId: WorkspaceId, { subjectKind, subjectId }: About) {
  return subjectKind === 'restriction' ? loadRestriction(db, workspaceId, subjectId) : null;
}

async function endingOf(db: Db | Tx, workspaceId: WorkspaceId, { partyId, startedAt }: About) {
  const all = await endingsOf(db, workspaceId, partyId);
  return all.find((one) => one.state !== 'withdrawn' && isSince(one.overAt, startedAt));
}

function overAt({ ended, until }: Silence): Instant {
  return ended?.at ?? until.at;
}

/** What was over before a procedure began is none of its business. */
function isSince(over: Instant | null, startedAt: Instant): boolean {
  return over === null || over >= startedAt;
}

function marksOf(restriction: Restriction, now: Instant): Marks {
  const { safety, plannedAt, decided, setAt, reviewedAt, appeal, ended, review, until, state } = restriction;
  const isOver = ended !== null || (state === 'in-force' && !isInForce(restriction, now));
  return {
    ...at('restriction-immediate', safety === null ? null : plannedAt),
    ...at('restriction-decided', decided?.at ?? null),
    ...at('restriction-in-force', isOver ? null : setAt),
    ...at('restriction-reviewed', reviewedAt),
    ...at('restriction-appealed', appeal && appeal.decidedAt === null ? appeal.at : null),
    ...at('appeal-decided', appeal?.decidedAt ?? null),
    ...at('review-due', state === 'in-force' && review.at < now ? review.at : null),
    ...at('restriction-over', isOver ? (ended?.at ?? until.at) : null),
  };
}

function silenceMarks(silence: Silence, now: Instant): Marks {
  return {
    'silence-began': silence.beganAt,
    ...at('silence-over', isQuiet(silence, now) ? null : overAt(silence)),
  };
}

const DAY_MS = 24 * 3_600_000;

function endingMarks(ending: Ending, now: Instant, after: Instant | null): Marks {
  const { plannedAt, toldAt, overAt: over, answeredAt, on } = ending;
  // Its day begins a day before its last moment.
  const begins = instantOf(Date.parse(on.at) - DAY_MS);
  return {
    'ending-planned': plannedAt,
    ...at('ending-told', toldAt),
    ...at('ending-day-come', begins < now ? begins : null),
    ...at('ending-over', over),
    ...at('message-after-end', after),
    ...at('ending-answered', answeredAt),
  };
}

function at(mark: Mark, when: Instant | null): Marks {
  return when === null ? {} : { [mark]: when };
}

function fieldsOf(
  { measure, weighing, cites, review, until }: Restriction,
  names: ReadonlyMap<string, string>,
): Readonly<Record<string, Words3>> {
  const same = (words: string) => inThree(() => words);
  return {
    'restriction-measure': measureWords(measure, names),
    'restriction-open-route': routeWords(measure),
    'restriction-review': dateWords(review.on),
    'restriction-until': dateWords(until.on),
    'restriction-aim': same(weighing.aim),
    'restriction-milder': same(weighing.milder),
    'restriction-words': same(
      cites.map(({ quote }) => `> ${quote.trim().split(/\r?\n/).join('\n> ')}`).join('\n\n'),
    ),
  };
}
