import type { Times } from './interaction.ts';
import type { AttachmentSeen, Person, Reading } from './reading.ts';

/** What an older reader made of a mail, as its row holds it. */
export type ReadBefore = Pick<Reading, 'subject' | 'text' | 'messageId' | 'replyIds' | 'issues'> & {
  readonly participants: Reading['participants'];
  readonly attachments: readonly AttachmentSeen[];
  readonly times: Pick<Times, 'sent' | 'received'>;
};

/** What of a mail may read differently. */
export const FIELDS = [
  'subject',
  'people',
  'sent',
  'received',
  'words',
  'files',
  'answers',
  'issues',
] as const;

/** One thing that reads differently, each side as somebody reads it; of long words the part around the difference. */
export type Difference = {
  readonly field: (typeof FIELDS)[number];
  readonly before: string;
  readonly after: string;
};

const SHOWN_UNITS = 300;
const AROUND_UNITS = 60;

/** What today's reader makes otherwise of a mail; empty when it makes the same of it. */
export function differencesOf(before: ReadBefore, after: Reading): readonly Difference[] {
  const [were, are] = [linesOf(before), linesOf({ ...after, times: after })];
  return FIELDS.flatMap((field) =>
    were[field] === are[field] ? [] : [{ field, ...shown(were[field], are[field]) }],
  );
}

type Lines = Readonly<Record<Difference['field'], string>>;

function linesOf({ times, participants, ...read }: ReadBefore): Lines {
  const { from, to, cc, bcc, replyTo } = participants;
  return {
    subject: read.subject ?? '',
    people: [from, to, cc, bcc, replyTo].map((list) => list.map(personLine).join(', ')).join('\n'),
    sent: timeLine(times.sent),
    received: timeLine(times.received),
    words: read.text,
    files: read.attachments.map(fileLine).join('\n'),
    answers: [read.messageId ?? '', ...read.replyIds].join('\n'),
    issues: read.issues.map(({ code, message }) => `${code}: ${message}`).join('\n'),
  };
}

function personLine({ name, address }: Person): string {
  return [name, address && `<${address}>`].filter(Boolean).join(' ');
}

function timeLine(time: Times['sent']): string {
  return time ? `${time.at} ${time.offsetMin ?? '?'} ${time.source} ${time.certainty}` : '';
}

function fileLine({ name, mediaType, sizeBytes, sha256, contentId }: AttachmentSeen): string {
  return [name, mediaType, sizeBytes, sha256, contentId].filter((one) => one !== null).join(' ');
}

function shown(before: string, after: string): Pick<Difference, 'before' | 'after'> {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  const from = Math.max(0, same - AROUND_UNITS);
  const part = (text: string) =>
    `${from > 0 ? '…' : ''}${text.slice(from, from + SHOWN_UNITS)}`.toWellFormed();
  return { before: part(before), after: part(after) };
}
