import type { Beside, ExportEvent, ExportReader, ExportSettings } from '../exported.ts';
import type { ByteRange, Issue } from '../issue.ts';
import { asBuffer, type ByteSource } from '../source.ts';
import { messageRows, NotMessages, openMessages } from './database.ts';
import { conversationOf, readItem } from './item.ts';
import { rowBytes } from './row.ts';
import { withLog } from './write-ahead.ts';

/** Messages of a Mac (`chat.db`) or of a phone's backup (`sms.db`). */
export const imessage: ExportReader = {
  format: 'imessage-db',
  platform: 'imessage',
  recognises,
  read,
  readItem,
};

const SIGNATURE = 'SQLite format 3\0';
const OWN_TABLES = /chat_message_join|message_attachment_join|chat_handle_join/;
/** `chat.db` of a Mac, `sms.db` of a phone, and the name that a backup gives the latter. */
const OWN_NAME = /(?:^|[\\/])(?:(?:chat|sms)[^\\/]*\.db|3d0d7e5fb2ce288813306e4d4636395e047a3d28)$/i;
/** The database is held twice while it is read. */
const MOST_BYTES = 1024 * 1024 * 1024;

/** A large database may keep its tables' names further back than a head reaches: then its own name decides. */
function recognises(head: Uint8Array, name: string): boolean {
  const text = asBuffer(head).toString('latin1');
  return text.startsWith(SIGNATURE) && (OWN_TABLES.test(text) || OWN_NAME.test(name));
}

async function* read(
  source: ByteSource,
  _settings: ExportSettings,
  beside: Beside,
): AsyncGenerator<ExportEvent> {
  const range = { start: 0, end: source.sizeBytes };
  if (source.sizeBytes > MOST_BYTES) {
    yield { type: 'unreadable', range, issue: TOO_LARGE };
    return;
  }
  const bytes = await source.read(0, source.sizeBytes);
  const log = await logBeside(source.name, beside);
  const whole = log && withLog(bytes, log);
  if (log) yield { type: 'note', issue: whole ? LOG_READ : LOG };
  yield* messagesOf(whole ?? bytes, range);
}

/** A database says what is wrong with it by throwing, at any row. */
function* messagesOf(bytes: Uint8Array, range: ByteRange): Generator<ExportEvent> {
  const tally = { items: 0, said: 0 };
  try {
    yield* items(bytes, tally);
  } catch (error) {
    yield { type: 'unreadable', range, issue: faultOf(error, tally.items) };
    return;
  }
  yield { type: 'gap', range };
  if (tally.said === 0) yield { type: 'note', issue: EMPTY };
}

function* items(bytes: Uint8Array, tally: { items: number; said: number }): Generator<ExportEvent> {
  const db = openMessages(bytes);
  try {
    for (const row of messageRows(db, bytes.length)) {
      const item = rowBytes(row);
      const context = { conversation: conversationOf(row) };
      const { text, files } = readItem(item, context);
      if (text !== null || files.length > 0) tally.said += 1;
      const range = { start: tally.items, end: tally.items };
      tally.items += 1;
      yield { type: 'item', range, bytes: item, context, isRebuilt: true, issues: [REBUILT] };
    }
  } finally {
    db.close();
  }
}

/** The newest messages stand in a log beside the database until the app folds them in; null when there is none. */
async function logBeside(name: string, beside: Beside): Promise<Uint8Array | null> {
  const log = await beside(`${name.replace(/^.*[\\/]/, '')}-wal`);
  if (log === null || log.sizeBytes === 0) return null;
  return log.sizeBytes > MOST_BYTES ? new Uint8Array(0) : log.read(0, log.sizeBytes);
}

function faultOf(error: unknown, items: number): Issue {
  if (error instanceof NotMessages)
    return {
      code: 'unknown-format',
      message: `This looks like the database of iMessage, but tables are missing: ${error.message}. Its bytes were left alone.`,
    };
  const why = error instanceof Error ? error.message.slice(0, 100) : '';
  return {
    code: 'export-damaged',
    message: `The database of iMessage is damaged (${why}); ${items} messages before the damage were read.`,
  };
}

const REBUILT: Issue = {
  code: 'rebuilt',
  message: 'It was put together out of the rows of a database; no bytes of it were ever sent in this form.',
};
const LOG: Issue = {
  code: 'database-log',
  message:
    'Beside the database lies a log (-wal) that does not fit it, so that its newest messages are not read: quit Messages and copy both again.',
};
const LOG_READ: Issue = {
  code: 'database-log-read',
  message: 'The newest messages stood in a log beside the database (-wal); they were read with it.',
};
const EMPTY: Issue = {
  code: 'export-empty',
  message: 'This looks like a database of iMessage, but no message in it holds a text or a file.',
};
const TOO_LARGE: Issue = {
  code: 'entry-too-large',
  message: 'The database is larger than a gibibyte and is not read; export a part of it.',
};
