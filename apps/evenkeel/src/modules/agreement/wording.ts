import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

const FIELD = /\{\{\s*([A-Za-z]+)\s*\}\}/g;

/** The names of the fields in a text, `{{clause}}`. */
export function fieldsOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(FIELD)].map(([, name]) => name!))];
}

/**
 * Puts values into a text. There is no logic in texts: a field is filled in, or the text cannot be used.
 *
 * @returns `field-missing` with the first field that has no value
 */
export function filledIn(
  text: string,
  values: Readonly<Record<string, string | null | undefined>>,
): Outcome<string, 'field-missing'> {
  const missing = fieldsOf(text).find((name) => !values[name]?.trim());
  if (missing !== undefined) return refuse('field-missing', { field: missing });
  return accept(text.replaceAll(FIELD, (_, name: string) => values[name]!.trim()).trim());
}
