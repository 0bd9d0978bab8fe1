/** @returns whether it was copied; over plain HTTP a browser does not let a page do it */
export async function copied(words: string): Promise<boolean> {
  if (!navigator.clipboard) return false;
  return navigator.clipboard.writeText(words).then(
    () => true,
    () => false,
  );
}
