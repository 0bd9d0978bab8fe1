import { blankItem } from '../blank-item.ts';
import { inZone } from '../export-time.ts';
import type { ExportContext, ExportedFile, ExportedItem, Reaction } from '../exported.ts';
import { htmlExport } from '../html-export.ts';
import { attr, find, findAll, type HtmlNode, textOf, withClass } from '../html-tree.ts';
import type { Issue } from '../issue.ts';
import { reacted, reactionsTo, signAndName } from '../reaction.ts';
import { localIn } from './dates.ts';

type State = { readonly context: ExportContext };

/** How an entry begins, in the pages of each year since 2018. */
const MARKS = [
  '<div class="_a6-g"',
  '<div class="_3-95 _a6-g"',
  '<section class="_a6-g"',
  '<section class="_3-95 _a6-g"',
  '<div class="pam _3-95 _2ph- _a6-g',
  '<div class="pam _3-95 _2pi0 _2lej',
];
const [NAME, BODY, STAMP] = [oneOf('_a6-h', '_2lek'), oneOf('_a6-p', '_2let'), oneOf('_a6-o', '_2lem')];

function oneOf(now: string, before: string): (node: HtmlNode) => boolean {
  const [isNow, wasBefore] = [withClass(now), withClass(before)];
  return (node) => isNow(node) || wasBefore(node);
}

/** Messenger's chats as pages, `message_1.html`: minutes only, and no zone. JSON says more. */
export const facebookHtml = htmlExport<State>({
  format: 'facebook-html',
  platform: 'facebook',
  charset: 'utf-8',
  recognises: (head, name) =>
    MARKS.some((mark) => head.includes(mark)) &&
    (/message_\d+\.html$/i.test(name) || /(?:_a6-h|_2lek)[\s"]/.test(head)),
  marks: MARKS,
  begin: async (head, source, settings) => ({ context: contextOf(head, source.name, settings.zone) }),
  next: ({ context }, entry) => (find(entry, STAMP) ? context : null),
  itemOf,
  ended: ({ context }, entries) => (entries > 0 && !context.zone ? [NO_ZONE] : []),
});

function contextOf(head: string, path: string, zone: string | null): ExportContext {
  const name = /<title>([^<]{1,300})<\/title>/.exec(head)?.[1]?.trim() ?? null;
  const folder = path.replaceAll('\\', '/').split('/').at(-2);
  return { conversation: { id: `facebook:${folder ?? `name=${name ?? ''}`}`, name, isGroup: null }, zone };
}

function itemOf(entry: HtmlNode, context: ExportContext): ExportedItem {
  const name = textOf(find(entry, NAME));
  const stamp = textOf(find(entry, STAMP));
  const body = find(entry, BODY);
  const local = localIn(stamp);
  const files = body ? findAll(body, (node) => savedPath(node) !== null).flatMap(fileOf) : [];
  const text = textOf(body, (node) => node.name === 'ul');
  return {
    ...blankItem(context),
    from: name === '' ? null : { name, address: `facebook:name=${name}`, isMe: false },
    sentAt: local === null ? null : inZone(local, context.zone),
    sentAtRaw: stamp || null,
    text: text === '' ? null : text,
    files,
    ...reacted(
      body ? findAll(body, (node) => node.name === 'li').flatMap((one) => reactionOf(one, context)) : [],
    ),
    issues: local === null ? [NO_DATE] : [],
  };
}

/** `👍Anna Orlova`, in newer pages with the time in brackets. */
function reactionOf(line: HtmlNode, { zone }: ExportContext): readonly Reaction[] {
  const words = textOf(line);
  const stamp = /\(([^()]{6,60})\)$/.exec(words)?.[1] ?? null;
  const local = stamp === null ? null : localIn(stamp);
  const found = signAndName(local === null ? words : words.slice(0, words.lastIndexOf('(')));
  if (!found) return [];
  const by = { name: found.name, address: `facebook:name=${found.name}`, isMe: false };
  return reactionsTo(found.what, [{ by, at: local === null ? null : inZone(local, zone) }]);
}

/** A link or picture that lies in the download; null for one on the web. */
function savedPath(node: HtmlNode): string | null {
  const link = attr(node, 'href') || attr(node, 'src');
  return link === '' || /^(?:[a-z][a-z0-9+.-]*:|#)/i.test(link) ? null : link;
}

function fileOf(node: HtmlNode): readonly ExportedFile[] {
  const path = savedPath(node)!;
  const own = /(?:^|\/)messages\/\w+\/[^/]+\/(.+)$/.exec(path)?.[1];
  return [{ name: path.replace(/^.*\//, ''), mediaType: null, path: own ?? path, bytes: null }];
}

const NO_ZONE: Issue = {
  code: 'date-unknown-zone',
  message: 'Facebook’s pages state local times and no zone.',
};
const NO_DATE: Issue = { code: 'date-unreadable', message: 'The message states no date that can be read.' };
