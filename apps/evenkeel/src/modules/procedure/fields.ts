import { BESIDE_FIELDS } from './restriction/fields.ts';

/** A field of a letter: its name, and for some what it is of, `due:<step>`. */
export type FieldName = { readonly name: string; readonly of: string | null };

/** What only words that were selected can fill. */
export const QUOTE_FIELDS: readonly string[] = ['quote', 'quote-date', 'quote-time'];

type FieldKind = {
  /** For the reference page. */
  readonly says: string;
  readonly of: 'step' | 'letter' | 'row' | null;
};

/** What letters get from the record by themselves. The list is closed; a pack adds fields that a person fills. */
export const RECORD_FIELDS: Readonly<Record<string, FieldKind>> = {
  ...BESIDE_FIELDS,
  client: { says: 'The name of the client.', of: null },
  us: { says: 'The name of the workspace.', of: null },
  author: { says: 'The name of the member who writes.', of: null },
  today: { says: 'The date of the day on which the letter is finished.', of: null },
  'subject-date': {
    says: 'The date of what it is about: of the call, or on which a complaint came in.',
    of: null,
  },
  'subject-time': { says: 'The time of day of what it is about.', of: null },
  'subject-number': { says: 'The number of the complaint.', of: null },
  'subject-words': { says: 'The recorded words it is about.', of: null },
  quote: {
    says: 'The words it began from, exactly as they stand in the record; put `> ` before it, so that each line is a quotation.',
    of: null,
  },
  'quote-date': { says: 'The date of the record that these words are from.', of: null },
  'quote-time': { says: 'The time of day of that record.', of: null },
  remedy: { says: 'What the client asks for with the complaint.', of: null },
  due: { says: 'The date on which a step is due, or would be if it began now.', of: 'step' },
  sent: { says: 'The date on which another letter was sent.', of: 'letter' },
  points: { says: 'The numbered points, each by a letter of the pack that is a row.', of: 'row' },
};

/** What a row, repeated for each numbered point, gets. */
export const ROW_FIELDS: Readonly<Record<string, string>> = {
  'point-number': 'The number of the point.',
  'point-words': 'The point in the words it was recorded with.',
  'point-outcome': 'Its outcome, by the pack’s words.',
  'point-reason': 'The reason of the outcome.',
  'point-source': 'Where the outcome rests: a clause, a record, a paragraph.',
};

const FIELD = /\{\{\s*([^{}]*?)\s*\}\}/g;
const FIELD_AND_STOP = /\{\{\s*([^{}]*?)\s*\}\}(\.?)/g;

/** Every field a text names, with where it stands. */
export function fieldsIn(text: string): readonly { readonly name: string; readonly index: number }[] {
  return [...text.matchAll(FIELD)].map((match) => ({ name: match[1] as string, index: match.index }));
}

export function fieldName(name: string): FieldName {
  const colon = name.indexOf(':');
  return colon < 0 ? { name, of: null } : { name: name.slice(0, colon), of: name.slice(colon + 1) };
}

/**
 * Puts values into a text. A value is put in as it is: a field inside a value is no field. Where a value ends with a full
 * stop, as a Russian date does, the one behind its field is left out.
 *
 * @param valueFor null where there is none: the field then stays in the text, to be seen
 */
export function fillFields(text: string, valueFor: (name: string) => string | null): string {
  return text.replace(FIELD_AND_STOP, (field, name: string, stop: string) => {
    const value = valueFor(name);
    if (value === null) return field;
    return value.endsWith('.') ? value : value + stop;
  });
}
