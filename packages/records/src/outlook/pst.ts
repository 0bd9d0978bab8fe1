import type { ContainerEvent, Place } from '../event.ts';
import type { Issue } from '../issue.ts';
import { newNotes } from '../reading.ts';
import type { ByteSource } from '../source.ts';
import { rebuildMail } from './mime.ts';
import { openPst, type Pst } from './pst-file.ts';
import { foldersIn, lostMessages, messageIds, readNameMap } from './pst-folder.ts';
import { readMessage } from './pst-message.ts';

export { recognisesPst } from './pst-file.ts';

const REBUILT: Issue = {
  code: 'rebuilt',
  message: 'The message lies in a PST as properties; these lines were made of them.',
};

/**
 * Reads every message of a PST or OST, folder by folder.
 *
 * A message has no bytes of its own in the file: it is rebuilt as RFC 5322, and its context names the folder it was in.
 * A password is not asked for: it hides nothing.
 *
 * @param source Read in blocks of a few kilobytes; one message at a time is held whole.
 * @param place `from` is the number of the first message to give.
 * @source MS-PST 2
 */
export async function* readPst(source: ByteSource, place: Place): AsyncGenerator<ContainerEvent> {
  const { member, from } = place;
  const pst = await openPst(source);
  const end = source.sizeBytes;
  if (!pst) {
    const issue: Issue = { code: 'outlook-damaged', message: 'The PST is of no known version, or damaged.' };
    yield { type: 'unreadable', member, range: { start: 0, end }, issue };
    return;
  }
  const names = await readNameMap(pst);
  let count = 0;
  for await (const { id, path } of everyMessage(pst)) {
    const start = count++;
    if (start < from) continue;
    yield await eventOf(pst, names, id, path, start, member);
  }
  for (const issue of pst.notes.issues) yield { type: 'note', member, issue };
  yield { type: 'gap', member, range: { start: 0, end } };
}

/** Messages in the order of their folders, then those that no folder lists. */
async function* everyMessage(pst: Pst): AsyncGenerator<{ readonly id: number; readonly path: string }> {
  const seen = new Set<number>();
  const paths = new Map<number, string>();
  for await (const folder of foldersIn(pst)) {
    paths.set(folder.id, folder.path);
    for (const id of await messageIds(pst, folder)) {
      if (seen.has(id)) continue;
      seen.add(id);
      yield { id, path: folder.path };
    }
  }
  for await (const { id, parent } of lostMessages(pst, seen)) yield { id, path: paths.get(parent) ?? '' };
}

async function eventOf(
  pst: Pst,
  names: ReadonlyMap<string, number>,
  id: number,
  path: string,
  start: number,
  member: string | null,
): Promise<ContainerEvent> {
  const range = { start, end: start };
  const notes = newNotes();
  const message = await readMessage(pst, names, id, notes).catch(unlessBroken);
  if (!message) {
    const issue: Issue = { code: 'outlook-damaged', message: 'A message in the PST is too damaged to read.' };
    return { type: 'unreadable', member, range, issue };
  }
  const bytes = rebuildMail(message, notes);
  const conversation = { id: path, name: path || null, isGroup: null };
  const issues = [REBUILT, ...notes.issues];
  return {
    type: 'item',
    format: 'pst',
    member,
    range,
    bytes,
    context: { conversation },
    isRebuilt: true,
    issues,
  };
}

/** The last resort: a number beyond the end of some bytes must not stop a run; a disk that fails must. */
function unlessBroken(error: unknown): null {
  if (error instanceof RangeError) return null;
  throw error;
}
