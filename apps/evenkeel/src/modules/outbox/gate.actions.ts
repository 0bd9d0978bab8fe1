import type { RuleLang, SignalKind } from '@evenkeel/language/finding';
import type { Actor } from '../../kernel/brand.ts';
import { isOutsideHours, localOf } from '../../kernel/calendar.ts';
import { WORKERS } from '../../kernel/http.ts';
import { type Instant, instantOf } from '../../kernel/instant.ts';
import { accept } from '../../kernel/outcome.ts';
import { loadMembers } from '../account/account.actions.ts';
import { calendarFor } from '../agreement/hours.actions.ts';
import { deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { WORKSPACE_STREAM } from '../ledger/ledger.ts';
import { plainText } from '../procedure/letter.ts';
import { openProcedure, type ProcedurePorts } from '../procedure/loading.actions.ts';
import { allowedNow, restrictionsWith } from '../procedure/restriction/restriction.actions.ts';
import { type DraftRecord, OF_RECORD } from '../signal/draft-record.ts';
import { checkText } from '../signal/language.actions.ts';
import { signalsOf } from '../signal/signal.actions.ts';
import { newestOfTheirs, withCounsel } from './gate.store.ts';
import {
  type Acts,
  nextOpening,
  type SendingRules,
  type Standing,
  type Verdict,
  type Warnings,
  weigh,
} from './gate.ts';
import { loadSendingRules, projectSendingRules } from './waits.store.ts';
import type { RulesSet } from './waits.ts';

const DAY_MS = 24 * 3_600_000;

/** Words that hurt, and words that announce harm. */
const HEATED: ReadonlySet<SignalKind> = new Set([
  'hostility',
  'identity_attack',
  'physical_threat',
  'exposure_threat',
  'public_threat',
  'legal_threat',
]);

/** @property draftRecord holds our words against what lies downstream of here: promises, points, agreements */
export type GatePorts = ProcedurePorts & { readonly draftRecord: DraftRecord };

/** A finished letter at the gate, with what persons did to it so far. */
export type AtGate = {
  readonly procedure: string;
  readonly party: string;
  readonly sender: string;
  readonly words: { readonly subject: string; readonly text: string; readonly lang: string };
  readonly askedAt: Instant;
  readonly atOpening: boolean;
  readonly acts: Acts;
};

/** What stands against a letter now, and whether it leaves. */
export async function atGate(ports: GatePorts, letter: AtGate): Promise<Verdict> {
  const { ledger } = ports;
  const { askedAt, acts, atOpening } = letter;
  const now = ledger.chance.now();
  const [rules, opened, calendar] = await Promise.all([
    loadSendingRules(ledger.db, ledger.workspaceId),
    openProcedure(ports, letter.procedure),
    calendarFor(ledger, letter.party),
  ]);
  const stake = opened?.pack.stake ?? null;
  const asksWarnings = rules.coolingMin > 0 || rules.second === 'warnings';
  const [forbidden, isAlone, warnings, theirs] = await Promise.all([
    forbiddenNow(ledger, letter, { stake, restriction: subjectOf(opened?.row) }),
    isAloneHere(ledger, letter.sender),
    asksWarnings ? warningsIn(ports, letter) : undefined,
    rules.coolingMin > 0 ? heatOf(ledger, letter.party, now) : null,
  ]);
  return weigh({
    ...{ now, askedAt, rules, isAlone, isGrave: stake !== null, warnings, theirs, acts, forbidden },
    opens: isOutsideHours(calendar, localOf(calendar, now)) ? nextOpening(calendar, now) : null,
    wantsOpening: atOpening,
  });
}

type Subject = { readonly subjectKind: string; readonly subjectId: string };

/** The restriction whose own letter this is. */
function subjectOf(row: Subject | undefined): string | null {
  return row?.subjectKind === 'restriction' ? row.subjectId : null;
}

/** What closes mail, or this person, to them; the letters that a restriction or a dispute of law itself holds are let through. */
async function forbiddenNow(
  ledger: Ledger,
  { party, sender }: AtGate,
  own: { readonly stake: string | null; readonly restriction: string | null },
): Promise<readonly Standing[]> {
  const { db, workspaceId } = ledger;
  const [{ against }, restrictions, counsel] = await Promise.all([
    allowedNow(ledger, party, { channel: 'mail', member: sender }),
    restrictionsWith(ledger, party),
    own.stake === 'legal' ? null : withCounsel(db, workspaceId, party),
  ]);
  const since = new Map(restrictions.map(({ id, setAt }) => [id, setAt]));
  const closed = against
    .filter(({ restriction }) => restriction !== own.restriction)
    .map(({ rule, restriction, number }) => {
      const at = since.get(restriction) ?? null;
      return { rule: `restriction-${rule}` as const, at, kinds: [], id: restriction, number };
    });
  const byCounsel = { rule: 'counsel' as const, kinds: [], number: null };
  return counsel ? [...closed, { ...byCounsel, at: counsel.since, id: counsel.id }] : closed;
}

async function isAloneHere({ db, workspaceId }: Ledger, sender: string): Promise<boolean> {
  const members = await loadMembers(db, workspaceId);
  const works = members.filter(({ role }) => (WORKERS as readonly string[]).includes(role));
  return works.length <= 1 || works.every(({ id }) => `member:${id}` === sender);
}

/** @returns null when the engine could not read: then nobody has looked, and nothing is called calm */
async function warningsIn(
  { ledger, reader, draftRecord }: GatePorts,
  { party, words }: AtGate,
): Promise<Warnings | null> {
  const text = `${words.subject}\n\n${plainText(words.text)}`;
  const wish = { text, lang: words.lang as RuleLang, party, replyTo: null, ground: null, counsel: false };
  const read = await checkText(ledger, reader, draftRecord, wish).catch(() => null);
  if (!read?.ok) return null;
  const warnings = read.value.findings.filter(({ level }) => level === 'warning');
  const inWords = warnings.filter(({ why }) => !why.startsWith(OF_RECORD));
  return {
    kinds: [...new Set(inWords.map(({ kind }) => kind))].toSorted(),
    ofRecord: warnings
      .filter(({ why }) => why.startsWith(OF_RECORD))
      .map(({ why, record }) => ({ says: why.slice(OF_RECORD.length), line: record })),
  };
}

async function heatOf(
  ledger: Ledger,
  party: string,
  now: Instant,
): Promise<{ readonly id: string; readonly kinds: readonly string[] } | null> {
  const since = instantOf(Date.parse(now) - DAY_MS);
  const id = await newestOfTheirs(ledger.db, ledger.workspaceId, party, since);
  if (id === null) return null;
  const { items } = await signalsOf(ledger, [id], party, 'possible');
  const heated = items.filter(
    ({ kind, verdicts }) => HEATED.has(kind) && verdicts[0]?.verdict !== 'dismissed',
  );
  const kinds = [...new Set(heated.map(({ kind }) => kind))].toSorted();
  return kinds.length > 0 ? { id, kinds } : null;
}

export function sendingRules({ db, workspaceId }: Ledger): Promise<SendingRules> {
  return loadSendingRules(db, workspaceId);
}

/** Sets what letters wait for from now on. What waits already is weighed by the new rules when its time comes. */
export async function setSendingRules(
  ledger: Ledger,
  actor: Actor,
  rules: SendingRules,
): Promise<SendingRules> {
  await deciding(ledger, actor, 'sending-rules', async (book) => {
    const fact: RulesSet = { kind: 'outbox.rules-set', ...rules };
    await book.record(WORKSPACE_STREAM, [fact], projectSendingRules);
    return accept(null);
  });
  return rules;
}
