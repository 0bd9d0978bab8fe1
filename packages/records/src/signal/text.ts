import { blankItem, unreadItem } from '../blank-item.ts';
import { inZone, possibleLocal } from '../export-time.ts';
import type {
  ExportContext,
  ExportEvent,
  ExportedFile,
  ExportedItem,
  ExportedPerson,
  ExportReader,
  ExportSettings,
  Reaction,
} from '../exported.ts';
import type { Issue } from '../issue.ts';
import { emptiness } from '../json-export.ts';
import { blocksOf } from '../line-blocks.ts';
import { isSign, reacted, reactionsTo } from '../reaction.ts';
import { asBuffer, type ByteSource } from '../source.ts';

/** @property peer The one other person who was seen to write, when there is just one. */
type TextContext = ExportContext & { readonly peer: string | null };

const FORMAT = 'signal-export-text';
const HEAD = /^\[(\d{4}-\d{2}-\d{2}),? (\d{2}:\d{2}(?::\d{2})?)\] ([^:]{1,200}):(?: (.*))?$/;
const ME = 'Me';
const LOOK_BYTES = 256 * 1024;
/** How the tool writes a file that was sent. */
const MEDIA = /!?\[([^\]\n]{0,300})\]\((\.?\/?media\/[^)\n]{1,600})\)[ \t]*/g;
/** How the tool writes signs under a message, as its last line: `(- Mira: 👍, Dmitri: ❤️ -)`. */
const SIGNS = /(?:^|\n)\(- ([^\n]{1,2000}) -\)$/;

/** `chat.md` or `chat.txt`, as the tool signal-export writes a chat: `[2026-05-12, 09:14] Name: text`. */
export const signalText: ExportReader = {
  format: FORMAT,
  platform: 'signal',
  recognises: (head, name) => {
    const lines = textOf(head).split(/\r?\n/, 200);
    const first = lines
      .slice(0, 8)
      .map((line) => HEAD.exec(line))
      .find((found) => found !== null);
    if (!first) return false;
    const isSigned =
      /(?:^|[\\/])(?:chat|index)\.(?:md|txt)$/i.test(name) ||
      lines.some((line) => HEAD.exec(line)?.[3] === ME);
    // WhatsApp writes such lines too, but always with seconds.
    return first[2]!.length === 5 || isSigned;
  },
  read,
  readItem: (bytes, context) => itemOf(textOf(bytes), context as TextContext),
};

function textOf(bytes: Uint8Array): string {
  return asBuffer(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
}

async function* read(source: ByteSource, settings: ExportSettings): AsyncGenerator<ExportEvent> {
  const context = contextOf(await source.read(0, LOOK_BYTES), source.name, settings.zone);
  const tally = { entries: 0, meant: 0, silent: 0 };
  for await (const { range, bytes, hasHead } of blocksOf(source, (line) => HEAD.test(line))) {
    if (!bytes) yield { type: 'unreadable', range, issue: tooLarge() };
    else if (!hasHead) yield { type: 'gap', range };
    else {
      const { text, files } = itemOf(textOf(bytes), context);
      tally.entries++;
      tally.meant++;
      if (text === null && files.length === 0) tally.silent++;
      yield { type: 'item', range, bytes, context, issues: [] };
    }
  }
  const empty = emptiness(FORMAT, tally);
  if (empty) yield { type: 'note', issue: empty };
  if (tally.meant > 0 && settings.zone === null) yield { type: 'note', issue: NO_ZONE };
}

function contextOf(head: Uint8Array, path: string, zone: string | null): TextContext {
  const senders = new Set(
    textOf(head)
      .split('\n')
      .flatMap((line) => HEAD.exec(line.trimEnd())?.[3] ?? []),
  );
  const hasOwn = senders.delete(ME);
  const [file = '', folder] = path.replaceAll('\\', '/').split('/').reverse();
  const name = /^(?:chat|index)\.\w+$/i.test(file) && folder ? folder : file.replace(/\.\w+$/, '');
  const [only] = senders.size === 1 ? [...senders] : [];
  return {
    conversation: {
      id: `signal:name=${name}`,
      name: name || null,
      isGroup: senders.size > (hasOwn ? 1 : 2) ? true : null,
    },
    zone,
    peer: only ?? null,
  };
}

function itemOf(block: string, context: TextContext): ExportedItem {
  const lines = block.split(/\r?\n/);
  const [, day, clock, name, first] = HEAD.exec(lines[0] ?? '') ?? [];
  if (!day || !clock || !name)
    return unreadItem(context, {
      code: 'header-garbage',
      message: 'The line does not begin as a message does.',
    });
  const words = [first ?? '', ...lines.slice(1)].map((line) => line.replace(/ {2}$/, '')).join('\n');
  const local = possibleLocal(`${day}T${clock.length === 5 ? `${clock}:00` : clock}`);
  const from = personOf(name);
  const said = words.replace(MEDIA, '').trim();
  const reactions = reactionsIn(said);
  const text = reactions.length > 0 ? said.replace(SIGNS, '').trim() : said;
  return {
    ...blankItem(context),
    from,
    to: othersThan(from, context),
    sentAt: local === null ? null : inZone(local, context.zone),
    sentAtRaw: `${day}, ${clock}`,
    text: text === '' ? null : text,
    files: [...words.matchAll(MEDIA)].map((found) => fileOf(found[1]!, found[2]!)),
    ...reacted(reactions),
    issues:
      local === null ? [{ code: 'date-unreadable', message: `${day}, ${clock} is no possible time.` }] : [],
  };
}

/** Empty unless every piece of the line is a name and a sign: people write brackets too. */
function reactionsIn(words: string): readonly Reaction[] {
  const pieces = SIGNS.exec(words)?.[1]?.split(', ') ?? [];
  const found = pieces.map((piece) => /^(.{1,200}): (\S{1,40})$/u.exec(piece));
  if (!found.every((one) => one && isSign(one[2]!))) return [];
  return found.flatMap((one) => reactionsTo(one![2]!, [{ by: personOf(one![1]!), at: null }]));
}

function personOf(name: string): ExportedPerson {
  const isMe = name === ME;
  return { name: isMe ? null : name, address: isMe ? null : `signal:name=${name}`, isMe };
}

function othersThan(from: ExportedPerson, { peer }: TextContext): readonly ExportedPerson[] {
  if (peer === null) return [];
  return [personOf(from.isMe ? peer : ME)];
}

function fileOf(name: string, link: string): ExportedFile {
  const path = decoded(link).replace(/^\.?\//, '');
  return { name: name || path.replace(/^.*\//, ''), mediaType: null, path, bytes: null };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const NO_ZONE: Issue = {
  code: 'date-unknown-zone',
  message: 'The export states local times of the computer that made it, and no zone.',
};

function tooLarge(): Issue {
  return { code: 'entry-too-large', message: 'One entry is larger than any real one; it was not read.' };
}
