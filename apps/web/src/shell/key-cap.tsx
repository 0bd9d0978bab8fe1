/** The key that does the same, for the eye: whoever hears the page is told of keys by `?`, and not behind every name. */
export function KeyCap({ says }: { says: string }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
  return <kbd aria-hidden="true">{says}</kbd>;
}
