import type { KeyboardEvent, SyntheticEvent } from 'react';

/**
 * For a button or field while what it began is under way: it cannot be pressed or changed again, and keeps the focus.
 * A disabled one would lose it, and whoever walks by keys would begin at the top of the page.
 *
 * @returns Attributes to be spread; undefined if nothing is waited for.
 * @example <button {...staying(saving.isPending)} onClick={save}>
 */
export function staying(isWaiting: boolean) {
  if (!isWaiting) return undefined;
  return {
    'aria-disabled': true,
    onClickCapture: goesNowhere,
    onMouseDownCapture: keepsFocus,
    onKeyDownCapture: changesNothing,
  } as const;
}

function goesNowhere(event: SyntheticEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

/** The list of a choice would open, and what is chosen in it would be lost. */
function keepsFocus(event: SyntheticEvent): void {
  event.preventDefault();
}

/** Arrows and letters would change a choice; Tab and Escape lead away, as ever. */
function changesNothing(event: KeyboardEvent): void {
  if (event.key.length === 1 || event.key.startsWith('Arrow')) event.preventDefault();
}
