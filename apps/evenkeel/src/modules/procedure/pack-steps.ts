import { type Need, type Pack, type PackStep, RECORD_KINDS } from './pack.ts';
import type { Complain } from './pack-problem.ts';
import { type ArgKind, PREDICATES } from './predicates.ts';

type Path = readonly (string | number)[];

/** Checks that steps name what is there, and that every way through them ends. */
export function checkSteps(pack: Pack, complain: Complain): void {
  pack.steps.forEach((step, i) => {
    checkStep(pack, step, ['steps', i], complain);
  });
  checkWays(pack, complain);
}

function checkStep(pack: Pack, step: PackStep, path: Path, complain: Complain): void {
  const at = (...more: Path) => [...path, ...more];
  if (pack.steps.filter(({ id }) => id === step.id).length > 1)
    complain(at('id'), `there are two steps ${step.id}`);
  checkRole(pack, step, at, complain);
  checkDue(pack, step, at, complain);
  if (step.letter !== null) checkLetter(pack, step.letter, at('letter'), complain);
  step.needs.forEach((need, i) => {
    checkNeed(pack, need, at('needs', i), complain);
  });
  step.next.forEach(({ when, to, end }, i) => {
    for (const need of when) checkNeed(pack, need, at('next', i), complain);
    if (to !== null && !isStep(pack, to)) complain(at('next', i), `there is no step ${to}`);
    if (end !== null && !(end in pack.outcomes)) complain(at('next', i), `there is no outcome ${end}`);
  });
}

function checkRole(pack: Pack, step: PackStep, at: (...more: Path) => Path, complain: Complain): void {
  if (step.role === 'second' && step.secondTo === null)
    complain(at('role'), 'a second person needs secondTo: the step that somebody else did');
  if (step.role !== 'second' && step.secondTo !== null)
    complain(at('secondTo'), 'secondTo belongs to a step with the role second');
  if (step.secondTo !== null && !isStep(pack, step.secondTo))
    complain(at('secondTo'), `there is no step ${step.secondTo}`);
  const hasChoices = Object.keys(step.choices).length > 0;
  if (step.role === 'clock' && (hasChoices || step.letter !== null))
    complain(
      at('role'),
      'a step of the clock has no choices and no letter: nobody is there to choose or write',
    );
}

function checkDue(pack: Pack, step: PackStep, at: (...more: Path) => Path, complain: Complain): void {
  if (step.due === null) return;
  const { from, source, clockStops } = step.due;
  if (!pack.sources.some(({ id }) => id === source))
    complain(at('due', 'source'), `there is no source ${source}`);
  if (typeof from === 'object' && 'step' in from && !isStep(pack, from.step))
    complain(at('due', 'from'), `there is no step ${from.step}`);
  if (typeof from === 'object' && 'letter' in from)
    checkLetter(pack, from.letter, at('due', 'from'), complain);
  for (const stop of clockStops.filter((one) => !(one in pack.stops)))
    complain(at('due', 'clockStops'), `there is no reason to stop ${stop}`);
}

function checkLetter(pack: Pack, letter: string, path: Path, complain: Complain): void {
  const known = pack.letters[letter];
  if (!known) complain(path, `there is no letter ${letter}`);
  else if (known.row) complain(path, `${letter} is a row of other letters, not a letter`);
}

function checkNeed(pack: Pack, { predicate, args }: Need, path: Path, complain: Complain): void {
  const known = PREDICATES[predicate];
  if (!known) complain(path, `there is no predicate ${predicate}`);
  else if (known.many ? args.length < known.args.length : args.length !== known.args.length)
    complain(path, `${predicate} takes ${known.args.length} arguments, not ${args.length}`);
  else
    args.forEach((arg, i) => {
      const kind = known.args[Math.min(i, known.args.length - 1)] as ArgKind;
      if (!isThere(pack, kind, arg)) complain(path, `there is no ${kind} ${arg}`);
    });
}

function isThere(pack: Pack, kind: ArgKind, value: string | number): boolean {
  switch (kind) {
    case 'number':
      return typeof value === 'number' && Number.isInteger(value) && value > 0;
    case 'step':
      return isStep(pack, String(value));
    case 'kind':
      return RECORD_KINDS.some((kind) => kind === value);
    case 'letter':
      return value in pack.letters;
    case 'outcome':
      return value in pack.outcomes;
    case 'choice':
      return pack.steps.some(({ choices }) => value in choices);
  }
}

function isStep(pack: Pack, id: string): boolean {
  return pack.steps.some((step) => step.id === id);
}

function checkWays(pack: Pack, complain: Complain): void {
  const reached = reachedFrom(pack, pack.steps[0]!.id);
  pack.steps.forEach((step, i) => {
    const path = ['steps', i, 'id'];
    if (!reached.has(step.id)) complain(path, `no way leads to ${step.id}`);
    else if (![...reachedFrom(pack, step.id)].some((id) => endsAt(pack, id)))
      complain(path, `${step.id} is in a loop without an exit`);
    else if (step.role === 'clock' && isClockLoop(pack, step.id))
      complain(path, `${step.id} is in a loop that only the clock walks, without an exit`);
    checkLeaving(step, ['steps', i, 'next'], complain);
  });
}

/** Whoever did a step must get on: the last way has no condition, or there is one for each choice. */
function checkLeaving(step: PackStep, path: Path, complain: Complain): void {
  const isOpen = step.next.some(({ when }) => when.length === 0);
  const first = step.next.findIndex(({ when }) => when.length === 0);
  if (isOpen && first < step.next.length - 1)
    complain(path, 'nothing after a way without a condition is reached');
  if (step.skip === 'safety' && !isOpen)
    complain(path, 'a step that may be skipped needs a way without a condition');
  if (step.role === 'clock') {
    if (isOpen) complain(path, 'a way out of a step of the clock says when');
    return;
  }
  const choices = Object.keys(step.choices);
  const isChosen = (choice: string) =>
    step.next.some(
      ({ when }) => when.length === 1 && when[0]!.predicate === 'chosen' && when[0]!.args[0] === choice,
    );
  if (!isOpen && (choices.length === 0 || !choices.every(isChosen)))
    complain(path, 'there is no way on when none of the conditions holds');
}

/** A step and every step that can follow it. */
export function reachedFrom(pack: Pack, start: string): ReadonlySet<string> {
  const reached = new Set([start]);
  for (const id of reached) for (const to of targets(pack, id)) reached.add(to);
  return reached;
}

function targets(pack: Pack, id: string): readonly string[] {
  return pack.steps.find((step) => step.id === id)?.next.flatMap(({ to }) => to ?? []) ?? [];
}

function endsAt(pack: Pack, id: string): boolean {
  return pack.steps.some((step) => step.id === id && step.next.some(({ end }) => end !== null));
}

function isClockLoop(pack: Pack, id: string): boolean {
  const isClock = (step: string) => pack.steps.some((one) => one.id === step && one.role === 'clock');
  const reached = new Set(targets(pack, id).filter(isClock));
  for (const step of reached) for (const to of targets(pack, step).filter(isClock)) reached.add(to);
  return reached.has(id);
}
