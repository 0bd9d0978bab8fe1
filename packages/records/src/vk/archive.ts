import { blankItem } from '../blank-item.ts';
import { inZone } from '../export-time.ts';
import type { ExportContext, ExportedFile, ExportedItem, ExportedPerson } from '../exported.ts';
import { htmlExport } from '../html-export.ts';
import { attr, find, findAll, type HtmlNode, parseHtml, textOf, withClass } from '../html-tree.ts';
import type { Issue } from '../issue.ts';
import { dateIn } from './dates.ts';
import { addressOf } from './people.ts';

type VkContext = ExportContext & { readonly peer: string | null };
type State = { readonly context: VkContext };

const MARK = '<div class="message"';
const FORWARDED = /^(\d+) (?:прикреплённ|прикрепленн|attached message)/i;
const DELETED = /^(?:Сообщение удалено|Message deleted)$/i;
const NO_FILE =
  /^(?:Фотография|Видеозапись|Аудиозапись|Файл|Голосовое сообщение|Photo|Video|Audio|File|Voice message)/i;

/** A page of a chat in the archive that VK makes of an account: windows-1251, newest first, no zone. */
export const vk = htmlExport<State>({
  format: 'vk-archive',
  platform: 'vk',
  charset: 'windows-1251',
  recognises: (head) => head.includes(MARK) && head.includes('class="message__header"'),
  marks: [MARK],
  begin: async (head, source, settings) => ({ context: contextOf(head, source.name, settings.zone) }),
  next: ({ context }) => context,
  itemOf: (entry, context) => itemOf(entry, context as VkContext),
  ended: ({ context }, entries) => (entries > 0 && !context.zone ? [NO_ZONE] : []),
});

function contextOf(head: string, path: string, zone: string | null): VkContext {
  const peer = /(?:^|[\\/])(-?\d{1,15})[\\/]messages\d*\.html$/i.exec(path)?.[1] ?? null;
  const crumbs = findAll(parseHtml(head.slice(0, 64 * 1024)), withClass('ui_crumb')).map((crumb) =>
    textOf(crumb),
  );
  const name = crumbs.at(-1) || null;
  return {
    conversation: {
      id: `vk:${peer ?? `name=${name ?? ''}`}`,
      name,
      // From two thousand million on the number is that of a chat of several people.
      isGroup: peer === null ? null : Number(peer) >= 2_000_000_000,
    },
    zone,
    peer,
  };
}

function itemOf(entry: HtmlNode, context: VkContext): ExportedItem {
  const header = find(entry, withClass('message__header'));
  const body = (entry.children ?? []).filter((child) => child.name === 'div').at(1) ?? null;
  const edited = header && find(header, withClass('message-edited'));
  const said = textOf(header, (node) => node === edited);
  const date = dateIn(said);
  const kludges = body && find(body, withClass('kludges'));
  const boxes = kludges ? findAll(kludges, withClass('attachment')) : [];
  const kinds = boxes.map((box) => textOf(find(box, withClass('attachment__description'))));
  const text = textOf(body, (node) => node === kludges);
  const service = textOf(kludges, withClass('attachment'));
  const other = boxes
    .filter((_box, index) => !isFile(kinds[index]!))
    .map((box, index) => otherText(box, kinds.filter((kind) => !isFile(kind))[index]!));
  const isService = text === '' && service !== '' && boxes.length === 0;
  const words = [isService ? service : text, ...other].filter((line) => line !== '').join('\n');
  const files = boxes.filter((_box, index) => isFile(kinds[index]!)).map(fileOf);
  const from = senderOf(header, said.slice(0, date?.index).replace(/,\s*$/, '').trim());
  const isEdited = edited !== null || /\((?:ред\.|ed\.|edited)\)/.test(textOf(header));
  return {
    ...blankItem(context),
    from: isService ? null : from,
    to: from && !isService ? othersThan(from, context) : [],
    sentAt: date?.local ? inZone(date.local, context.zone) : null,
    sentAtRaw: date?.raw ?? /,\s*([^,]{1,60})$/.exec(said)?.[1] ?? null,
    editedAt: editedAt(edited, context.zone),
    text: words === '' ? null : words,
    state:
      kinds.some((kind) => DELETED.test(kind)) || DELETED.test(text) ? 'deleted' : isEdited ? 'edited' : null,
    id: attr(entry, 'data-id') || null,
    files: files.map(({ file }) => file),
    issues: [...files.map(({ issue }) => issue), ...(date?.local ? [] : [NO_DATE])],
  };
}

function editedAt(edited: HtmlNode | null, zone: string | null | undefined): string | null {
  const local = dateIn(attr(edited, 'title'))?.local;
  return local ? inZone(local, zone) : null;
}

/** `Вы` is the owner of the archive; a link leads to a person or a community. */
function senderOf(header: HtmlNode | null, name: string): ExportedPerson | null {
  if (/^(?:Вы|You|Ви|Siz)$/i.test(name)) return { name: null, address: null, isMe: true };
  const link = header && find(header, (node) => node.name === 'a');
  const shown = textOf(link) || name;
  if (shown === '') return null;
  return { name: shown, address: addressOf(attr(link, 'href')) ?? `vk:name=${shown}`, isMe: false };
}

function othersThan(from: ExportedPerson, { peer, conversation }: VkContext): readonly ExportedPerson[] {
  if (conversation.isGroup !== false || peer === null) return [];
  if (!from.isMe) return [{ name: null, address: null, isMe: true }];
  return [{ name: conversation.name, address: `vk:${peer}`, isMe: false }];
}

function isFile(kind: string): boolean {
  return NO_FILE.test(kind);
}

/** What was passed on, a place, a link: said in the page's own words. */
function otherText(box: HtmlNode, kind: string): string {
  if (DELETED.test(kind)) return '';
  if (FORWARDED.test(kind)) return `[${kind}]`;
  return [kind, textOf(find(box, withClass('attachment__link')))].filter(Boolean).join(': ');
}

function fileOf(box: HtmlNode): { readonly file: ExportedFile; readonly issue: Issue } {
  const kind = textOf(find(box, withClass('attachment__description')));
  const link = attr(find(box, withClass('attachment__link')), 'href');
  const isSaved = link !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(link);
  return {
    file: { name: kind, mediaType: null, path: isSaved ? link : null, bytes: null },
    issue: { code: 'file-not-exported', message: `${kind}: the archive holds only a link.` },
  };
}

const NO_ZONE: Issue = { code: 'date-unknown-zone', message: 'A VK archive states local times and no zone.' };
const NO_DATE: Issue = { code: 'date-unreadable', message: 'The message states no date that can be read.' };
