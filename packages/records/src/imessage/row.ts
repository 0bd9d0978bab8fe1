/** A blob of the database, as JSON can carry it. */
export type Blob64 = { readonly base64: string };

/** One cell. Whole numbers beyond 2^53, such as nanoseconds, are text. */
export type Cell = string | number | null | Blob64;

/**
 * A message with all that the database's other tables say about it: the bytes of a rebuilt item are this as canonical
 * JSON, keys sorted.
 */
export type MessageRow = {
  readonly message: Readonly<Record<string, Cell>>;
  readonly handle: string | null;
  readonly chat: {
    readonly guid: string | null;
    readonly name: string | null;
    readonly style: number | null;
    readonly people: readonly string[];
  } | null;
  readonly attachments: readonly Readonly<Record<string, Cell>>[];
};

/** The bytes of a rebuilt item. */
export function rowBytes(row: MessageRow): Uint8Array {
  return Buffer.from(JSON.stringify(sorted(row)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}

/** Reads such bytes again; null for bytes that are none. */
export function rowOf(bytes: Uint8Array): MessageRow | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return isRow(value) ? value : null;
  } catch {
    return null;
  }
}

function isRow(value: unknown): value is MessageRow {
  if (!isObject(value) || !isObject(value.message) || !Array.isArray(value.attachments)) return false;
  const isHandle = value.handle === null || typeof value.handle === 'string';
  const isChat = value.chat === null || (isObject(value.chat) && isNames(value.chat.people));
  return isHandle && isChat && value.attachments.every(isObject);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

export function cellOf(value: unknown): Cell {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') };
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

export function textCell(cell: Cell | undefined): string | null {
  return typeof cell === 'string' ? cell : typeof cell === 'number' ? String(cell) : null;
}

export function numberCell(cell: Cell | undefined): number {
  const value = typeof cell === 'number' || typeof cell === 'string' ? Number(cell) : 0;
  return Number.isFinite(value) ? value : 0;
}

export function blobCell(cell: Cell | undefined): Uint8Array | null {
  const base64 = isObject(cell) ? cell.base64 : null;
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64') : null;
}
