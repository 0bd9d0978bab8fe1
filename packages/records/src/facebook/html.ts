import { blankItem } from '../blank-item.ts';
import { inZone } from '../export-time.ts';
import type { ExportContext, ExportedFile, ExportedItem, ExportReader, Reaction } from '../exported.ts';
import { htmlExport } from '../html-export.ts';
import { attr, find, findAll, type HtmlNode, textOf, withClass } from '../html-tree.ts';
import type { Issue } from '../issue.ts';
import { reacted, reactionsTo, signAndName } from '../reaction.ts';
import { localIn } from './dates.ts';
import { type Platform, personOf } from './person.ts';

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
export const facebookHtml = metaPages('facebook', (head, name) => !isInstagram(head, name));
/** Instagram's, which differ by where they lie and what they link to. */
export const instagramHtml = metaPages('instagram', isInstagram);

function metaPages(platform: Platform, isOurs: (head: string, name: string) => boolean): ExportReader {
  return htmlExport<State>({
    format: `${platform}-html`,
    platform,
    charset: 'utf-8',
    recognises: (head, name) =>
      MARKS.some((mark) => head.includes(mark)) &&
      (/message_\d+\.html$/i.test(name) || /(?:_a6-h|_2lek)[\s"]/.test(head)) &&
      isOurs(head, name),
    marks: MARKS,
    begin: async (head, source, settings) => ({
      context: contextOf(platform, head, source.name, settings.zone),
    }),
    next: ({ context }, entry) => (find(entry, STAMP) ? context : null),
    itemOf: (entry, context) => itemOf(platform, entry, context),
    ended: ({ context }, entries) => (entries > 0 && !context.zone ? [NO_ZONE] : []),
  });
}

function isInstagram(head: string, name: string): boolean {
  if (/(?:^|\/)(?:your_)?facebook|across_facebook/i.test(name)) return false;
  return /instagram/i.test(name) || /["(]https:\/\/(?:www\.)?instagram\.com\//.test(head);
}

function contextOf(platform: Platform, head: string, path: string, zone: string | null): ExportContext {
  const name = /<title>([^<]{1,300})<\/title>/.exec(head)?.[1]?.trim() ?? null;
  const folder = path.replaceAll('\\', '/').split('/').at(-2);
  return { conversation: { id: `${platform}:${folder ?? `name=${name ?? ''}`}`, name, isGroup: null }, zone };
}

function itemOf(platform: Platform, entry: HtmlNode, context: ExportContext): ExportedItem {
  const name = textOf(find(entry, NAME));
  const stamp = textOf(find(entry, STAMP));
  const body = find(entry, BODY);
  const local = localIn(stamp);
  const files = body ? findAll(body, (node) => savedPath(node) !== null).flatMap(fileOf) : [];
  const text = textOf(body, (node) => node.name === 'ul');
  return {
    ...blankItem(context),
    from: name === '' ? null : personOf(platform, name),
    sentAt: local === null ? null : inZone(local, context.zone),
    sentAtRaw: stamp || null,
    text: text === '' ? null : text,
    files,
    ...reacted(
      body
        ? findAll(body, (node) => node.name === 'li').flatMap((one) => reactionOf(platform, one, context))
        : [],
    ),
    issues: local === null ? [NO_DATE] : [],
  };
}

/** `👍Anna Orlova`, in newer pages with the time in brackets. */
function reactionOf(platform: Platform, line: HtmlNode, { zone }: ExportContext): readonly Reaction[] {
  const words = textOf(line);
  const stamp = /\(([^()]{6,60})\)$/.exec(words)?.[1] ?? null;
  const local = stamp === null ? null : localIn(stamp);
  const found = signAndName(local === null ? words : words.slice(0, words.lastIndexOf('(')));
  if (!found) return [];
  const by = personOf(platform, found.name);
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
  message: 'These pages state local times and no zone.',
};
const NO_DATE: Issue = { code: 'date-unreadable', message: 'The message states no date that can be read.' };
