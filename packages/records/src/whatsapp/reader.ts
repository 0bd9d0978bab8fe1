import { charsetGuessed } from '../export-charset.ts';
import type { ExportContext, ExportEvent, ExportReader, ExportSettings } from '../exported.ts';
import type { Issue } from '../issue.ts';
import { likenessOf } from '../likeness.ts';
import { asBuffer, type ByteSource } from '../source.ts';
import { dayNumber } from './calendar.ts';
import { conversationOf, exporterOf } from './conversation.ts';
import { type ChatContext, readItem } from './item.ts';
import { type HeaderLine, headerLines, markBytes } from './lines.ts';
import { splitSender } from './sender.ts';
import { type Survey, surveyOf } from './survey.ts';
import { ENCRYPTION_NOTICE } from './texts.ts';

/** The app exports 40,000 messages at most: a text of this size is none of its own. */
const MOST_BYTES = 256 * 1024 * 1024;

/** A chat exported as text, by Android, by an iPhone, or by the app of 2012, in any language. */
export const whatsapp: ExportReader = {
  format: 'whatsapp-text',
  platform: 'whatsapp',
  recognises,
  read,
  readItem,
};

/** Logs write their level where a chat has a name. */
const LOG_LEVEL = /(?:^|[\s.[])(?:trace|debug|info|notice|warn|warning|error|fatal|critical|severe)\b/i;

/** Its first line is a header, and somebody speaks. */
function recognises(head: Uint8Array): boolean {
  const lines = [...headerLines(asBuffer(head).subarray(0, 16 * 1024))];
  const first = lines[0];
  if (!first || !isBlank(asBuffer(head).subarray(0, first.start))) return false;
  const speakers = lines.map(({ rest }) => splitSender(rest, [])).filter(({ name }) => name !== null);
  if (speakers.some(({ name }) => LOG_LEVEL.test(name ?? ''))) return false;
  if (lines.some(({ rest }) => / - (?:DEBUG|INFO|WARN\w*|ERROR|CRITICAL) - /.test(rest))) return false;
  if (first.header.form === 'colon') return speakers.length === lines.length;
  return (
    speakers.length > 0 ||
    lines.some(({ rest }) => ENCRYPTION_NOTICE.test(rest.replace(/[\u200e\u200f]/g, '')))
  );
}

function isBlank(bytes: Buffer): boolean {
  return (
    bytes
      .toString('utf8')
      .replace(/\ufeff/g, '')
      .trim() === ''
  );
}

async function* read(source: ByteSource, settings: ExportSettings): AsyncGenerator<ExportEvent> {
  const bytes = await source.read(0, Math.min(source.sizeBytes, MOST_BYTES + 1));
  if (bytes.length > MOST_BYTES) {
    yield { type: 'unreadable', range: { start: 0, end: source.sizeBytes }, issue: TOO_LARGE };
    return;
  }
  const survey = surveyOf(bytes, settings);
  yield* before(bytes, survey.starts[0]?.start ?? bytes.length);
  yield* messages(bytes, survey, source.name, settings);
  yield* notes(survey, settings);
}

/** What stands before the first message. */
function* before(bytes: Uint8Array, end: number): Generator<ExportEvent> {
  if (end === 0) return;
  const isEmpty = end === markBytes(bytes) || isBlank(asBuffer(bytes).subarray(0, end));
  const range = { start: 0, end };
  yield isEmpty ? { type: 'gap', range } : { type: 'unreadable', range, issue: NOT_IN_FORM };
}

function* messages(
  bytes: Uint8Array,
  survey: Survey,
  path: string,
  settings: ExportSettings,
): Generator<ExportEvent> {
  const shared = sharedContext(survey, path, settings);
  const seen = new Map<string, number>();
  const doubts = doubtsOf(survey.doubtful);
  let says = false;
  let latest: number | null = null;
  for (const [index, line] of survey.starts.entries()) {
    const end = survey.starts[index + 1]?.start ?? bytes.length;
    const slice = bytes.subarray(line.start, end);
    const item = readItem(slice, shared);
    const likeness = likenessOf(item, shared);
    const ordinal = likeness === null ? 0 : (seen.get(likeness) ?? 0);
    if (likeness !== null) seen.set(likeness, ordinal + 1);
    says ||= item.from !== null && (item.text !== null || item.files.length > 0 || item.state !== null);
    const day = dayNumber(line.header.numbers, line.header.era, survey.dateOrder.value);
    const issues = [...doubts(end), ...orderIssue(item.from === null ? null : day, latest)];
    if (item.from !== null && day !== null) latest = Math.max(latest ?? day, day);
    const context = ordinal > 0 ? { ...shared, ordinal } : shared;
    yield { type: 'item', range: { start: line.start, end }, bytes: slice, context, issues };
  }
  if (!says) yield { type: 'note', issue: EMPTY };
}

/** Takes the doubtful lines up to an offset, once each. */
function doubtsOf(doubtful: readonly HeaderLine[]): (end: number) => readonly Issue[] {
  let at = 0;
  return (end) => {
    const found: Issue[] = [];
    for (; at < doubtful.length && doubtful[at]!.start < end; at += 1) {
      const { start, end: stop } = doubtful[at]!;
      found.push({ ...UNLIKE_OTHERS, range: { start, end: stop } });
    }
    return found;
  };
}

function orderIssue(day: number | null, latest: number | null): readonly Issue[] {
  return day !== null && latest !== null && day < latest - 1 ? [BACK_IN_TIME] : [];
}

function sharedContext(survey: Survey, path: string, { zone }: ExportSettings): ChatContext {
  const conversation = conversationOf(survey, path);
  const me = exporterOf(survey, conversation);
  const pair = conversation.isGroup === true || survey.senders.size !== 2 ? null : [...survey.senders.keys()];
  return {
    conversation,
    dateOrder: survey.dateOrder,
    zone,
    ...(survey.charset === null ? {} : { charset: survey.charset }),
    ...(survey.marks ? { marks: true } : {}),
    ...(survey.omitted === null ? {} : { omitted: survey.omitted }),
    ...(survey.names.length === 0 ? {} : { names: survey.names }),
    ...(me === null ? {} : { me }),
    ...(pair === null ? {} : { pair }),
  } satisfies ExportContext;
}

function* notes({ charset, dateOrder, starts }: Survey, { zone }: ExportSettings): Generator<ExportEvent> {
  if (starts.length === 0) return;
  if (dateOrder.certainty === 'guessed') yield { type: 'note', issue: orderUnknown(dateOrder.value) };
  if (charset !== null) yield { type: 'note', issue: charsetGuessed(charset) };
  if (zone === null) yield { type: 'note', issue: NO_ZONE };
}

const WORDS = { dmy: 'day, month, year', mdy: 'month, day, year', ymd: 'year, month, day' } as const;

function orderUnknown(value: keyof typeof WORDS): Issue {
  return {
    code: 'date-order-unknown',
    message: `Nothing in this WhatsApp chat shows the order of day and month; dates are read as ${WORDS[value]} until somebody says otherwise.`,
  };
}

const NO_ZONE: Issue = {
  code: 'date-unknown-zone',
  message: 'A WhatsApp chat states local times of the exporting phone and no zone.',
};
const EMPTY: Issue = {
  code: 'export-empty',
  message:
    'This looks like a WhatsApp chat, but no message in it holds a text, a file or a call: export it again.',
};
const NOT_IN_FORM: Issue = {
  code: 'export-damaged',
  message: 'These lines stand before the first message of the WhatsApp chat and belong to none.',
};
const UNLIKE_OTHERS: Issue = {
  code: 'header-unlike-others',
  message:
    'A line in this message looks like the beginning of one, in another form than the file has; it was left in the text.',
};
const BACK_IN_TIME: Issue = {
  code: 'time-out-of-order',
  message:
    'It is dated more than a day before a message that stands above it; the order of the file was kept.',
};
const TOO_LARGE: Issue = {
  code: 'export-damaged',
  message: 'A WhatsApp chat is never this large; it was not read.',
};
