import { blankItem } from '../blank-item.ts';
import { cellsOf, rowsOf } from '../document/table.ts';
import { exportText } from '../export-charset.ts';
import { instantOf } from '../export-time.ts';
import type {
  Beside,
  ExportContext,
  ExportedFile,
  ExportedItem,
  ExportedPerson,
  ExportReader,
} from '../exported.ts';
import type { Issue } from '../issue.ts';
import { jsonExport } from '../json-export.ts';
import { at, idAt, type Json, type JsonObject, listAt, readJson, textAt } from '../json-value.ts';
import { asBuffer, type ByteSource } from '../source.ts';

/** @property others The ids of those who were written to. */
type PackageContext = ExportContext & { readonly others: readonly string[] };
/** What a message says, in the table of old packages as in the lists of new ones. */
type Stated = {
  readonly id: string | null;
  readonly stamp: string | null;
  readonly words: string;
  readonly links: readonly string[];
};

const LIST_BYTES = 64 * 1024 ** 2;
const HEADING = /^(?:\xef\xbb\xbf)?ID,Timestamp,Contents,Attachments\s*$/;
const ME: ExportedPerson = { name: null, address: null, isMe: true };

/** `messages.json` of the package that Discord sends on request: only what its owner wrote, one channel a folder. */
export const discordPackage: ExportReader = jsonExport<PackageContext>({
  format: 'discord-package',
  platform: 'discord',
  recognises: (seen) => Array.isArray(seen) && isMessage(seen[0]),
  plan: { elements: [''], values: [] },
  begin: (source, settings, beside) => contextOf(source, settings.zone, beside),
  contextOf: (context, entry) => (isMessage(entry) ? context : null),
  itemOf: (entry, context) => itemOf(statedIn(entry), context as PackageContext),
  says: (entry) => textAt(entry, 'Contents') !== null || textAt(entry, 'Attachments') !== null,
  ended: () => [ONE_SIDE],
});

/** The same as a table, `messages.csv`, as packages had it before 2024. */
export const discordTable: ExportReader = {
  format: 'discord-package-table',
  platform: 'discord',
  recognises: (head) => HEADING.test(asBuffer(head).toString('latin1').split(/\r?\n/, 1)[0]!),
  async *read(source, settings, beside) {
    const bytes = await source.read(0, source.sizeBytes);
    const context = await contextOf(source, settings.zone, beside);
    for (const [index, { text, start, end }] of rowsOf(bytes, null).entries()) {
      const range = { start, end };
      if (index === 0 || text.trim() === '') yield { type: 'gap', range };
      else yield { type: 'item', range, bytes: bytes.subarray(start, end), context, issues: [] };
    }
    yield { type: 'note', issue: ONE_SIDE };
  },
  readItem: (bytes, context) => {
    const [id = '', stamp = '', words = '', links = ''] = cellsOf(exportText(bytes, null), ',');
    return itemOf(
      { id: id || null, stamp: stamp || null, words, links: linksIn(links) },
      context as PackageContext,
    );
  },
};

function isMessage(entry: Json | undefined): boolean {
  return (
    idAt(entry, 'ID') !== null && textAt(entry, 'Timestamp') !== null && at(entry, 'Contents') !== undefined
  );
}

/** Numbers beyond 2^53 lose their last digits in JSON: such an id would be another message's. */
function statedIn(entry: JsonObject): Stated {
  const isExact = typeof entry.ID === 'string' || Number.isSafeInteger(entry.ID);
  return {
    id: isExact ? idAt(entry, 'ID') : null,
    stamp: textAt(entry, 'Timestamp'),
    words: textAt(entry, 'Contents') ?? '',
    links: linksIn(textAt(entry, 'Attachments') ?? ''),
  };
}

function linksIn(text: string): readonly string[] {
  return text.split(/\s+/).filter((link) => link !== '');
}

/** The channel's own description lies beside its messages, its name in the index above, the owner's id in the account. */
async function contextOf(source: ByteSource, zone: string | null, beside: Beside): Promise<PackageContext> {
  const channel = await jsonBeside(beside, 'channel.json');
  const folder = source.name.replaceAll('\\', '/').split('/').at(-2) ?? '';
  const id = idAt(channel, 'id') ?? folder.replace(/^c(?=\d)/, '');
  const own = idAt(await jsonBeside(beside, '../../account/user.json'), 'id');
  const guild = textAt(channel, 'guild', 'name');
  const listed = textAt(await jsonBeside(beside, '../index.json'), id);
  const place = textAt(channel, 'name') ?? listed?.replace(/^Direct Message with /, '') ?? null;
  const people = listAt(channel, 'recipients').flatMap((one) => idAt(one) ?? []);
  const isDirect = /^(?:1|DM)$/.test(idAt(channel, 'type') ?? '');
  return {
    conversation: {
      id: `discord:${id}`,
      name: guild ? `${guild} #${place ?? id}` : place,
      isGroup: channel === undefined ? null : !isDirect,
    },
    zone,
    others: own === null ? [] : people.filter((one) => one !== own),
  };
}

async function jsonBeside(beside: Beside, path: string): Promise<Json | undefined> {
  const source = await beside(path);
  return source ? readJson(await source.read(0, LIST_BYTES)).value : undefined;
}

function itemOf({ id, stamp, words, links }: Stated, context: PackageContext): ExportedItem {
  const files = links.map(fileOf);
  const isPair = context.conversation.isGroup === false && context.others.length === 1;
  const to = (context.others ?? []).map((other) => ({
    name: isPair ? context.conversation.name : null,
    address: `discord:${other}`,
    isMe: false,
  }));
  return {
    ...blankItem(context),
    from: ME,
    to,
    sentAt: instantIn(stamp),
    sentAtRaw: stamp,
    text: words === '' ? null : words,
    id,
    files,
    issues: files.map(({ name }) => notExported(name)),
  };
}

/** `2026-05-13 09:14:22`, which is UTC although nothing says so in the newer form. */
function instantIn(stamp: string | null): string | null {
  const [, day, clock] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,6})?)(?:Z|\+00:00)?$/.exec(stamp ?? '') ?? [];
  const epoch = day ? Date.parse(`${day}T${clock}Z`) : Number.NaN;
  return Number.isNaN(epoch) ? null : instantOf(epoch);
}

function fileOf(link: string): ExportedFile {
  const name = /([^/?#]+)(?:[?#].*)?$/.exec(link)?.[1] ?? null;
  return { name, mediaType: null, path: null, bytes: null };
}

function notExported(name: string | null): Issue {
  const message = `The file ${name ?? 'without a name'} is not in the package, only a link that expires.`;
  return { code: 'file-not-exported', message };
}

const ONE_SIDE: Issue = {
  code: 'export-incomplete',
  message:
    "Discord's own package holds only what its owner wrote, and nothing of what others answered: export the channel itself for both sides.",
};
