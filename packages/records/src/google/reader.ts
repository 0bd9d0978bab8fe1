import { blankItem } from '../blank-item.ts';
import type {
  Beside,
  ExportContext,
  ExportedFile,
  ExportedItem,
  ExportedPerson,
  Reaction,
} from '../exported.ts';
import type { Issue } from '../issue.ts';
import { jsonExport } from '../json-export.ts';
import { at, idAt, type Json, type JsonObject, listAt, readJson, textAt } from '../json-value.ts';
import { reacted, reactionsTo } from '../reaction.ts';
import type { ByteSource } from '../source.ts';
import { instantIn } from './stamp.ts';

/** @property members Who is in the talk, as `group_info.json` beside its messages lists them. */
type GoogleContext = ExportContext & { readonly members?: readonly Json[] };
type State = { readonly context: GoogleContext };

const LIST_BYTES = 4 * 1024 * 1024;
/** A talk of Google Chat as Takeout writes it: `messages.json` with `group_info.json` and its files beside it. */
export const googleChat = jsonExport<State>({
  format: 'google-chat',
  platform: 'google-chat',
  recognises: (seen) => listAt(seen, 'messages').slice(0, 3).some(isMessage),
  plan: { elements: ['messages'], values: [] },
  begin: async (source, settings, beside) => ({ context: await contextOf(source, settings.zone, beside) }),
  contextOf: ({ context }, entry) => (isMessage(entry) ? context : null),
  itemOf: (entry, context) => itemOf(entry, context),
  says: (entry) => {
    if (isDeleted(entry)) return null;
    return wordsOf(entry) !== '' ? true : listAt(entry, 'attached_files').length > 0 ? null : false;
  },
});

function isMessage(entry: Json): boolean {
  const isNamed = textAt(entry, 'creator', 'name') !== null || textAt(entry, 'creator', 'email') !== null;
  return textAt(entry, 'created_date') !== null && (isNamed || textAt(entry, 'message_id') !== null);
}

async function contextOf(source: ByteSource, zone: string | null, beside: Beside): Promise<GoogleContext> {
  const group = await beside('group_info.json');
  const info = group ? readJson(await group.read(0, LIST_BYTES)).value : undefined;
  const members = listAt(info, 'members').filter((one) => textAt(one, 'name') ?? textAt(one, 'email'));
  const folder = source.name.replaceAll('\\', '/').split('/').at(-2) ?? '';
  const name = textAt(info, 'name') ?? (members.map(nameOf).filter(Boolean).join(', ') || null);
  const isPair = members.length === 2 || folder.startsWith('DM ');
  return {
    conversation: {
      id: `google-chat:${folder || `name=${name ?? ''}`}`,
      name,
      isGroup: members.length > 2 ? true : isPair ? false : null,
    },
    zone,
    ...(members.length > 0 && { members }),
  };
}

function itemOf(entry: JsonObject, context: GoogleContext): ExportedItem {
  const stamp = textAt(entry, 'created_date');
  const edited = instantIn(textAt(entry, 'updated_date'));
  const from = personOf(at(entry, 'creator'));
  const text = wordsOf(entry);
  const earlier = listAt(entry, 'previous_message_versions').map((one) => ({
    text: textAt(one, 'text'),
    at: instantIn(textAt(one, 'updated_date') ?? textAt(one, 'created_date')),
  }));
  return {
    ...blankItem(context),
    from,
    to: from ? othersThan(from, context) : [],
    sentAt: instantIn(stamp),
    sentAtRaw: stamp,
    editedAt: edited,
    text: text === '' ? null : text,
    state: isDeleted(entry) ? 'deleted' : edited ? 'edited' : null,
    id: idAt(entry, 'message_id'),
    replyTo: textAt(entry, 'quoted_message_metadata', 'message_id') ?? threadOf(idAt(entry, 'message_id')),
    files: listAt(entry, 'attached_files').map(fileOf),
    ...(earlier.length > 0 ? { earlier } : {}),
    ...reacted(listAt(entry, 'reactions').flatMap((sign) => reactionsOf(sign, context))),
    issues: stamp !== null && instantIn(stamp) === null ? [undated(stamp)] : [],
  };
}

function undated(stamp: string): Issue {
  const seen = [...stamp].slice(0, 80).join('');
  return {
    code: 'date-unreadable',
    message: `“${seen}” is no date in a language that is read here; it is kept as it is, and the time is unknown.`,
  };
}

function isDeleted(entry: Json): boolean {
  return textAt(entry, 'message_state') === 'DELETED' || textAt(entry, 'deleted_date') !== null;
}

/** What was typed, else what was put in: a paper of Drive, a page, a meeting. */
function wordsOf(entry: JsonObject): string {
  const own = textAt(entry, 'text');
  if (own) return own;
  const told = listAt(entry, 'annotations').flatMap(
    (one) =>
      textAt(one, 'drive_metadata', 'title') ??
      textAt(one, 'url_metadata', 'title') ??
      textAt(one, 'video_call_metadata', 'meeting_space', 'meeting_url') ??
      [],
  );
  return told.join('\n');
}

/** The first message of the thread that this one answers in: ids are `talk/thread/message`. */
function threadOf(id: string | null): string | null {
  const [talk, thread, message] = id?.split('/') ?? [];
  return thread && message && thread !== message ? `${talk}/${thread}/${thread}` : null;
}

function nameOf(user: Json): string | null {
  return textAt(user, 'name') ?? textAt(user, 'email');
}

/** An account is told by its mail address; one that is gone has a name alone. */
function personOf(user: Json | undefined): ExportedPerson | null {
  const [name, email] = [textAt(user, 'name'), textAt(user, 'email')];
  if (name === null && email === null) return null;
  return { name, address: email?.toLowerCase() ?? `google-chat:name=${name}`, isMe: false };
}

function othersThan(from: ExportedPerson, { members = [] }: GoogleContext): readonly ExportedPerson[] {
  return members.flatMap((one) => personOf(one) ?? []).filter(({ address }) => address !== from.address);
}

function reactionsOf(sign: Json, { members = [] }: GoogleContext): readonly Reaction[] {
  const named = listAt(sign, 'reactor_emails').flatMap((one) => {
    const email = idAt(one)?.toLowerCase();
    const known = members.find((member) => textAt(member, 'email')?.toLowerCase() === email);
    return email ? [{ by: { name: textAt(known, 'name'), address: email, isMe: false }, at: null }] : [];
  });
  return reactionsTo(
    textAt(sign, 'emoji', 'unicode') ?? textAt(sign, 'emoji', 'custom_emoji', 'shortcode'),
    named,
  );
}

/** Lies beside the messages under a name of its own. */
function fileOf(file: Json): ExportedFile {
  const stored = textAt(file, 'export_name');
  return { name: textAt(file, 'original_name') ?? stored, mediaType: null, path: stored, bytes: null };
}
