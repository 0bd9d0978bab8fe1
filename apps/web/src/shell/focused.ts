/** Takes the focus to what has just taken the place of what had it. As a `ref`. */
export function focused(element: HTMLElement | null): void {
  element?.focus();
}
