import { unreadItem } from './blank-item.ts';
import type {
  Beside,
  ExportContext,
  ExportEvent,
  ExportedItem,
  ExportReader,
  ExportSettings,
} from './exported.ts';
import type { Issue } from './issue.ts';
import { scanJson } from './json-scan.ts';
import { glimpse, isObject, type Json, type JsonObject, readJson } from './json-value.ts';
import type { JsonEvent, JsonPlan } from './json-walk.ts';
import { asBuffer, type ByteSource, bytesSource } from './source.ts';

/**
 * An export whose entries are elements of JSON arrays, described by what sets it apart from the others.
 *
 * @property begin What is known before the first entry: names out of other files, or out of this file's own end.
 * @property met A member on the way, or `open` of an object or array (`value` undefined): who is speaking of whom changes.
 * @property contextOf Null for an element that is no entry; its bytes are then named as unreadable.
 * @property lookUp What only files beside the export say of an entry; asked of entries that hold `sign`.
 * @property inner A member whose elements are entries of their own, inside the entry that holds them.
 * @property says False for an entry that ought to hold words and holds none, nor anything else.
 * @property ended What the whole shows: a wrong count, say.
 */
export type JsonExport<State> = {
  readonly format: string;
  readonly platform: string;
  readonly recognises: (glimpsed: Json, name: string) => boolean;
  readonly plan: JsonPlan;
  readonly begin: (source: ByteSource, settings: ExportSettings, beside: Beside) => Promise<State>;
  readonly met?: (state: State, path: string, value: Json | undefined) => void;
  readonly contextOf: (state: State, entry: JsonObject) => ExportContext | null;
  readonly lookUp?: {
    readonly sign: string;
    readonly context: (context: ExportContext, entry: JsonObject, beside: Beside) => Promise<ExportContext>;
  };
  readonly inner?: string;
  readonly itemOf: (entry: JsonObject, context: ExportContext) => ExportedItem;
  readonly says: (entry: JsonObject) => boolean | null;
  readonly ended?: (state: State, entries: number) => readonly Issue[];
};

/** What was counted over a whole export. */
type Tally = { entries: number; meant: number; silent: number; at: number };

/** Makes a reader out of such a description. */
export function jsonExport<State>(kind: JsonExport<State>): ExportReader {
  return {
    format: kind.format,
    platform: kind.platform,
    recognises: (head, name) => {
      const seen = glimpse(head);
      return seen !== undefined && kind.recognises(seen, name.replaceAll('\\', '/'));
    },
    read: (source, settings, beside) => readExport(kind, source, settings, beside),
    readItem: (bytes, context) => readItem(kind, bytes, context),
  };
}

async function* readExport<State>(
  kind: JsonExport<State>,
  source: ByteSource,
  settings: ExportSettings,
  beside: Beside,
): AsyncGenerator<ExportEvent> {
  const state = await kind.begin(source, settings, beside);
  const tally: Tally = { entries: 0, meant: 0, silent: 0, at: 0 };
  for await (const event of scanJson(source, kind.plan)) {
    if (event.type === 'open' || event.type === 'value') {
      kind.met?.(state, event.path, event.type === 'value' ? event.value : undefined);
    } else {
      for (const one of told(kind, state, event, tally))
        yield kind.lookUp ? await lookedUp(kind, one, beside) : one;
      if (event.type === 'element') yield* innerEvents(kind, state, event.bytes, tally);
    }
  }
  for (const issue of kind.ended?.(state, tally.entries) ?? []) yield { type: 'note', issue };
  const empty = emptiness(kind.format, tally);
  if (empty) yield { type: 'note', issue: empty };
}

async function lookedUp<State>(
  { lookUp }: JsonExport<State>,
  event: ExportEvent,
  beside: Beside,
): Promise<ExportEvent> {
  if (!lookUp || event.type !== 'item' || !asBuffer(event.bytes).includes(lookUp.sign)) return event;
  const { value } = readJson(event.bytes);
  return isObject(value) ? { ...event, context: await lookUp.context(event.context, value, beside) } : event;
}

type Told = Exclude<JsonEvent, { type: 'open' } | { type: 'value' }>;

function* told<State>(
  kind: JsonExport<State>,
  state: State,
  event: Told,
  tally: Tally,
): Generator<ExportEvent> {
  if (event.type === 'end') {
    if (event.at > tally.at) yield { type: 'gap', range: { start: tally.at, end: event.at } };
    if (event.isCut) yield { type: 'note', issue: cut(kind.format) };
    return;
  }
  const found = event.type === 'element' ? entryEvent(kind, state, event, tally) : event;
  if (event.range.start > tally.at) yield { type: 'gap', range: { start: tally.at, end: event.range.start } };
  tally.at = event.range.end;
  yield found;
}

/** Entries inside an entry: their bytes are its own, so they have no range of theirs. */
async function* innerEvents<State>(
  kind: JsonExport<State>,
  state: State,
  bytes: Uint8Array,
  tally: Tally,
): AsyncGenerator<ExportEvent> {
  if (!kind.inner || !asBuffer(bytes).includes(`"${kind.inner}"`)) return;
  const plan = { elements: [kind.inner], values: [] };
  for await (const event of scanJson(bytesSource('', bytes), plan)) {
    const found = event.type === 'element' ? entryEvent(kind, state, event, tally) : null;
    const range = { start: tally.at, end: tally.at };
    if (found?.type === 'item') yield { ...found, range, isRebuilt: true };
  }
}

function entryEvent<State>(
  kind: JsonExport<State>,
  state: State,
  { range, bytes }: Told & { type: 'element' },
  tally: Tally,
): Exclude<ExportEvent, { type: 'note' }> {
  const { value } = readJson(bytes);
  if (value === undefined) return { type: 'unreadable', range, issue: notJson() };
  const context = isObject(value) ? kind.contextOf(state, value) : null;
  if (!context || !isObject(value)) return { type: 'unreadable', range, issue: noEntry() };
  tally.entries++;
  const says = kind.says(value);
  if (says !== null) tally.meant++;
  if (says === false) tally.silent++;
  return { type: 'item', range, bytes, context, issues: says === false ? [nothingRead()] : [] };
}

function readItem<State>(kind: JsonExport<State>, bytes: Uint8Array, context: ExportContext): ExportedItem {
  const { value, isRepaired } = readJson(bytes);
  if (!isObject(value)) return unreadItem(context, notJson());
  try {
    const item = kind.itemOf(value, context);
    return isRepaired ? { ...item, issues: [...item.issues, repaired()] } : item;
  } catch {
    return unreadItem(context, { code: 'reader-failed', message: 'The reader failed on this entry.' });
  }
}

/**
 * What is wrong with an export that says nothing: not one entry, or not one word where words ought to be.
 *
 * @param meant Entries that ought to hold words, and `silent` those of them that hold none.
 */
export function emptiness(
  format: string,
  { entries, meant, silent }: { readonly entries?: number; readonly meant: number; readonly silent: number },
): Issue | null {
  const looks = `This looks like an export of the kind ${format}, but`;
  if (entries === 0) return { code: 'export-incomplete', message: `${looks} it holds no messages.` };
  if (meant === 0 || silent < meant) return null;
  return { code: 'export-empty', message: `${looks} not one of its ${meant} messages holds a text.` };
}

function cut(format: string): Issue {
  return {
    code: 'export-incomplete',
    message: `The export (${format}) stops before its end; what stood before was read.`,
  };
}

function noEntry(): Issue {
  const message = 'This is no entry of the kind that stands around it; its bytes were left alone.';
  return { code: 'export-damaged', message };
}

function nothingRead(): Issue {
  const message = 'No words, file or call were found in this entry; its bytes are kept as they are.';
  return { code: 'text-not-exported', message };
}

function notJson(): Issue {
  return { code: 'json-damaged', message: 'This entry is no JSON that can be read; its bytes are kept.' };
}

function repaired(): Issue {
  const message =
    'The entry is not valid JSON (unknown escapes or control characters); it was mended for reading only.';
  return { code: 'json-repaired', message };
}
