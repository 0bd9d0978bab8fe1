import { blankItem, unreadItem } from '../blank-item.ts';
import { inZone, localOf } from '../export-time.ts';
import type {
  ExportContext,
  ExportEvent,
  ExportedItem,
  ExportedPerson,
  ExportReader,
  ExportSettings,
} from '../exported.ts';
import type { Issue } from '../issue.ts';
import { blocksOf } from '../line-blocks.ts';
import { asBuffer, type ByteSource } from '../source.ts';

/**
 * @property day The day that the folder's name gives, moved on at midnight; null when there is none.
 * @property start In a cloud recording the lines count from the start of the meeting.
 */
type ZoomContext = ExportContext & {
  readonly day: { readonly value: string; readonly certainty: 'guessed' } | null;
  readonly start: string | null;
};
type Head = {
  /** Newer programs may state the day too. */
  readonly day: string | null;
  readonly clock: string;
  readonly from: string;
  readonly to: string | null;
  readonly text: string;
  readonly isOffset: boolean;
};

/** ` : ` stands after a name; the name may hold a colon of its own. */
const SPACED =
  /^(?:(\d{4}-\d{2}-\d{2})[ \t]+)?(\d{2}:\d{2}:\d{2})[ \t]+From[ \t]+(.{1,200}?)(?:[ \t]+to[ \t]+(.{1,200}?))? : (.*)$/;
const SAVED =
  /^(?:(\d{4}-\d{2}-\d{2})[ \t]+)?(\d{2}:\d{2}:\d{2})[ \t]+From[ \t]+(.{1,200}?)(?:[ \t]+to[ \t]+(.{1,200}?))?[ \t]*:(?:[ \t](.*))?$/;
const CLOUD = /^(\d{2}:\d{2}:\d{2})\t([^\t:]{1,200}):\t(.*)$/;
/** `2026-05-12 09.14.33 Weekly with Orlov 81234567890`, as Zoom names the folder of a meeting. */
const FOLDER = /^(\d{4}-\d{2}-\d{2}) (\d{2})\.(\d{2})\.(\d{2})(?: (.*?))?(?: \d{9,11})?$/;
const DAY_MS = 86_400_000;

/** The chat that Zoom saves beside a recording: `meeting_saved_chat.txt`. */
export const zoom: ExportReader = {
  format: 'zoom-chat',
  platform: 'zoom',
  recognises: (head) => {
    const lines = textOf(head.subarray(0, 4096)).split(/\r?\n/, 12);
    return headOf(lines.find((line) => line.trim() !== '') ?? '') !== null;
  },
  read,
  readItem: (bytes, context) => itemOf(textOf(bytes), context as ZoomContext),
};

function textOf(bytes: Uint8Array): string {
  return asBuffer(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
}

function headOf(line: string): Head | null {
  const saved = SPACED.exec(line) ?? SAVED.exec(line);
  if (saved)
    return {
      day: saved[1] ?? null,
      clock: saved[2]!,
      from: saved[3]!.trim(),
      to: saved[4]?.trim() ?? null,
      text: saved[5] ?? '',
      isOffset: false,
    };
  const cloud = CLOUD.exec(line);
  return cloud
    ? { day: null, clock: cloud[1]!, from: cloud[2]!.trim(), to: null, text: cloud[3]!, isOffset: true }
    : null;
}

async function* read(source: ByteSource, settings: ExportSettings): AsyncGenerator<ExportEvent> {
  const context = contextOf(source.name, settings.zone);
  let days = 0;
  let last = '';
  /** Some line leaves the day to the folder. */
  let isDayless = false;
  for await (const { range, bytes, hasHead } of blocksOf(source, (line) => headOf(line) !== null)) {
    if (!bytes) yield { type: 'unreadable', range, issue: TOO_LARGE };
    else if (!hasHead) yield { type: 'gap', range };
    else {
      const { day, clock } = headOf(textOf(bytes).split(/\r?\n/, 1)[0]!)!;
      if (last !== '' && Number(clock.slice(0, 2)) + 12 < Number(last.slice(0, 2))) days++;
      last = clock;
      isDayless ||= day === null;
      yield { type: 'item', range, bytes, context: movedOn(context, days), issues: [] };
    }
  }
  if (isDayless) yield { type: 'note', issue: context.day ? DAY_GUESSED : NO_DAY };
}

function contextOf(path: string, zone: string | null): ZoomContext {
  const [file = '', folder = ''] = path.replaceAll('\\', '/').split('/').reverse();
  const [, day, hour, minute, second, title] = FOLDER.exec(folder) ?? [];
  const name = title ?? (folder || file.replace(/\.txt$/i, ''));
  return {
    conversation: { id: `zoom:${folder || file}`, name: name || null, isGroup: null },
    zone,
    day: day ? { value: day, certainty: 'guessed' } : null,
    start: day ? `${hour}:${minute}:${second}` : null,
  };
}

function movedOn(context: ZoomContext, days: number): ZoomContext {
  if (days === 0 || !context.day) return context;
  const value = new Date(Date.parse(context.day.value) + days * DAY_MS).toISOString().slice(0, 10);
  return { ...context, day: { value, certainty: 'guessed' } };
}

function itemOf(block: string, context: ZoomContext): ExportedItem {
  const lines = block.split(/\r?\n/);
  const head = headOf(lines[0] ?? '');
  if (!head)
    return unreadItem(context, {
      code: 'header-garbage',
      message: 'The line does not begin as a message does.',
    });
  const more = lines.slice(1).map((line) => line.replace(/^\t/, ''));
  const text = [head.text, ...more].join('\n').trim();
  const to = head.to?.replace(/\s*\((?:Direct Message|Privately)\)$/i, '');
  return {
    ...blankItem(context),
    from: personOf(head.from),
    to: to && !/^everyone\b/i.test(to) ? [personOf(to)] : [],
    sentAt: sentAtOf(head, context),
    sentAtRaw: head.clock,
    text: text === '' ? null : text,
  };
}

function sentAtOf({ day: stated, clock, isOffset }: Head, { day, start, zone }: ZoomContext): string | null {
  const known = stated ?? day?.value;
  if (!known) return null;
  const [year, month, date] = known.split('-').map(Number);
  const local = localOf(year!, month!, date!, isOffset ? (start ?? '00:00:00') : clock);
  if (local === null) return null;
  if (!isOffset) return inZone(local, zone);
  const [hours, minutes, seconds] = clock.split(':').map(Number);
  const moved = Date.parse(`${local}Z`) + ((hours! * 60 + minutes!) * 60 + seconds!) * 1000;
  return inZone(new Date(moved).toISOString().slice(0, 19), zone);
}

function personOf(name: string): ExportedPerson {
  const isMe = /^me$/i.test(name);
  return { name: isMe ? null : name, address: isMe ? null : `zoom:name=${name}`, isMe };
}

const TOO_LARGE: Issue = {
  code: 'entry-too-large',
  message: 'One entry is larger than any real one; it was not read.',
};
const NO_DAY: Issue = {
  code: 'date-missing',
  message: 'A Zoom chat states the hour and no day, and no folder name gives one.',
};
const DAY_GUESSED: Issue = {
  code: 'date-guessed',
  message: 'The day of the chat is taken from the name of its folder.',
};
