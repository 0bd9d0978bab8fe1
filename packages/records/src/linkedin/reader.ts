import { blankItem } from '../blank-item.ts';
import { cellsOf, rowsOf } from '../document/table.ts';
import { exportText } from '../export-charset.ts';
import { possibleLocal } from '../export-time.ts';
import type { ExportContext, ExportedItem, ExportedPerson, ExportReader } from '../exported.ts';
import { htmlToText } from '../html-text.ts';
import type { Issue } from '../issue.ts';
import { emptiness } from '../json-export.ts';

const FORMAT = 'linkedin-messages';
/** The columns that are read, by their heads; later downloads have more of them. */
const COLUMNS = {
  id: 'CONVERSATION ID',
  title: 'CONVERSATION TITLE',
  from: 'FROM',
  profile: 'SENDER PROFILE URL',
  to: 'TO',
  profiles: 'RECIPIENT PROFILE URLS',
  date: 'DATE',
  subject: 'SUBJECT',
  content: 'CONTENT',
  attachments: 'ATTACHMENTS',
  draft: 'IS MESSAGE DRAFT',
} as const;
type Column = keyof typeof COLUMNS;
type Layout = Readonly<Partial<Record<Column, number>>>;

/** `messages.csv` of LinkedIn's own download: all talks, a message a row. */
export const linkedin: ExportReader = {
  format: FORMAT,
  platform: 'linkedin',
  recognises: (head) => layoutOf(exportText(head, null).split(/\r?\n/, 1)[0]!) !== null,
  async *read(source, settings) {
    const bytes = await source.read(0, source.sizeBytes);
    const rows = rowsOf(bytes, null);
    const head = rows[0]!;
    const layout = layoutOf(head.text)!;
    const tally = { entries: 0, meant: 0, silent: 0 };
    yield { type: 'gap', range: { start: head.start, end: head.end } };
    for (const { text, start, end } of rows.slice(1)) {
      const range = { start, end };
      const cells = cellsOf(text, ',');
      const id = cells[layout.id!] ?? '';
      if (text.trim() === '') yield { type: 'gap', range };
      else if (cells.length < Object.keys(layout).length || id === '')
        yield { type: 'unreadable', range, issue: NO_ROW };
      else {
        const people = cells[layout.profiles ?? -1] ?? '';
        const context: ExportContext = {
          conversation: {
            id: `linkedin:${id}`,
            name: cells[layout.title ?? -1] || null,
            isGroup: people === '' ? null : people.split(/[;,]/).length > 1,
          },
          zone: settings.zone,
          layout,
        };
        tally.entries++;
        tally.meant++;
        if (itemOf(text, context).text === null) tally.silent++;
        yield { type: 'item', range, bytes: bytes.subarray(start, end), context, issues: [] };
      }
    }
    const empty = emptiness(FORMAT, tally);
    if (empty) yield { type: 'note', issue: empty };
  },
  readItem: (bytes, context) => itemOf(exportText(bytes, null), context),
};

function layoutOf(line: string): Layout | null {
  const heads = cellsOf(line.replace(/^\ufeff/, ''), ',').map((cell) => cell.trim().toUpperCase());
  const at = Object.entries(COLUMNS).map(([column, head]) => [column, heads.indexOf(head)] as const);
  const found: Layout = Object.fromEntries(at.filter(([, index]) => index >= 0));
  const isWhole = [found.id, found.from, found.date, found.content].every((one) => one !== undefined);
  return isWhole ? found : null;
}

function itemOf(row: string, context: ExportContext): ExportedItem {
  const cells = cellsOf(row, ',');
  const layout = context.layout as Layout;
  const cell = (column: Column) => (cells[layout[column] ?? -1] ?? '').trim();
  const stamp = cell('date');
  const content = cell('content');
  const text = /<(?:p|br|div|span|a)\b[^>]{0,2000}>/i.test(content) ? htmlToText(content).trim() : content;
  const sentAt = instantIn(stamp);
  const attached = cell('attachments')
    .split(/[\s,;]+/)
    .filter(Boolean);
  return {
    ...blankItem(context),
    from: personOf(cell('from'), cell('profile')),
    to: peopleOf(cell('to'), cell('profiles')),
    sentAt,
    sentAtRaw: stamp || null,
    subject: cell('subject') || null,
    text: text || null,
    state: /^(?:yes|true)$/i.test(cell('draft')) ? 'draft' : null,
    files: attached.map((link) => ({
      name: /([^/?#]+)(?:[?#].*)?$/.exec(link)?.[1] ?? null,
      ...{ mediaType: null, path: null, bytes: null },
    })),
    issues: [
      ...(sentAt === null ? [NO_DATE] : []),
      ...attached.map(() => ({ code: 'file-not-exported' as const, message: ONLY_A_LINK })),
    ],
  };
}

/** Somebody is told by the end of the profile's address; whoever left has a name alone. */
function personOf(name: string, profile: string): ExportedPerson | null {
  const slug = /linkedin\.com\/in\/([^/?#\s]{1,200})/i.exec(profile)?.[1];
  if (name === '' && !slug) return null;
  return { name: name || null, address: `linkedin:${slug ? decoded(slug) : `name=${name}`}`, isMe: false };
}

/** Names and profiles stand in lists of their own: only where both are of the same length do they belong together. */
function peopleOf(names: string, profiles: string): readonly ExportedPerson[] {
  const slugs = profiles.split(/[;,]\s*/).filter(Boolean);
  const list = slugs.length > 1 ? names.split(/[;,]\s*/).filter(Boolean) : [names];
  if (slugs.length === 0) return personOf(names, '') ? [personOf(names, '')!] : [];
  return slugs.flatMap((profile, i) => personOf(list.length === slugs.length ? list[i]! : '', profile) ?? []);
}

function decoded(slug: string): string {
  try {
    return decodeURIComponent(slug).toLowerCase();
  } catch {
    return slug.toLowerCase();
  }
}

/** `2026-05-12 06:14:00 UTC` */
function instantIn(stamp: string): string | null {
  const [, day, clock] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?) ?(?:UTC|Z)$/i.exec(stamp) ?? [];
  const local = day && clock ? possibleLocal(`${day}T${clock.length === 5 ? `${clock}:00` : clock}`) : null;
  return local ? `${local}+00:00` : null;
}

const ONLY_A_LINK = 'A file of this message is not in the download, only a link to it.';
const NO_ROW: Issue = { code: 'export-damaged', message: 'This row has fewer columns than the head says.' };
const NO_DATE: Issue = { code: 'date-unreadable', message: 'The row states no date that can be read.' };
