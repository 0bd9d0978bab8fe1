import { blankItem } from '../blank-item.ts';
import type { ExportContext, ExportedFile, ExportedItem, ExportedPerson, Reaction } from '../exported.ts';
import { htmlToText } from '../html-text.ts';
import type { Issue } from '../issue.ts';
import { jsonExport } from '../json-export.ts';
import { at, glimpse, idAt, isObject, type Json, type JsonObject, listAt, textAt } from '../json-value.ts';
import { reacted, reactionsTo } from '../reaction.ts';
import { asTenant, isOfGraph } from './graph.ts';

type State = { readonly zone: string | null; readonly names: Map<string, string> };

const HEAD_BYTES = 512 * 1024;
const USER = ['From', 'User'] as const;
const REACTOR = ['User', 'User'] as const;
/** A talk between two carries both their ids. */
const PAIR = /^19:([0-9a-f-]{36})_([0-9a-f-]{36})@unq\.gbl\.spaces$/i;
const HOSTED = /https:\/\/graph\.microsoft\.com\/[^"'\s]{1,600}\/hostedContents\//;

/** Chats of a person in a tenant's export from Microsoft Teams, or as Microsoft Graph gives them. */
export const teams = jsonExport<State>({
  format: 'teams-json',
  platform: 'teams',
  recognises: (seen) => entriesIn(seen).slice(0, 3).some(isMessage),
  plan: { elements: ['', 'value', 'messages'], values: [] },
  begin: async (source, settings) => {
    const seen = glimpse(await source.read(0, HEAD_BYTES));
    const names = new Map<string, string>();
    for (const entry of entriesIn(seen)) learn(names, asTenant(entry));
    return { zone: settings.zone, names };
  },
  contextOf: (state, entry) => {
    if (!isMessage(entry)) return null;
    const message = asTenant(entry);
    learn(state.names, message);
    return contextOf(state, message);
  },
  itemOf: (entry, context) => itemOf(asTenant(entry), context),
  says: (stated) => {
    const entry = asTenant(stated);
    if (!isObject(at(entry, ...USER)) || textAt(entry, 'DeletedDateTime')) return null;
    return wordsOf(entry) !== '' ? true : listAt(entry, 'Attachments').length > 0 ? null : false;
  },
});

/** A list, or what Graph answers with: a list inside. */
function entriesIn(seen: Json | undefined): readonly Json[] {
  if (Array.isArray(seen)) return seen;
  return [...listAt(seen, 'value'), ...listAt(seen, 'messages')];
}

function isMessage(entry: Json): boolean {
  if (isOfGraph(entry)) return true;
  return (
    idAt(entry, 'Id') !== null && textAt(entry, 'CreatedDateTime') !== null && isObject(at(entry, 'Body'))
  );
}

function learn(names: Map<string, string>, entry: Json): void {
  const [id, name] = [textAt(entry, ...USER, 'Id'), textAt(entry, ...USER, 'DisplayName')];
  if (id && name) names.set(id, name);
}

function contextOf({ zone, names }: State, entry: JsonObject): ExportContext {
  const chat = textAt(entry, 'ChatId') ?? textAt(entry, 'ChannelIdentity', 'ChannelId');
  const pair = PAIR.exec(chat ?? '')?.slice(1) ?? [];
  const initiator = textAt(entry, 'EventDetail', 'Initiator', 'User', 'Id');
  const reactors = listAt(entry, 'Reactions').flatMap((sign) => idAt(sign, ...REACTOR, 'Id') ?? []);
  const known = [...pair, ...(initiator ? [initiator] : []), ...reactors].flatMap((id) =>
    names.has(id) ? [[id, names.get(id)!]] : [],
  );
  const name = pair
    .map((id) => names.get(id))
    .filter(Boolean)
    .join(', ');
  const isGroup = pair.length > 0 ? false : chat === null ? null : true;
  return {
    conversation: { id: `teams:${chat}`, name: name || null, isGroup },
    zone,
    people: Object.fromEntries(known),
  };
}

function itemOf(entry: JsonObject, context: ExportContext): ExportedItem {
  const stamp = textAt(entry, 'CreatedDateTime');
  const edited = instant(textAt(entry, 'LastEditedDateTime'));
  const deleted = textAt(entry, 'DeletedDateTime');
  const from = authorOf(entry);
  const attached = listAt(entry, 'Attachments').filter(
    (one) => textAt(one, 'ContentType') !== 'messageReference',
  );
  const hosted = HOSTED.test(textAt(entry, 'Body', 'Content') ?? '') ? [null] : [];
  const files = [...attached, ...hosted].map((one) => fileOf(textAt(one, 'Name')));
  const text = from ? wordsOf(entry) : eventText(entry, context);
  return {
    ...blankItem(context),
    kind: isObject(at(entry, 'EventDetail', 'CallEnded')) ? 'call' : 'message',
    from,
    to: from ? othersThan(from, context) : [],
    sentAt: instant(stamp),
    sentAtRaw: stamp,
    editedAt: edited,
    subject: textAt(entry, 'Subject'),
    text: text === '' ? null : text,
    state: deleted ? 'deleted' : edited ? 'edited' : null,
    id: idAt(entry, 'Id'),
    replyTo: idAt(entry, 'ReplyToId') ?? quotedId(entry),
    durationSec: seconds(textAt(entry, 'EventDetail', 'CallEnded', 'CallDuration')),
    files,
    ...reacted(listAt(entry, 'Reactions').flatMap((sign) => reactionOf(sign, context))),
    issues: files.map(({ name }) => notExported(name)),
  };
}

function authorOf(entry: JsonObject): ExportedPerson | null {
  const author = at(entry, ...USER) ?? at(entry, 'From', 'Application') ?? at(entry, 'From', 'Device');
  const [id, name] = [idAt(author, 'Id'), textAt(author, 'DisplayName')];
  return id || name ? { name, address: `teams:${id ?? `name=${name}`}`, isMe: false } : null;
}

/** A sign by its name or as itself; one that a firm made has a name of its own beside `custom`. */
function reactionOf(sign: Json, { people }: ExportContext): readonly Reaction[] {
  const [id, stated] = [idAt(sign, ...REACTOR, 'Id'), textAt(sign, ...REACTOR, 'DisplayName')];
  const name = stated ?? (id === null ? null : (people?.[id] ?? null));
  const by = id || name ? { name, address: `teams:${id ?? `name=${name}`}`, isMe: false } : null;
  const type = textAt(sign, 'ReactionType');
  const what = type === 'custom' ? (textAt(sign, 'DisplayName') ?? type) : type;
  return reactionsTo(what, [{ by, at: instant(textAt(sign, 'CreatedDateTime')) }]);
}

function othersThan(
  from: ExportedPerson,
  { conversation, people }: ExportContext,
): readonly ExportedPerson[] {
  const pair = PAIR.exec(conversation.id.slice('teams:'.length))?.slice(1) ?? [];
  const others = pair.filter((id) => from.address !== `teams:${id}`);
  return others.map((id) => ({ name: people?.[id] ?? null, address: `teams:${id}`, isMe: false }));
}

function wordsOf(entry: Json): string {
  const content = textAt(entry, 'Body', 'Content') ?? '';
  return textAt(entry, 'Body', 'ContentType') === 'text' ? content : htmlToText(content);
}

/** What the platform tells: "Members added: Anna, Boris", by whom. */
function eventText(entry: JsonObject, { people }: ExportContext): string {
  const detail = at(entry, 'EventDetail');
  if (!isObject(detail)) return wordsOf(entry);
  const told = Object.entries(detail).filter(([key, value]) => isObject(value) && key !== 'Initiator');
  const who = textAt(detail, 'Initiator', 'User', 'Id');
  const lines = told.map(([key, value]) => {
    const names = listAt(value, 'Members').map(
      (member) => textAt(member, 'DisplayName') ?? idAt(member, 'Id'),
    );
    const words = key.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    return [words, names.filter(Boolean).join(', ')].filter(Boolean).join(': ');
  });
  return lines.map((line) => (who && people?.[who] ? `${people[who]}: ${line}` : line)).join('\n');
}

function quotedId(entry: JsonObject): string | null {
  const quoted = listAt(entry, 'Attachments').find(
    (one) => textAt(one, 'ContentType') === 'messageReference',
  );
  return idAt(quoted, 'Id');
}

function fileOf(name: string | null): ExportedFile {
  return { name, mediaType: null, path: null, bytes: null };
}

function notExported(name: string | null): Issue {
  return {
    code: 'file-not-exported',
    message: `The file ${name ?? 'without a name'} is not in the export, only a link to it.`,
  };
}

/** `PT1H2M3S`, as ISO 8601 writes a length of time. */
function seconds(length: string | null): number | null {
  const parts = /^PT(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,6})(?:\.\d+)?S)?$/.exec(length ?? '');
  return parts ? Number(parts[1] ?? 0) * 3600 + Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0) : null;
}

function instant(stated: string | null): string | null {
  return stated !== null && !Number.isNaN(Date.parse(stated)) ? stated : null;
}
