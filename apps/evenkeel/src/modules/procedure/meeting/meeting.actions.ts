import type { Caller } from '../../../kernel/http.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { loadProcedure } from '../procedure.store.ts';
import type { ProcedureRefusal } from '../procedure.ts';
import {
  loadCard,
  loadHabits,
  type MeetingCard,
  type MeetingHabits,
  saveCard,
  saveHabits,
} from './meeting.store.ts';

const EMPTY: MeetingCard = {
  ...{ theyWant: '', fear: '', want: '', best: '', worst: '', endingWords: '' },
  done: [],
};
const NO_HABITS: MeetingHabits = { isOn: false, dayBefore: [], dayAfter: [] };

/** The card of whoever asks; nobody sees another's. */
export async function viewCard(
  { db, workspaceId }: Ledger,
  { actor }: Caller,
  id: string,
): Promise<Outcome<MeetingCard, ProcedureRefusal>> {
  if (!(await loadProcedure(db, workspaceId, id))) return refuse('procedure-unknown');
  return accept((await loadCard(db, workspaceId, id, actor)) ?? EMPTY);
}

/** Keeps it, apart from the record: no entry is made, and no bundle can hold it. */
export async function keepCard(
  ledger: Ledger,
  caller: Caller,
  id: string,
  card: MeetingCard,
): Promise<Outcome<MeetingCard, ProcedureRefusal>> {
  const { db, workspaceId, chance } = ledger;
  if (!(await loadProcedure(db, workspaceId, id))) return refuse('procedure-unknown');
  await saveCard(db, workspaceId, { procedureId: id, member: caller.actor }, card, chance.now());
  return viewCard(ledger, caller, id);
}

export async function viewHabits({ db, workspaceId }: Ledger, { actor }: Caller): Promise<MeetingHabits> {
  return (await loadHabits(db, workspaceId, actor)) ?? NO_HABITS;
}

export async function keepHabits(
  { db, workspaceId, chance }: Ledger,
  { actor }: Caller,
  habits: MeetingHabits,
): Promise<MeetingHabits> {
  await saveHabits(db, workspaceId, actor, habits, chance.now());
  return habits;
}
