/** Moves a row that is wider than the screen so far that what is chosen in it is seen whole. */
export function chosenInView(row: HTMLElement | null): void {
  const chosen = row?.querySelector('[aria-current], [aria-selected="true"]');
  if (!row || !chosen) return;
  row.scrollLeft += Math.max(0, chosen.getBoundingClientRect().right - row.getBoundingClientRect().right);
}
