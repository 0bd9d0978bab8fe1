import { DatabaseSync } from 'node:sqlite';

/** What a test says about one message; the rest is as Apple leaves it. */
export type Message = Readonly<Record<string, string | number | bigint | Uint8Array | null>>;

const SCHEMA = `
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT, handle_id INTEGER DEFAULT 0,
  subject TEXT, attributedBody BLOB, service TEXT, error INTEGER DEFAULT 0, date INTEGER, date_edited INTEGER DEFAULT 0,
  date_retracted INTEGER DEFAULT 0, is_from_me INTEGER DEFAULT 0, item_type INTEGER DEFAULT 0, group_title TEXT,
  associated_message_guid TEXT, associated_message_type INTEGER DEFAULT 0, associated_message_emoji TEXT,
  thread_originator_guid TEXT, message_summary_info BLOB, payload_data BLOB, destination_caller_id TEXT);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, service TEXT NOT NULL);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, style INTEGER, display_name TEXT);
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT, filename TEXT, mime_type TEXT, transfer_name TEXT);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);
CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER);
INSERT INTO handle (id, service) VALUES ('+358401234567', 'iMessage'), ('Anna@Example.org', 'iMessage');
INSERT INTO chat (guid, style, display_name) VALUES ('iMessage;-;+358401234567', 45, ''), ('iMessage;+;chat1', 43, 'Crew');
INSERT INTO chat_handle_join VALUES (1, 1), (2, 1), (2, 2);`;

/** Bytes of a small chat.db. A message belongs to chat 1 unless it says another. */
export function messagesDb(messages: readonly Message[], more = ''): Uint8Array {
  const db = new DatabaseSync(':memory:');
  db.exec(SCHEMA);
  for (const [index, { chat = 1, ...message }] of messages.entries()) {
    const all: Message = {
      guid: `guid-${index + 1}`,
      handle_id: 1,
      date: 800_000_000_000_000_000n,
      ...message,
    };
    const columns = Object.keys(all);
    const sql = `INSERT INTO message (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
    db.prepare(sql).run(...Object.values(all));
    db.prepare('INSERT INTO chat_message_join VALUES (?, ?)').run(chat, index + 1);
  }
  db.exec(more);
  const bytes = db.serialize();
  db.close();
  return bytes;
}

/** An attributed string as Messages stores it, without attributes. */
export function typedstream(text: string): Buffer {
  const words = Buffer.from(text);
  const length =
    words.length < 128
      ? Buffer.from([words.length])
      : Buffer.from([0x81, words.length & 255, words.length >> 8]);
  return Buffer.concat([
    Buffer.from('\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x12NSAttributedString\x00', 'latin1'),
    Buffer.from('\x84\x84\x08NSObject\x00\x85\x92\x84\x84\x84\x08NSString\x01\x94\x84\x01+', 'latin1'),
    length,
    words,
    Buffer.from([0x86, 0x86]),
  ]);
}

type Value = string | number | Uint8Array | readonly Value[] | { readonly [key: string]: Value };

/** A binary property list of a handful of objects. */
export function plist(value: Value): Buffer {
  const objects: Buffer[] = [];
  const place = (one: Value): number => {
    const at = objects.push(Buffer.alloc(0)) - 1;
    objects[at] = encoded(one, place);
    return at;
  };
  place(value);
  const offsets: number[] = [];
  let at = 8;
  for (const object of objects) {
    offsets.push(at);
    at += object.length;
  }
  const trailer = Buffer.alloc(32);
  trailer[6] = 4;
  trailer[7] = 2;
  trailer.writeBigUInt64BE(BigInt(objects.length), 8);
  trailer.writeBigUInt64BE(BigInt(at), 24);
  const table = Buffer.alloc(4 * objects.length);
  for (const [index, offset] of offsets.entries()) table.writeUInt32BE(offset, index * 4);
  return Buffer.concat([Buffer.from('bplist00'), ...objects, table, trailer]);
}

function encoded(value: Value, place: (one: Value) => number): Buffer {
  if (typeof value === 'number') return real(value);
  if (typeof value === 'string')
    return Buffer.concat([marker(5, value.length), Buffer.from(value, 'latin1')]);
  if (value instanceof Uint8Array) return Buffer.concat([marker(4, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([marker(10, value.length), refs(value.map(place))]);
  const keys = Object.keys(value);
  const places = [...keys.map(place), ...Object.values(value).map((one) => place(one as Value))];
  return Buffer.concat([marker(13, keys.length), refs(places)]);
}

function real(value: number): Buffer {
  const bytes = Buffer.alloc(9, 0x23);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

function marker(kind: number, count: number): Buffer {
  if (count < 15) return Buffer.from([(kind << 4) | count]);
  return Buffer.from([(kind << 4) | 15, 0x11, count >> 8, count & 255]);
}

function refs(places: readonly number[]): Buffer {
  const bytes = Buffer.alloc(places.length * 2);
  for (const [index, one] of places.entries()) bytes.writeUInt16BE(one, index * 2);
  return bytes;
}
