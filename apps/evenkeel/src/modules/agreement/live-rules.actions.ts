import { addDays, type Calendar, localOf } from '../../kernel/calendar.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { identifiersAmong } from '../party/party.actions.ts';
import { normalAddress, type PartyId } from '../party/party.ts';
import { clausesOf } from './agreement.store.ts';
import { boundariesOf } from './boundary.store.ts';
import { countOf } from './boundary.ts';
import type { ClauseKind } from './clause.ts';
import { calendarFor } from './hours.actions.ts';
import { LANGS, type Lang, type Rung, type Worded } from './ladder.ts';
import { lastHeard } from './live-rules.store.ts';
import { readSuggestions, type Suggestions } from './suggestions.store.ts';
import { basisIn, dateIn, inForce, langOf, waysIn } from './told.ts';
import { filledIn } from './wording.ts';

/** What is tapped in a live session, and the kind of clause it stands on. */
const TOPICS = {
  threat: 'conduct',
  money: 'payment',
  data: 'data',
  limits: 'content_limits',
} as const satisfies Record<string, ClauseKind>;
export type Topic = keyof typeof TOPICS;
export const LIVE_TOPICS = Object.keys(TOPICS) as [Topic, ...Topic[]];

/** A step that can be said at once, in each language in which it has words. `{{count}}` is left for whoever counts. */
export type LiveStep = { readonly action: Rung['action']; readonly says: Worded; readonly texts: Worded };
export type LiveRule = {
  readonly topic: Topic;
  /** Whether the words are of a boundary that holds with this viewer, or only suggested. */
  readonly basis: 'boundary' | 'suggested';
  /** How often it was crossed before this session. */
  readonly count: number;
  readonly steps: readonly LiveStep[];
};
export type LiveRules = { readonly lang: Lang | null; readonly rules: readonly LiveRule[] };

type Rule = {
  readonly basis: LiveRule['basis'];
  readonly count: number;
  readonly rungs: readonly Rung[];
  readonly clause: (lang: Lang) => string | undefined;
  readonly clauseNumber: string | null;
  readonly stands: (lang: Lang) => string;
};

/**
 * What can be said in a live session, to the letter: the boundaries that hold with this viewer, else what is suggested.
 *
 * Nothing in it names us: a text that would is left out.
 *
 * @param handle null before a viewer is chosen
 */
export async function liveRules(ledger: Ledger, dataDir: string, handle: string | null): Promise<LiveRules> {
  const partyId = handle === null ? null : await partyOf(ledger, handle);
  const [suggestions, calendar, lang, own] = await Promise.all([
    readSuggestions(dataDir),
    calendarFor(ledger, partyId ?? NOBODY),
    partyId === null ? null : lastHeard(ledger.db, ledger.workspaceId, partyId),
    partyId === null ? [] : ownRules(ledger, partyId),
  ]);
  const rules = LIVE_TOPICS.flatMap((topic) => {
    const kind = TOPICS[topic];
    const rule = own.find((one) => one.kind === kind) ?? suggested(suggestions, kind);
    return rule ? [shown(topic, rule, { ledger, calendar, suggestions, handle })] : [];
  });
  return { lang: lang === null ? null : langOf(lang), rules };
}

/** No party has it: the calendar is then our own. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

async function partyOf({ db, workspaceId }: Ledger, handle: string): Promise<PartyId | null> {
  const [found] = await identifiersAmong(db, workspaceId, [normalAddress(handle)]);
  return found?.partyId ?? null;
}

async function ownRules(
  { db, workspaceId }: Ledger,
  partyId: PartyId,
): Promise<readonly (Rule & { kind: ClauseKind })[]> {
  const kept = (await boundariesOf(db, workspaceId, partyId)).filter(({ state }) => state === 'kept');
  const clauses = await clausesOf(db, workspaceId, partyId);
  return kept.flatMap((boundary) => {
    const clause = clauses.find(({ id }) => id === boundary.clauseId);
    if (!clause) return [];
    const says = inForce(clause);
    const { rungs } = boundary.ladder;
    const about = { kind: clause.kind, clauseNumber: String(clause.number), count: countOf(boundary) };
    // Without the basis a text that stands on an agreement is left out: nobody is told of one that is not there.
    return [{ ...about, basis: 'boundary' as const, rungs, clause: () => says, stands: () => '' }];
  });
}

function suggested({ ladders, clauses, basis }: Suggestions, kind: ClauseKind): Rule | null {
  const isOurs = ({ profile }: { profile: string | null }) => profile === 'performer';
  const serving = ladders.filter(({ serves }) => serves.includes(kind));
  const ladder = serving.find(isOurs) ?? serving[0];
  const of = clauses.filter((clause) => clause.kind === kind);
  const clause = of.find(isOurs) ?? of[0];
  if (!ladder || !clause) return null;
  return {
    ...{ basis: 'suggested', count: 0, rungs: ladder.rungs, clauseNumber: null },
    clause: (lang) => clause.says[lang],
    stands: (lang) => basisIn(basis, lang, false),
  };
}

/** A sentence that is quoted inside another leaves its full stop to it. */
function quotable(clause: string | undefined): string | undefined {
  return clause?.replace(/\.\s*$/, '');
}

type Speech = {
  readonly ledger: Ledger;
  readonly calendar: Calendar;
  readonly suggestions: Suggestions;
  readonly handle: string | null;
};

function shown(topic: Topic, rule: Rule, speech: Speech): LiveRule {
  const steps = rule.rungs.map((rung) => ({
    action: rung.action,
    says: rung.says,
    texts: textsOf(rung, rule, speech),
  }));
  return {
    topic,
    basis: rule.basis,
    count: rule.count,
    steps: steps.filter(({ texts }) => Object.keys(texts).length > 0),
  };
}

function textsOf(rung: Rung, rule: Rule, { ledger, calendar, suggestions, handle }: Speech): Worded {
  const today = localOf(calendar, ledger.chance.now()).date;
  const filled = LANGS.flatMap((lang) => {
    const text = rung.text[lang];
    if (text === undefined) return [];
    const read = filledIn(text, {
      ...{ clause: quotable(rule.clause(lang)), clauseNumber: rule.clauseNumber, basis: rule.stands(lang) },
      ...{ count: '{{count}}', client: handle, open: waysIn(lang, rung, suggestions.ways) },
      review: dateIn(lang, addDays(today, rung.reviewDays)),
    });
    return read.ok ? [[lang, read.value] as const] : [];
  });
  return Object.fromEntries(filled);
}
