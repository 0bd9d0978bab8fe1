import { DatabaseSync } from 'node:sqlite';
import { type Cell, cellOf, type MessageRow, textCell } from './row.ts';

/** What is read of a message where the database has it; Apple adds columns every year. */
const MESSAGE = [
  'guid',
  'text',
  'attributedBody',
  'message_summary_info',
  'payload_data',
  'balloon_bundle_id',
  'service',
  'destination_caller_id',
  'subject',
  'date',
  'date_read',
  'date_delivered',
  'date_edited',
  'date_retracted',
  'is_from_me',
  'is_sent',
  'error',
  'item_type',
  'group_title',
  'associated_message_guid',
  'associated_message_type',
  'associated_message_emoji',
  'thread_originator_guid',
] as const;
const ATTACHMENT = ['guid', 'filename', 'mime_type', 'transfer_name', 'total_bytes', 'uti'] as const;
/** A row takes more room than this; a damaged tree that leads round and round gives more rows than fit. */
const LEAST_ROW_BYTES = 8;

type Row = Readonly<Record<string, unknown>>;
type Database = { readonly db: DatabaseSync; readonly mostRows: number };

/** Thrown for a database that is none of iMessage's, with what is missing. */
export class NotMessages extends Error {}

/**
 * Opens a copy of a database in memory. The file is never touched, and what it defines beside tables is never run: only
 * named columns of plain tables are read.
 *
 * @throws Error when the bytes are no database.
 */
export function openMessages(bytes: Uint8Array): DatabaseSync {
  const db = new DatabaseSync(':memory:', { readBigInts: true, allowExtension: false });
  try {
    asWithoutLog(bytes, () => db.deserialize(bytes));
    db.exec('PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON');
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/** Where the header says how the database is written: 2 is with a log beside it, which no copy in memory has. */
const WRITE_MODE_AT = 18;

/** Copying a gigabyte to change two bytes of it would be dear, so they are changed while it is copied and then put back. */
function asWithoutLog(bytes: Uint8Array, copy: () => void): void {
  const modes = bytes.slice(WRITE_MODE_AT, WRITE_MODE_AT + 2);
  if (modes[0] === 2) bytes.set([1, 1], WRITE_MODE_AT);
  try {
    copy();
  } finally {
    bytes.set(modes, WRITE_MODE_AT);
  }
}

/** Every message with its chat, its people and its files, in the order of the database. */
export function* messageRows(db: DatabaseSync, sizeBytes: number): Generator<MessageRow> {
  const from: Database = { db, mostRows: Math.ceil(sizeBytes / LEAST_ROW_BYTES) };
  const missing = ['message', 'handle', 'chat'].filter((table) => columnsOf(from, table).length === 0);
  if (missing.length > 0) throw new NotMessages(missing.join(', '));
  const handles = byId(from, 'handle', ['id'], (row) => textOf(row.id));
  const chats = chatsIn(from, handles);
  const chatOf = new Map(
    [...pairs(from, 'chat_message_join', 'message_id', 'chat_id')].map(([id, chat]) => [id, chat]),
  );
  const files = filesIn(from);
  for (const row of rows(from, 'message', [...MESSAGE, 'handle_id'])) {
    const id = Number(row.rowid);
    const { rowid: _rowid, handle_id, ...cells } = row;
    yield {
      message: cellsOf(cells),
      handle: handles.get(Number(handle_id)) ?? null,
      chat: chats.get(chatOf.get(id) ?? -1) ?? null,
      attachments: files.get(id) ?? [],
    };
  }
}

/** Names of the columns that hold values of their own; a computed one could run without end. */
function columnsOf({ db }: Database, table: string): readonly string[] {
  const plain = db
    .prepare(
      "SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name = ? AND sql LIKE 'CREATE TABLE%'",
    )
    .get(table);
  if (Number(plain?.n) !== 1) return [];
  const columns = db.prepare(`PRAGMA table_xinfo("${table}")`).all();
  return columns.filter((column) => Number(column.hidden) === 0).map((column) => String(column.name));
}

function* rows(from: Database, table: string, wanted: readonly string[]): Generator<Row> {
  const there = columnsOf(from, table);
  const columns = wanted.filter((column) => there.includes(column));
  if (there.length === 0) return;
  const list = ['ROWID AS rowid', ...columns.map((column) => `"${column}"`)].join(', ');
  let count = 0;
  for (const row of from.db.prepare(`SELECT ${list} FROM "${table}" ORDER BY ROWID`).iterate()) {
    count += 1;
    if (count > from.mostRows) return;
    yield row;
  }
}

function byId<T>(
  from: Database,
  table: string,
  wanted: readonly string[],
  made: (row: Row) => T,
): ReadonlyMap<number, T> {
  const map = new Map<number, T>();
  for (const row of rows(from, table, wanted)) map.set(Number(row.rowid), made(row));
  return map;
}

function* pairs(
  from: Database,
  table: string,
  key: string,
  value: string,
): Generator<readonly [number, number]> {
  for (const row of rows(from, table, [key, value])) yield [Number(row[key]), Number(row[value])];
}

function chatsIn(from: Database, handles: ReadonlyMap<number, string | null>) {
  const people = new Map<number, string[]>();
  for (const [chat, handle] of pairs(from, 'chat_handle_join', 'chat_id', 'handle_id')) {
    const name = handles.get(handle);
    if (name) people.set(chat, [...(people.get(chat) ?? []), name]);
  }
  return byId(from, 'chat', ['ROWID', 'guid', 'display_name', 'style'], (row) => ({
    guid: textOf(row.guid),
    name: textOf(row.display_name) || null,
    style: row.style === null || row.style === undefined ? null : Number(row.style),
    people: (people.get(Number(row.rowid)) ?? []).toSorted(),
  }));
}

function filesIn(from: Database): ReadonlyMap<number, readonly Readonly<Record<string, Cell>>[]> {
  const all = byId(from, 'attachment', ATTACHMENT, ({ rowid: _rowid, ...cells }) => cellsOf(cells));
  const map = new Map<number, Readonly<Record<string, Cell>>[]>();
  for (const [message, attachment] of pairs(from, 'message_attachment_join', 'message_id', 'attachment_id')) {
    const file = all.get(attachment);
    if (!file) continue;
    const list = map.get(message);
    if (list) list.push(file);
    else map.set(message, [file]);
  }
  return map;
}

function cellsOf(row: Row): Readonly<Record<string, Cell>> {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, cellOf(value)]));
}

function textOf(value: unknown): string | null {
  return textCell(cellOf(value));
}
