import type { ExhibitSource } from '../interaction/detail.actions.ts';
import type { Person } from '../interaction/reading.ts';
import { BLACK, peopleLeft, type Remains } from './redaction.ts';

type Left = { readonly name: string; readonly sizeBytes: number; readonly sha256: string };
type Copied = {
  readonly source: Pick<ExhibitSource, 'kind' | 'participants' | 'times'>;
  readonly remains: Remains;
  readonly people: readonly string[];
  readonly reason: string;
  /** Commitment of the entry that holds the original, in hex. */
  readonly record: string;
  readonly files: readonly Left[];
  readonly filesTaken: number;
};

/**
 * The copy as a file of its own: what remains, plainly as text. The native file is never edited; nothing of it is in here
 * but what is read.
 */
export function redactedCopy({
  source,
  remains,
  people,
  reason,
  record,
  files,
  filesTaken,
}: Copied): Uint8Array {
  const { participants, times, kind } = source;
  const { from, to, cc } = participants;
  const sent = times.sent ?? times.received;
  const lines = [
    'COPY WITH WORDS TAKEN OUT',
    '',
    `Not the record itself: where ${BLACK} stands, words were taken out. The record is in the log, and was not changed.`,
    `Why: ${oneLine(reason)}`,
    `The record's commitment in the log: ${record}`,
    '',
    `Kind: ${kind}`,
    `From: ${listed(peopleLeft(from, people))}`,
    `To: ${listed(peopleLeft([...to, ...cc], people))}`,
    `Time: ${sent?.at ?? 'not stated'}`,
    `Subject: ${oneLine(remains.subject ?? '')}`,
    '',
    remains.text.trimEnd(),
    '',
    ...files.map(
      ({ name, sizeBytes, sha256 }) =>
        `Attachment left in: ${oneLine(name)} (${sizeBytes} bytes, SHA-256 ${sha256})`,
    ),
    ...(filesTaken > 0 ? [`Attachments taken out: ${filesTaken}`] : []),
  ];
  return Buffer.from(`${lines.join('\n').trimEnd()}\n`);
}

function listed(people: readonly Person[]): string {
  const names = people.map(({ name, address }) =>
    name && address ? `${name} <${address}>` : (name ?? address ?? ''),
  );
  return oneLine(names.join(', ')) || 'not stated';
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
