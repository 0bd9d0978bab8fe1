import { readHeaders } from '@evenkeel/records/envelope';
import type { PartyId } from '../party/party.ts';
import type { RunIssue } from '../source/source.ts';
import { type Choice, filedUnder, sidesOf } from './picking.ts';

/** What a header says about whether its mail may be fetched. */
export type Verdict = 'take' | 'leave' | 'report';

const REPORT = /^content-type:[^;]*multipart\/report\b/im;
const REPORT_TYPE = /report-type\s*=\s*"?(?:delivery-status|disposition-notification)\b/i;

/**
 * Decides from the header alone. A report on delivery comes from a program that is nobody's correspondent: it is looked
 * at, and kept only when it speaks of something that we sent.
 */
export function verdictOn(header: Uint8Array, choice: Choice): Verdict {
  if (filedUnder(sidesOf(readHeaders(header)), choice) !== null) return 'take';
  return isReport(header) ? 'report' : 'leave';
}

const HEADER_LOOKED_AT_BYTES = 64 << 10;

/** Whether a mail says of itself that it reports on another one. @source RFC 3462, RFC 8098 */
function isReport(header: Uint8Array): boolean {
  const end = header.subarray(0, HEADER_LOOKED_AT_BYTES);
  const text = Buffer.from(end.buffer, end.byteOffset, end.length).toString('latin1');
  const unfolded = text.replace(/\r?\n[ \t]+/g, ' ');
  const field = unfolded.split(/\r?\n/).find((line) => REPORT.test(line));
  return field !== undefined && REPORT_TYPE.test(field);
}

/** Whose letter a report speaks of; null when it is about nothing of ours, and must not be kept. */
export type Awaits = (report: Uint8Array) => Promise<readonly PartyId[] | null>;

/** What a server did that its own protocol forbids, or that leaves a gap in what we could see. */
export type MailNote =
  | 'uidvalidity-changed'
  | 'uids-backwards'
  | 'uid-other-bytes'
  | 'uid-unasked'
  | 'message-not-given'
  | 'message-too-large'
  | 'size-not-as-said'
  | 'header-not-as-shown'
  | 'gone-from-server';

const SAYS: Readonly<Record<MailNote, (what: string) => string>> = {
  'uidvalidity-changed': (what) =>
    `The server began to count anew (UIDVALIDITY was ${what}). Everything was looked at again; what was here already is linked.`,
  'uids-backwards': (what) =>
    `The server's numbers went back: ${what}. Everything was looked at again and compared with what is kept.`,
  'uid-other-bytes': (what) =>
    `Message ${what} is shown with other bytes than before, which its protocol forbids. Both are kept.`,
  'uid-unasked': (what) => `The server answered with messages nobody asked for: ${what}. They were left.`,
  'message-not-given': (what) => `The server lists messages that it did not give: ${what}.`,
  'message-too-large': (what) => `Message ${what} is too large to be fetched.`,
  'size-not-as-said': (what) =>
    `The size of a message was not the one that the server had announced: ${what}. It is kept as it came.`,
  'header-not-as-shown': (what) =>
    `Message ${what} came with another header than the server had shown before. Nobody who was chosen is in it, so it was not kept.`,
  'gone-from-server': (what) =>
    `${what} are no longer on the server. Here they stay; between the reading before and this one they were moved or deleted there.`,
};

/** @param what numbers and counts; never words of a message */
export function mailNote(code: MailNote, path: string, what: string, uid: number | null = null): RunIssue {
  const member = uid === null ? null : String(uid);
  return { code, message: SAYS[code](what), container: path, member, range: null };
}

/** How a message of a folder is named in the record: the server's epoch and its number in it. */
export function memberOf(uidValidity: string, uid: number): string {
  return `${uidValidity}/${uid}`;
}

/** Numbers that a server listed: whole, above zero, each once, ascending. */
export function usableUids(listed: readonly number[]): readonly number[] {
  return [...new Set(listed)].filter((uid) => Number.isSafeInteger(uid) && uid > 0).sort((a, b) => a - b);
}

/** Consecutive pieces whose sizes add up to a limit at most; a piece has one at least. */
export function* piecesOf<T extends { readonly sizeBytes: number }>(
  seen: readonly T[],
  mostBytes: number,
): Generator<readonly T[]> {
  let piece: T[] = [];
  let sizeBytes = 0;
  for (const one of seen) {
    if (piece.length > 0 && sizeBytes + one.sizeBytes > mostBytes) {
      yield piece;
      piece = [];
      sizeBytes = 0;
    }
    piece.push(one);
    sizeBytes += one.sizeBytes;
  }
  if (piece.length > 0) yield piece;
}
