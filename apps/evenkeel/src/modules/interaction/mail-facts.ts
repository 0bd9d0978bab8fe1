import { X509Certificate } from 'node:crypto';
import type { CalendarEntry } from '@evenkeel/records/calendar';
import { readCms } from '@evenkeel/records/cms';
import type { Mail } from '@evenkeel/records/mail';
import { type Protection, signedBytes } from '@evenkeel/records/protection';
import { decodeTransfer } from '@evenkeel/records/transfer';
import { checkSignature, type SignatureCheck } from './mail-signature.ts';
import { storable } from './storable.ts';

/** Somebody that a certificate names. That it came with a mail says nothing about who sent it. */
export type Certified = {
  readonly name: string | null;
  readonly address: string | null;
  readonly issuer: string | null;
  /** ISO 8601 in UTC. */
  readonly from: string | null;
  readonly until: string | null;
};

/** How a mail is signed or encrypted, and whether the bytes still are those that were signed. */
export type Sealing = Pick<Protection, 'by' | 'form'> & {
  /** The bytes that the signature speaks of; null where only the key, or the signature itself, holds them. */
  readonly signed: { readonly start: number; readonly end: number } | null;
  readonly by: Protection['by'];
  /** Of a signature that fits those whose keys made it; else everybody that a certificate beside it names. */
  readonly signers: readonly Certified[];
  readonly checked: SignatureCheck;
};

const MOST = { entries: 20, recipients: 50, people: 50 } as const;
const LONGEST = { line: 500, text: 4000 } as const;
const LARGEST_SIGNATURE = 1 << 20;

/** What a mail says beside its words and files. All of it are claims of whoever sent it. */
export function mailFactsOf(bytes: Uint8Array, mail: Mail) {
  return {
    protection: mail.protection.map((one) => sealingOf(bytes, one)),
    outer: mail.outer && { subject: line(mail.outer.subject), from: personOf(mail.outer.from) },
    piece: mail.piece && { ...mail.piece, id: line(mail.piece.id) ?? '' },
    elsewhere: mail.elsewhere.slice(0, MOST.entries).map(({ accessType, where, name }) => ({
      ...{ accessType: line(accessType) ?? '', where: line(where), name: line(name) },
    })),
    report: mail.report && reportOf(mail.report),
    calendar: mail.calendar.slice(0, MOST.entries).map(entryOf),
  };
}

function sealingOf(bytes: Uint8Array, protection: Protection): Sealing {
  const { by, form, signed } = protection;
  const { check, signers } = signersOf(bytes, protection);
  return { by, form, signed, signers, checked: check };
}

type Signers = { readonly check: SignatureCheck; readonly signers: readonly Certified[] };
const NOBODY: Signers = { check: 'not-checked', signers: [] };

/** The certificates of people that came with the signature; those of authorities vouch for them and sign nothing here. */
function signersOf(bytes: Uint8Array, protection: Protection): Signers {
  const { by, form, signature, encoding } = protection;
  if (by !== 'smime' || form === 'encrypted' || !signature) return NOBODY;
  const isInside = form === 'opaque';
  if (!isInside && signature.end - signature.start > LARGEST_SIGNATURE) return NOBODY;
  const packed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const der = decodeTransfer(packed.subarray(signature.start, signature.end), encoding);
  const cms = readCms(der);
  const read = (cms?.certificates ?? []).flatMap((der) => certificateOf(der) ?? []);
  const content = signedBytes(bytes, protection);
  const { check, by: made } = content ? checkSignature(der, content, read) : { check: NOBODY.check, by: [] };
  const people = read.filter(({ ca }) => !ca);
  const shown = made.length > 0 ? made : people.length > 0 ? people : read;
  return { check, signers: shown.map(certifiedOf) };
}

function certificateOf(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    return null;
  }
}

function certifiedOf(certificate: X509Certificate): Certified {
  const { subject, issuer, subjectAltName, validFromDate, validToDate } = certificate;
  const mail = /(?:^|, )email:([^,]+)/.exec(subjectAltName ?? '')?.[1] ?? partOf(subject, 'emailAddress');
  return {
    name: line(partOf(subject, 'CN') ?? partOf(subject, 'O')),
    address: line(mail),
    issuer: line(partOf(issuer, 'CN') ?? partOf(issuer, 'O')),
    from: dayOf(validFromDate),
    until: dayOf(validToDate),
  };
}

function partOf(name: string | undefined, part: string): string | null {
  const found = (name ?? '').split('\n').find((one) => one.startsWith(`${part}=`));
  return found?.slice(part.length + 1) ?? null;
}

function dayOf(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** What a report says, in the form in which it leaves. */
export function reportOf({
  kind,
  certainty,
  action,
  status,
  recipients,
  diagnostic,
  originalMessageId,
}: Report) {
  return {
    ...{ kind, certainty, action: line(action), status: line(status), diagnostic: line(diagnostic) },
    originalMessageId: line(originalMessageId),
    recipients: recipients.slice(0, MOST.recipients).map((one) => ({
      ...{ address: line(one.address), action: line(one.action), status: line(one.status) },
      diagnostic: line(one.diagnostic),
    })),
  };
}
type Report = NonNullable<Mail['report']>;

function entryOf({ kind, method, uid, sequence, repeats, status, ...entry }: CalendarEntry) {
  return {
    ...{ kind, method: line(method), uid: line(uid), sequence, repeats, status: line(status) },
    recurrence: timeOf(entry.recurrence),
    summary: line(entry.summary),
    location: line(entry.location),
    description: entry.description === null ? null : storable(entry.description).slice(0, LONGEST.text),
    organizer: personOf(entry.organizer),
    attendees: entry.attendees
      .slice(0, MOST.people)
      .map((one) => ({ ...personOf(one)!, answer: line(one.answer), role: line(one.role) })),
    start: timeOf(entry.start),
    end: timeOf(entry.end),
  };
}

function timeOf(time: CalendarEntry['start']) {
  return time && { iso: time.iso, zone: line(time.zone), certainty: time.certainty };
}

function personOf(one: { readonly name: string | null; readonly address: string | null } | null) {
  return one && { name: line(one.name), address: line(one.address) };
}

function line(text: string | null): string | null {
  return text === null ? null : storable(text).slice(0, LONGEST.line).toWellFormed();
}
