import { blankItem } from '../blank-item.ts';
import { inZone } from '../export-time.ts';
import type { ExportContext, ExportedFile, ExportedItem, ExportedPerson } from '../exported.ts';
import { htmlExport } from '../html-export.ts';
import { attr, find, findAll, type HtmlNode, textOf, withClass } from '../html-tree.ts';
import type { Issue } from '../issue.ts';
import { dateIn } from './dates.ts';
import { addressOf } from './people.ts';

type Member = { readonly name: string; readonly address: string };
type VkoptContext = ExportContext & { readonly members: readonly Member[] };
type State = { readonly context: VkoptContext; readonly stated: number | null; entries: number };

const MARK = '<div id="msg';
/** Boxes that show a file, by the last part of their icon's class. */
const FILE = /^att_(?:photo|video|audio|doc|audio_message|graffiti)$/;

/** A chat as the browser extension VkOpt saved it: UTF-8, oldest first. */
export const vkopt = htmlExport<State>({
  format: 'vkopt-html',
  platform: 'vk',
  charset: 'utf-8',
  recognises: (head) =>
    /<title>VK Messages/.test(head) || (head.includes('class="msg_item"') && head.includes(MARK)),
  marks: [MARK],
  begin: async (head, source, settings) => ({
    context: contextOf(head, source.name, settings.zone),
    stated: Number(/Total messages:\s*(\d{1,9})/.exec(head)?.[1] ?? Number.NaN) || null,
    entries: 0,
  }),
  next: (state, entry) => {
    if (!withClass('msg_item')(entry)) return null;
    state.entries++;
    return state.context;
  },
  itemOf,
  ended: ({ context, stated, entries }) => [
    ...(stated === null || stated === entries ? [] : [otherCount(stated, entries)]),
    ...(entries > 0 && !context.zone ? [NO_ZONE] : []),
  ],
});

function contextOf(head: string, path: string, zone: string | null): VkoptContext {
  const title = /<title>VK Messages:?\s*([^<]{0,500})<\/title>/.exec(head)?.[1]?.trim() ?? '';
  const members = title.split(/,\s*/).flatMap(memberOf);
  const file = path.replace(/^.*[\\/]/, '');
  const id = members.map(({ address }) => address.slice('vk:'.length)).join('+') || file;
  const isGroup = members.length === 0 ? null : members.length > 2;
  const name = members.map((member) => member.name).join(', ') || null;
  return { conversation: { id: `vk:${id}`, name, isGroup }, zone, members };
}

/** `Sota(1)`, as the page's title names those who write. */
function memberOf(named: string): readonly Member[] {
  const [, name, id] = /^(.*?)\((-?\d+)\)$/.exec(named) ?? [];
  if (named === '') return [];
  return [name && id ? { name, address: `vk:${id}` } : { name: named, address: `vk:name=${named}` }];
}

function itemOf(entry: HtmlNode, stated: ExportContext): ExportedItem {
  const context = stated as VkoptContext;
  const header = find(entry, withClass('from'));
  const links = header ? findAll(header, (node) => node.name === 'a') : [];
  const date = dateIn(textOf(links.at(-1) ?? null));
  const name = textOf(header && find(header, (node) => node.name === 'b'));
  const boxes = (entry.children ?? []).filter(withClass('attacment'));
  const files = boxes.filter((box) => FILE.test(kindOf(box))).map(fileOf);
  const body = find(entry, withClass('msg_body'));
  const others = boxes.filter((box) => !FILE.test(kindOf(box))).map((box) => textOf(box));
  const isEvent = body === null && boxes.length === 0;
  const words = [isEvent ? eventText(entry) : textOf(body), ...others]
    .filter((line) => line !== '')
    .join('\n');
  const address = addressOf(attr(links[0] ?? null, 'href'));
  const from = name === '' || isEvent ? null : { name, address: address ?? `vk:name=${name}`, isMe: false };
  return {
    ...blankItem(context),
    from,
    to: from && context.members.length === 2 ? othersThan(from, context.members) : [],
    sentAt: date?.local ? inZone(date.local, context.zone) : null,
    sentAtRaw: date?.raw ?? null,
    text: words === '' ? null : isEvent && name ? `${name}: ${words}` : words,
    id: /^#msg(\d+)$/.exec(attr(links.at(-1) ?? null, 'href'))?.[1] ?? null,
    files,
    issues: [...files.map(({ name: file }) => notSaved(file)), ...(date?.local ? [] : [NO_DATE])],
  };
}

function othersThan(from: ExportedPerson, members: readonly Member[]): readonly ExportedPerson[] {
  const others = members.filter(({ address }) => address !== from.address);
  return others.length === 1 ? [{ ...others[0]!, isMe: false }] : [];
}

function eventText(entry: HtmlNode): string {
  return textOf(
    (entry.children ?? []).filter((child) => child.name === 'div').at(-1) ?? null,
    withClass('upic'),
  );
}

function kindOf(box: HtmlNode): string {
  return attr(find(box, withClass('att_ico')), 'class').replace(/^.*\s/, '');
}

function fileOf(box: HtmlNode): ExportedFile {
  return {
    name: textOf(find(box, (node) => node.name === 'a')) || null,
    mediaType: null,
    path: null,
    bytes: null,
  };
}

function notSaved(name: string | null): Issue {
  return { code: 'file-not-exported', message: `${name ?? 'A file'}: the page holds only a link.` };
}

function otherCount(stated: number, entries: number): Issue {
  return {
    code: 'count-differs',
    message: `The page says that it holds ${stated} messages, and ${entries} were found.`,
  };
}

const NO_ZONE: Issue = { code: 'date-unknown-zone', message: 'VkOpt states local times and no zone.' };
const NO_DATE: Issue = { code: 'date-unreadable', message: 'The message states no date that can be read.' };
