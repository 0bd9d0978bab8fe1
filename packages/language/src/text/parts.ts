/** A stretch of a text and whose words it holds; `author` as far as the text tells. */
export type Part = {
  readonly start: number;
  readonly end: number;
  readonly role: 'own' | 'quoted' | 'signature' | 'disclaimer' | 'forwarded' | 'auto_reply';
  readonly author: string | null;
};

export function partsOf(text: string): Part[] {
  return text === '' ? [] : [{ start: 0, end: text.length, role: 'own', author: null }];
}
