import { type Calendar, dueAfter } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { PackDue, PackStep } from './pack.ts';
import { letterNow, newReply, type ProcedureState, type StepDue } from './state.ts';

/**
 * When a step is due.
 *
 * @param enteredAt when it was come to, or would be
 * @returns null without a due, before the clock's beginning is known, and while the clock stands still
 */
export function stepDue(
  state: ProcedureState,
  { due }: PackStep,
  enteredAt: Instant,
  calendar: Calendar,
): StepDue | null {
  const from = due && beginning(state, due, enteredAt);
  return due && from ? dueFrom(state, due, from, calendar) : null;
}

function dueFrom(state: ProcedureState, due: PackDue, from: Instant, calendar: Calendar): StepDue | null {
  const { count, unit, roll, clockStops } = due;
  const stops = state.stops.filter(({ stop }) => clockStops.includes(stop));
  const { at, date, isWholeDay, why } = dueAfter(calendar, { count, unit }, from, stops, roll);
  return why === 'clock-stopped' ? null : { at, date, isWholeDay, why };
}

function beginning(state: ProcedureState, { from }: PackDue, enteredAt: Instant): Instant | null {
  if (from === 'started') return state.startedAt;
  if (from === 'subject') return state.subject.at;
  if (from === 'entered') return enteredAt;
  if (from === 'reply') return repliedAt(state);
  if ('letter' in from) return letterNow(state, from.letter)?.handedOverAt ?? null;
  return state.visits.findLast(({ step, done }) => step === from.step && done !== null)?.done?.at ?? null;
}

/** When the reply arrived that was last looked at, however late somebody looked. */
function repliedAt(state: ProcedureState): Instant | null {
  const because = state.visits.findLast((visit) => visit.because !== null)?.because ?? null;
  const read = state.replies.find(({ interactionId }) => interactionId === because);
  return (read ?? newReply(state))?.at ?? null;
}

/** The date by which a step is to be done, as a letter tells it: as it is, or as it would be from now. */
export function dueDateOf(state: ProcedureState, id: string, calendar: Calendar): string | null {
  const step = state.pack.steps.find((one) => one.id === id);
  if (!step) return null;
  const last = state.visits.at(-1);
  if (last?.step === id && last.due) return last.due.date;
  if (!step.due) return null;
  // What has not happened yet, a letter that is being written, happens now.
  const from = beginning(state, step.due, state.now) ?? state.now;
  return dueFrom(state, step.due, from, calendar)?.date ?? null;
}

const SAME_MS = 60_000;

/** Whether two dues differ by more than the moments between deciding and writing. */
export function hasMoved(one: StepDue | null, other: StepDue | null): boolean {
  if (one === null || other === null) return one !== other;
  return Math.abs(Date.parse(one.at) - Date.parse(other.at)) > SAME_MS || one.isWholeDay !== other.isWholeDay;
}
