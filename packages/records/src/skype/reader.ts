import { blankItem } from '../blank-item.ts';
import { instantOf } from '../export-time.ts';
import type { ExportContext, ExportedItem, ExportedPerson, Reaction } from '../exported.ts';
import { htmlToText } from '../html-text.ts';
import { jsonExport } from '../json-export.ts';
import { at, idAt, type Json, type JsonObject, listAt, numberAt, readJson, textAt } from '../json-value.ts';
import { reacted, reactionsTo } from '../reaction.ts';
import { mediaPath } from './media.ts';
import { callOf, fileOf, isCallType, isFileType, shownText, systemText } from './texts.ts';

/** @property media Where the file of this message lies beside the export. */
type SkypeContext = ExportContext & {
  readonly me: string | null;
  readonly peer?: string;
  readonly media?: string;
};
type State = {
  readonly zone: string | null;
  me: string | null;
  talk: { id: string | null; name: string | null };
};

const TALK = 'conversations.*';

/** Skype's `messages.json`. */
export const skype = jsonExport<State>({
  format: 'skype-json',
  platform: 'skype',
  recognises: (seen) => {
    const isOfSkype = textAt(seen, 'userId') !== null && textAt(seen, 'exportDate') !== null;
    return isOfSkype || listAt(seen, 'conversations').some((talk) => at(talk, 'MessageList') !== undefined);
  },
  plan: { elements: [`${TALK}.MessageList`], values: ['userId', `${TALK}.id`, `${TALK}.displayName`] },
  begin: async (_source, settings) => ({ zone: settings.zone, me: null, talk: { id: null, name: null } }),
  met,
  contextOf: (state, entry) =>
    idAt(entry, 'id') && textAt(entry, 'originalarrivaltime') ? contextOf(state) : null,
  lookUp: {
    sign: 'URIObject',
    context: async (context, entry, beside) => {
      const media = await mediaPath(entry, beside);
      return media === null ? context : { ...context, media };
    },
  },
  itemOf,
  says: (entry) => {
    const type = textAt(entry, 'messagetype') ?? '';
    if (!/^(?:RichText(?:\/Html)?|Text)$/.test(type) || deletedAt(entry)) return null;
    return textAt(entry, 'content') !== null;
  },
});

function met(state: State, path: string, value: Json | undefined): void {
  if (path === TALK) state.talk = { id: null, name: null };
  else if (path === 'userId') state.me = idAt(value);
  else if (path === `${TALK}.id`) state.talk.id = idAt(value);
  else if (path === `${TALK}.displayName`) state.talk.name = textAt(value);
}

function contextOf({ zone, me, talk }: State): SkypeContext {
  const isGroup = talk.id === null ? null : talk.id.startsWith('19:');
  return {
    conversation: { id: `skype:${talk.id ?? ''}`, name: talk.name, isGroup },
    zone,
    me,
    ...(talk.id !== null && isGroup === false && { peer: talk.id }),
  };
}

function itemOf(entry: JsonObject, stated: ExportContext): ExportedItem {
  const context = stated as SkypeContext;
  const type = textAt(entry, 'messagetype') ?? '';
  const content = textAt(entry, 'content') ?? '';
  const stamp = textAt(entry, 'originalarrivaltime');
  const call = isCallType(type) ? callOf(content) : null;
  const isSystem = /^(?:ThreadActivity|EndToEndEncryption|Notice|Signal)/.test(type);
  const from = isSystem ? null : personOf(textAt(entry, 'from'), textAt(entry, 'displayName'), context);
  const said = shownText(content);
  const shown = type === 'RichText/Html' ? { ...said, text: htmlToText(content).trim() } : said;
  const path = context.media ?? null;
  const file = isFileType(type, content) ? { ...fileOf(content), path } : null;
  const edited = instantOf(shown.editedMs ?? numberAt(entry, 'properties', 'edittime'));
  const text = isSystem ? systemText(type, content) : call ? '' : shown.text;
  return {
    ...blankItem(context),
    kind: call ? 'call' : 'message',
    from,
    to: from ? othersThan(from, context) : [],
    sentAt: stamp !== null && !Number.isNaN(Date.parse(stamp)) ? stamp : null,
    sentAtRaw: stamp,
    editedAt: edited,
    state: deletedAt(entry) ? 'deleted' : (call?.state ?? (edited === null ? null : 'edited')),
    text: text === '' ? null : text,
    id: idAt(entry, 'id'),
    replyTo: shown.replyTo,
    durationSec: call?.durationSec ?? null,
    files: file ? [file] : [],
    ...reacted(signsOn(entry).flatMap((sign) => reactionsOf(sign, context))),
    issues:
      file && path === null
        ? [
            {
              code: 'file-not-exported',
              message: `The file ${file.name ?? 'without a name'} is not beside messages.json, in the folder media of the export.`,
            },
          ]
        : [],
  };
}

/** A list, or a list written as a text. */
function signsOn({ properties }: JsonObject): readonly Json[] {
  const stated = textAt(properties, 'emotions');
  const list = stated === null ? at(properties, 'emotions') : readJson(Buffer.from(stated)).value;
  return Array.isArray(list) ? list : [];
}

function reactionsOf(sign: Json, context: SkypeContext): readonly Reaction[] {
  const named = listAt(sign, 'users').map((one) => ({
    by: personOf(idAt(one, 'mri'), null, context),
    at: instantOf(numberAt(one, 'time')),
  }));
  return reactionsTo(textAt(sign, 'key'), named);
}

function deletedAt(entry: JsonObject): boolean {
  const { properties } = entry;
  return ['deletedtime', 'deletetime'].some((key) => idAt(properties, key) !== null);
}

/** `8:` stands before Skype's own names, `4:` before telephone numbers. */
function addressOf(id: string): string {
  const [, kind, name] = /^(\d+):(.*)$/s.exec(id) ?? [];
  if (kind === '4' && name?.startsWith('+')) return name;
  return `skype:${kind === '8' ? name : id}`;
}

function personOf(
  id: string | null,
  name: string | null,
  { me, peer, conversation }: SkypeContext,
): ExportedPerson | null {
  if (id === null) return null;
  const known = name ?? (id === peer ? conversation.name : null);
  return { name: known, address: addressOf(id), isMe: id === me };
}

function othersThan(from: ExportedPerson, context: SkypeContext): readonly ExportedPerson[] {
  const other = from.isMe ? context.peer : context.peer && context.me;
  const person = other ? personOf(other, null, context) : null;
  return person ? [person] : [];
}
