import type { LiveNote, LiveRules } from '../generated/types.gen.ts';
import type { Session } from './note.ts';

/** What lies on this device until the program has it: notes that wait, the session that goes on, the texts to say. */
const NAME = 'evenkeel-live';
const NOTES = 'notes';
const PAGE = 'page';

let opening: Promise<IDBDatabase> | undefined;

function opened(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(NOTES, { keyPath: 'id' });
      request.result.createObjectStore(PAGE);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

/** Resolves when it is on the disk, and not before: what was tapped is not lost with the battery. */
async function writing(act: (notes: IDBObjectStore, page: IDBObjectStore) => void): Promise<void> {
  const database = await opened();
  const change = database.transaction([NOTES, PAGE], 'readwrite', { durability: 'strict' });
  act(change.objectStore(NOTES), change.objectStore(PAGE));
  return new Promise((resolve, reject) => {
    change.oncomplete = () => resolve();
    change.onerror = () => reject(change.error);
    change.onabort = () => reject(change.error);
  });
}

async function reading<T>(store: string, ask: (from: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const request = ask((await opened()).transaction(store).objectStore(store));
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** A note and the session it belongs to: both, or neither. */
export function keepNote(note: LiveNote, session: Session): Promise<void> {
  return writing((notes, page) => {
    notes.put(note);
    page.put(session, 'session');
  });
}

/** The program has it: nothing of it stays here. */
export function dropNote(id: string): Promise<void> {
  return writing((notes) => void notes.delete(id));
}

/** In the order in which they were noted. */
export async function waitingNotes(): Promise<readonly LiveNote[]> {
  return reading<LiveNote[]>(NOTES, (notes) => notes.getAll());
}

export function keepSession(session: Session): Promise<void> {
  return writing((_notes, page) => void page.put(session, 'session'));
}

export function dropSession(): Promise<void> {
  return writing((_notes, page) => void page.delete('session'));
}

export async function keptSession(): Promise<Session | null> {
  return (await reading<Session | undefined>(PAGE, (page) => page.get('session'))) ?? null;
}

/** The texts that are meant for everybody; those of one viewer lie in the session and go with it. */
export function keepRules(rules: LiveRules): Promise<void> {
  return writing((_notes, page) => void page.put(rules, 'rules'));
}

export async function keptRules(): Promise<LiveRules | null> {
  return (await reading<LiveRules | undefined>(PAGE, (page) => page.get('rules'))) ?? null;
}
