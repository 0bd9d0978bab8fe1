import { blankItem } from '../blank-item.ts';
import { inZone, localOf } from '../export-time.ts';
import type { ExportContext, ExportedFile, ExportedItem } from '../exported.ts';
import { htmlExport } from '../html-export.ts';
import { attr, find, findAll, type HtmlNode, textOf, withClass } from '../html-tree.ts';
import type { Issue } from '../issue.ts';

type State = { readonly context: ExportContext };

const MARKS = ['<div class="_a6-g"', '<div class="pam _3-95 _2ph- _a6-g'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** `Sep 13, 2020, 12:26 PM`; newer pages add seconds, and write `pm`. */
const STAMP = /^([A-Z][a-z]{2})[a-z]{0,6} (\d{1,2}), (\d{4}),? (\d{1,2}):(\d{2}(?::\d{2})?)\s?([ap]m)$/i;

/** Messenger's chats as pages, `message_1.html`: minutes only, and no zone. JSON says more. */
export const facebookHtml = htmlExport<State>({
  format: 'facebook-html',
  platform: 'facebook',
  charset: 'utf-8',
  recognises: (head, name) =>
    MARKS.some((mark) => head.includes(mark)) &&
    (/message_\d+\.html$/i.test(name) || /_a6-h[\s"]/.test(head)),
  marks: MARKS,
  begin: async (head, source, settings) => ({ context: contextOf(head, source.name, settings.zone) }),
  next: ({ context }, entry) => (find(entry, withClass('_a6-o')) ? context : null),
  itemOf,
  ended: ({ context }, entries) => (entries > 0 && !context.zone ? [NO_ZONE] : []),
});

function contextOf(head: string, path: string, zone: string | null): ExportContext {
  const name = /<title>([^<]{1,300})<\/title>/.exec(head)?.[1]?.trim() ?? null;
  const folder = path.replaceAll('\\', '/').split('/').at(-2);
  return { conversation: { id: `facebook:${folder ?? `name=${name ?? ''}`}`, name, isGroup: null }, zone };
}

function itemOf(entry: HtmlNode, context: ExportContext): ExportedItem {
  const name = textOf(find(entry, withClass('_a6-h')));
  const stamp = textOf(find(entry, withClass('_a6-o')));
  const body = find(entry, withClass('_a6-p'));
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
    issues: local === null ? [NO_DATE] : [],
  };
}

function localIn(stamp: string): string | null {
  const [, month, day, year, hour, rest, half] = STAMP.exec(stamp.replace(/\s+/g, ' ')) ?? [];
  if (!month || !half) return null;
  const base = Number(hour) % 12;
  const clock = `${half.toLowerCase() === 'pm' ? base + 12 : base}:${rest}`;
  return localOf(Number(year), MONTHS.indexOf(month.toLowerCase()) + 1, Number(day), clock);
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
