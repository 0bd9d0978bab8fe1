/** A file of ours that does not have the form it must have. */
export class ShapeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ShapeError';
  }
}

/** Arrays and objects inside each other; what a bundle holds has a tenth of it. */
const MOST_DEPTH = 100;

export type Fields = Readonly<Record<string, unknown>>;

/** How a bundle writes JSON: two spaces, a line feed at the end. */
export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * Reads what {@link formatJson} wrote, and only that: a second spelling, such as a key given twice, could tell two
 * readers two things.
 *
 * @throws ShapeError
 */
export function parseJson(text: string): Fields {
  return spelled(parse(text), text);
}

/**
 * Checks that `value` was read from the one spelling of itself.
 *
 * @throws ShapeError
 */
export function spelled(value: unknown, text: string): Fields {
  checkDepth(value, MOST_DEPTH);
  if (formatJson(value) !== text) throw new ShapeError('The JSON is not spelled as a bundle spells it.');
  return fields(value);
}

/**
 * Reads compact JSON as `JSON.stringify` makes it, and only that.
 *
 * @throws ShapeError
 */
export function parseCompactJson(text: string): Fields {
  const value = parse(text);
  checkDepth(value, MOST_DEPTH);
  if (JSON.stringify(value) !== text) throw new ShapeError('The JSON is not in its one compact spelling.');
  return fields(value);
}

export function fields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ShapeError('An object is missing.');
  return value as Fields;
}

export function textOf(from: Fields, name: string): string {
  const value = from[name];
  if (typeof value !== 'string') throw new ShapeError(`"${name}" is not a text.`);
  return value;
}

export function countOf(from: Fields, name: string): number {
  const value = from[name];
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new ShapeError(`"${name}" is not a count.`);
  return value as number;
}

/** 32 bytes in lower-case hexadecimal. */
export function hashOf(from: Fields, name: string): string {
  const value = textOf(from, name);
  if (!/^[0-9a-f]{64}$/.test(value)) throw new ShapeError(`"${name}" is not 32 bytes in hexadecimal.`);
  return value;
}

export function listOf<Item>(from: Fields, name: string, read: (item: Fields) => Item): readonly Item[] {
  const value = from[name];
  if (!Array.isArray(value)) throw new ShapeError(`"${name}" is not a list.`);
  return value.map((item) => read(fields(item)));
}

export function nullOr<Value>(
  from: Fields,
  name: string,
  read: (from: Fields, name: string) => Value,
): Value | null {
  return from[name] === null ? null : read(from, name);
}

/** Text nested by the hundred thousand can be parsed, but not be written again. */
function checkDepth(value: unknown, left: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (left === 0) throw new ShapeError('The JSON is nested too deeply.');
  for (const inner of Object.values(value)) checkDepth(inner, left - 1);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ShapeError('This is not JSON.');
  }
}
