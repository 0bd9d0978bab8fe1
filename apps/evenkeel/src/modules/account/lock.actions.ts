import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Account, actorOf, sessionOf, type Welcome } from './account.actions.ts';
import { countTry, forgetTries, type TriesRefusal } from './account.ts';
import {
  deleteLocked,
  loadLocked,
  loadScreenSettings,
  saveLocked,
  saveScreenSettings,
} from './lock.store.ts';
import { FIRST_SETTINGS, isLeftAlone, type LockRefusal, type ScreenSettings } from './lock.ts';

/**
 * Whether a session answers nothing until its password is given again: it was locked, or nobody asked anything in it for
 * longer than its member allows, also while no page was open.
 */
export async function isLocked(account: Account, { member, session }: Welcome): Promise<boolean> {
  const { db, workspaceId, chance } = account;
  const { screens } = account.memory;
  screens.locked ??= new Set(await loadLocked(db, workspaceId));
  if (screens.locked.has(session.id)) return true;
  const now = chance.now();
  const settings = await screenSettings(account, actorOf(member));
  const lastSeen = screens.seen.get(session.id) ?? session.startedAt;
  if (isLeftAlone(settings, lastSeen, now)) {
    await lockSession(account, session.id);
    return true;
  }
  screens.seen.set(session.id, now);
  return false;
}

/** Locks the session of a request; without one there is nothing to lock. */
export async function lock(account: Account, headers: Headers): Promise<void> {
  const found = await sessionOf(account, headers);
  if (found) await lockSession(account, found.session.id);
}

async function lockSession(account: Account, id: string): Promise<void> {
  const { db, workspaceId, chance, memory } = account;
  memory.screens.locked?.add(id);
  await saveLocked(db, workspaceId, id, chance.now());
}

/** Opens a locked session to the password of its member. */
export async function unlock(
  account: Account,
  headers: Headers,
  password: string,
): Promise<Outcome<Welcome, LockRefusal | TriesRefusal>> {
  const { db, workspaceId, chance, memory } = account;
  const found = await sessionOf(account, headers);
  if (!found) return refuse('unlock-refused');
  const what = `unlock ${found.member.id}`;
  const counted = countTry(memory.tries, what, chance.now());
  if (!counted.ok) return counted;
  memory.tries = counted.value;
  if (!(await account.auth.checkPassword(headers, password))) return refuse('unlock-refused');
  memory.tries = forgetTries(memory.tries, what);
  await deleteLocked(db, workspaceId, found.session.id);
  memory.screens.locked?.delete(found.session.id);
  memory.screens.seen.set(found.session.id, chance.now());
  return accept(found);
}

export async function screenSettings(account: Account, actor: string): Promise<ScreenSettings> {
  const { db, workspaceId, memory } = account;
  const known = memory.screens.settings.get(actor);
  if (known) return known;
  const settings = (await loadScreenSettings(db, workspaceId, actor)) ?? FIRST_SETTINGS;
  memory.screens.settings.set(actor, settings);
  return settings;
}

export async function changeScreenSettings(
  account: Account,
  actor: string,
  settings: ScreenSettings,
): Promise<ScreenSettings> {
  const { db, workspaceId, chance, memory } = account;
  await saveScreenSettings(db, workspaceId, actor, settings, chance.now());
  memory.screens.settings.set(actor, settings);
  return settings;
}
