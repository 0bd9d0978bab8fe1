import { otherCharset } from '../export-charset.ts';
import type { ExportContext, ExportSettings } from '../exported.ts';
import { bodyOf } from './body.ts';
import { type DateEvidence, decideDateOrder } from './date-order.ts';
import { type HeaderLine, headerLines } from './lines.ts';
import { attachedByAndroid, attachedByIPhone, dayOfName } from './media.ts';
import { plainName, splitSender } from './sender.ts';
import { GROUP_MADE, OMITTED_ANDROID } from './texts.ts';

/** What the whole file tells about each of its messages. */
export type Survey = {
  /** The lines that begin messages. */
  readonly starts: readonly HeaderLine[];
  /** Lines with another shape than the rest of the file: text of the message above. */
  readonly doubtful: readonly HeaderLine[];
  readonly dateOrder: NonNullable<ExportContext['dateOrder']>;
  readonly marks: boolean;
  readonly omitted: string | null;
  readonly names: readonly string[];
  readonly senders: ReadonlyMap<string, number>;
  readonly me: string | null;
  /** The chat's name as an iPhone puts it before the app's own lines. */
  readonly spokenFor: string | null;
  readonly isGroupSaid: boolean;
  /** The charset that the file was saved in by another program; null for UTF-8. */
  readonly charset: string | null;
};

/** Reads all headers once. */
export function surveyOf(bytes: Uint8Array, settings: ExportSettings): Survey {
  const charset = otherCharset(bytes);
  const all = [...headerLines(bytes, charset)];
  const trusted = trustedShapes(all);
  const starts = all.filter((line) => trusted.has(line.header.shape));
  const marks = starts.some(isMarked);
  const names = namesWithColon(starts);
  const omitted = learnedOmission(starts, names);
  return {
    starts,
    doubtful: all.filter((line) => !trusted.has(line.header.shape)),
    dateOrder: decideDateOrder(starts.map(evidenceOf), settings.dateOrder),
    marks,
    omitted,
    names,
    ...peopleIn(starts, names, { marks, omitted }),
    charset,
  };
}

/** iPhones put a mark before what the app writes; Android does so in some languages only, so that it tells nothing. */
function isMarked({ header, rest }: HeaderLine): boolean {
  return header.form === 'bracket' && (header.isMarked || /: [\u200e\u200f]/.test(rest));
}

/** One phone writes all headers of a file alike; two exports pasted together have two shapes, each with a share. */
function trustedShapes(all: readonly HeaderLine[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { header } of all) counts.set(header.shape, (counts.get(header.shape) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const first = all.find(({ header }) => counts.get(header.shape) === most)?.header.shape;
  const enough = Math.max(3, all.length * 0.05);
  return new Set(
    [...counts].filter(([shape, count]) => shape === first || count >= enough).map(([shape]) => shape),
  );
}

function evidenceOf({ header, rest }: HeaderLine): DateEvidence {
  const { numbers, era, isSpaced, half } = header;
  return { numbers, era, isSpaced, half, fileDay: fileDayOf(rest) };
}

function fileDayOf(rest: string): number | null {
  if (!/\d{8}-WA|-\d{4}-\d\d-\d\d-\d\d-/.test(rest)) return null;
  const text = splitSender(rest, []).text.replace(/[\u200e\u200f]/g, '');
  const name = attachedByAndroid(text, true) ?? attachedByIPhone(text);
  return name === null ? null : dayOfName(name);
}

const SURE_COUNT = 5;

/** A name that holds `: ` shows by what always follows it: `Mika: work: hello`, every time. */
function namesWithColon(starts: readonly HeaderLine[]): readonly string[] {
  const seen = new Map<string, { count: number; next: string | null }>();
  for (const { rest } of starts) {
    const [first = '', second, ...more] = plainName(rest.slice(0, 200)).split(': ');
    const next = second !== undefined && more.length > 0 && second.length <= 40 ? second : null;
    const known = seen.get(first);
    if (known) seen.set(first, { count: known.count + 1, next: known.next === next ? next : null });
    else seen.set(first, { count: 1, next });
  }
  const sure = [...seen].filter(([, { count, next }]) => next !== null && count >= SURE_COUNT);
  return sure.map(([first, { next }]) => `${first}: ${next}`);
}

/** Where the words are not known, the same words in angle brackets from several messages stand for files left out. */
function learnedOmission(starts: readonly HeaderLine[], names: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const { header, rest } of starts) {
    if (header.form === 'bracket' || !rest.endsWith('>')) continue;
    const text = splitSender(rest, names).text;
    if (/^<[^<>:]{6,60}>$/u.test(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best && best[1] >= 3 && !OMITTED_ANDROID.test(best[0]) ? best[0] : null;
}

function peopleIn(
  starts: readonly HeaderLine[],
  names: readonly string[],
  manner: { marks: boolean; omitted: string | null },
) {
  const senders = new Map<string, number>();
  let me: string | null = null;
  let spokenFor: string | null = null;
  let isGroupSaid = false;
  for (const { header, rest } of starts) {
    const { name, text } = splitSender(rest, names);
    const body = name === null ? null : bodyOf(text, header, manner);
    if (name === null || body?.isSystem) {
      isGroupSaid ||= GROUP_MADE.test(text);
      spokenFor ??= name;
      continue;
    }
    senders.set(name, (senders.get(name) ?? 0) + 1);
    if (body?.isMine) me ??= name;
  }
  return { senders, me, spokenFor, isGroupSaid };
}
