const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;
const MOST_CHARACTERS = 500;

/** A stranger's text so that it can be shown: whatever is invisible, turns lines or breaks them is written out. */
export function visible(text: string): string {
  const short = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
  return short.replace(HIDDEN, (character) => `⟨U+${hexOf(character)}⟩`);
}

function hexOf(character: string): string {
  return character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
}
