/** Moves the focus to the next (1) or previous (−1) link or button that begins a line of a list. */
export function stepFocus(list: HTMLElement | null, step: 1 | -1): void {
  const stops = [...(list?.querySelectorAll<HTMLElement>('li > a, li > button') ?? [])];
  const at = stops.findIndex((stop) => stop.matches(':focus'));
  const next = at < 0 ? (step === 1 ? 0 : stops.length - 1) : at + step;
  stops[next]?.focus();
}
