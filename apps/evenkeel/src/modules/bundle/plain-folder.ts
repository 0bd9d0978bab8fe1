import { safeFileName } from '@evenkeel/proof/safe-path';
import type { ExhibitSource } from '../interaction/detail.actions.ts';
import { besideWords } from './beside-words.ts';

const SIDES = { inbound: 'in', outbound: 'out', internal: 'own' } as const;
const MOST_SUBJECT = 60;

/** A name that says the order, the day, whose side and what about: `0001 2026-05-12 in Login`. */
export function nameOfRecord(place: number, { at, direction, kind, subject }: ExhibitSource): string {
  const about = safeFileName([...(subject ?? kind)].slice(0, MOST_SUBJECT).join(''), kind);
  const side = direction === null ? 'side unknown' : SIDES[direction];
  return `${String(place).padStart(4, '0')} ${at.slice(0, 10)} ${side} ${about}`.replace(/[. ]+$/u, '');
}

/** What came as no file of its own, as text that any program opens. */
export function textOfRecord(source: ExhibitSource): string {
  const { participants, subject, text, at } = source;
  const beside = besideWords(source);
  return [
    `Date: ${at}`,
    ...(['from', 'to', 'cc', 'bcc'] as const).flatMap((role) =>
      participants[role].length === 0 ? [] : [`${role}: ${peopleOf(source, role)}`],
    ),
    ...(subject === null ? [] : [`Subject: ${subject}`]),
    '',
    text,
    '',
    ...(beside.length === 0 ? [] : [...beside, '']),
  ].join('\r\n');
}

export function peopleOf({ participants }: ExhibitSource, role: 'from' | 'to' | 'cc' | 'bcc'): string {
  return participants[role]
    .map(({ name, address }) => (name && address ? `${name} <${address}>` : (name ?? address ?? '')))
    .join(', ');
}

export const FOLDER_HEAD = [
  'number',
  'date (UTC)',
  'side',
  'kind',
  'from',
  'to',
  'subject',
  'file',
  'attached',
  'sha256 of the original',
  'stays with us',
] as const;

/** What lies beside the files: for whom they are, and what they do not show. */
export function readmeOf(party: string, count: number): string {
  return [
    `Everything that is filed under ${party}: ${count} records, the oldest first.`,
    '',
    'index.csv lists them. Mail lies here as it arrived (.eml, .msg), with its attachments in a folder of the same name; what',
    'came as no file of its own is text. Times are UTC.',
    '',
    'This is a working copy for ourselves. Records that stay with us are in it, and index.csv names them. It proves',
    'nothing by itself: to hand over, make a bundle.',
    '',
  ].join('\r\n');
}
