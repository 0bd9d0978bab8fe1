import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadWorkspace } from '../ledger/workspace.store.ts';
import { loadParty } from '../party/party.actions.ts';
import type { Manner } from './reader.ts';
import { recordOfSignal } from './signal.store.ts';
import { type RuleSwitch, rulesOff, type SignalRefusal } from './signal.ts';
import {
  deleteVerdict,
  insertSwitch,
  type LanguageSettings,
  loadSettings,
  loadSwitches,
  saveSettings,
  saveVerdict,
  turnOn,
} from './working.store.ts';

/** Who does something: how the ledger would name them, and their name as it is now. */
export type By = { readonly actor: string; readonly name: string };

/** A working note on marked words by a named person. It is in no record and changes no text. */
export async function judge(
  { db, workspaceId, chance }: Ledger,
  by: By,
  signalId: string,
  wish: { readonly verdict: 'confirmed' | 'dismissed'; readonly note: string | null },
): Promise<Outcome<null, SignalRefusal>> {
  const recordId = await recordOfSignal(db, workspaceId, signalId);
  if (recordId === null) return refuse('signal-unknown');
  await saveVerdict(db, workspaceId, { signalId, recordId, ...by, ...wish, at: chance.now() });
  return accept(null);
}

/** Takes one's own word on marked words back. */
export async function unjudge({ db, workspaceId }: Ledger, by: By, signalId: string): Promise<void> {
  await deleteVerdict(db, workspaceId, signalId, by.actor);
}

export async function listSwitches({ db, workspaceId }: Ledger): Promise<readonly RuleSwitch[]> {
  return loadSwitches(db, workspaceId);
}

/** Turns a rule off, for everybody or for one client. Why is kept, also after it is on again. */
export async function turnRuleOff(
  ledger: Ledger,
  by: By,
  wish: { readonly rule: string; readonly party: string | null; readonly reason: string },
): Promise<Outcome<string, SignalRefusal>> {
  const { db, workspaceId, chance } = ledger;
  if (wish.reason.trim() === '') return refuse('reason-missing');
  if (wish.party !== null && !(await loadParty(db, workspaceId, wish.party))) return refuse('party-unknown');
  const id = ledger.newId();
  await insertSwitch(db, workspaceId, {
    id,
    rule: wish.rule,
    partyId: wish.party,
    reason: wish.reason.trim(),
    offBy: by.name,
    offAt: chance.now(),
  });
  return accept(id);
}

export async function turnRuleOn(
  { db, workspaceId, chance }: Ledger,
  by: By,
  id: string,
): Promise<Outcome<null, SignalRefusal>> {
  return (await turnOn(db, workspaceId, id, by.name, chance.now())) ? accept(null) : refuse('switch-unknown');
}

export async function languageSettings({
  db,
  workspaceId,
}: Ledger): Promise<LanguageSettings & { zone: string }> {
  const [settings, { zone }] = await Promise.all([
    loadSettings(db, workspaceId),
    loadWorkspace(db, workspaceId),
  ]);
  return { ...settings, zone };
}

export async function changeSettings(
  { db, workspaceId, chance }: Ledger,
  by: By,
  wish: { readonly [K in keyof LanguageSettings]?: LanguageSettings[K] | undefined },
): Promise<Outcome<null, SignalRefusal>> {
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  const settings: LanguageSettings = { ...(await loadSettings(db, workspaceId)), ...given };
  if (settings.workDays.length === 0 || settings.workFrom >= settings.workUntil)
    return refuse('pace-unusable');
  await saveSettings(db, workspaceId, settings, by.name, chance.now());
  return accept(null);
}

/** How texts of a client are read here: the profile, and the rules that are off. */
export async function mannerFor({ db, workspaceId }: Ledger, party: string | null): Promise<Manner> {
  const [{ profile }, switches] = await Promise.all([
    loadSettings(db, workspaceId),
    loadSwitches(db, workspaceId),
  ]);
  return { profile, off: rulesOff(switches, party) };
}
