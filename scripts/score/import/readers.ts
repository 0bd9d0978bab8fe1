import { createHash } from 'node:crypto';
import { type Attachment, attachmentBytes } from '@evenkeel/records/attachment';
import { type Mail, readMail } from '@evenkeel/records/mail';
import { childBytes } from '@evenkeel/records/nested';
import PostalMime, { type Address } from 'postal-mime';
import { peer, peersMissing } from '../peers.ts';
import { bareId, type File, isMessage, type MailReader, type Person, type Reading } from './reading.ts';

const sha256 = () => {
  const hash = createHash('sha256');
  return { update: (bytes: Uint8Array) => void hash.update(bytes), hex: () => hash.digest('hex') };
};

export const evenkeel: MailReader = {
  name: 'Evenkeel',
  read: async (bytes, isMbox) => ours(bytes, readMail(bytes, { hash: sha256, mbox: isMbox })),
};

function ours(bytes: Buffer, mail: Mail): Reading {
  const files = mail.attachments.map((attachment) => fileOf(bytes, attachment));
  return {
    ...mail,
    from: mail.authors,
    sentAt: mail.sentAt && /[+-]\d\d:\d\d$/.test(mail.sentAt) ? Date.parse(mail.sentAt) : null,
    sentOn: mail.sentAt?.slice(0, 10) ?? null,
    messageId: bareId(mail.messageId),
    inReplyTo: bareId(mail.inReplyTo),
    references: mail.references.flatMap((id) => bareId(id) ?? []),
    files: files.filter((file) => !isMessage(file.mediaType)),
    nested: [
      ...mail.children.map((child) => nestedBytes(bytes, child)),
      ...files.filter((file) => isMessage(file.mediaType)).map((file) => file.bytes),
    ],
    names: [...files, ...mail.children].flatMap((file) => file.name ?? []),
    warns: mail.issues.length > 0,
  };
}

function fileOf(bytes: Buffer, attachment: Attachment): File {
  const { name, mediaType } = attachment;
  return { name, mediaType, bytes: Buffer.from(attachmentBytes(bytes, attachment)) };
}

function nestedBytes(bytes: Buffer, child: Mail): Buffer {
  const own = Buffer.from(childBytes(bytes, child));
  return child.packing === '7bit' ? own.subarray(child.range.start, child.range.end) : own;
}

const postalMime: MailReader = {
  name: 'postal-mime',
  read: async (bytes) => {
    const mail = await PostalMime.parse(bytes, { forceRfc822Attachments: true });
    const files = mail.attachments.map(({ filename, mimeType, content }) => ({
      name: filename,
      mediaType: mimeType,
      bytes: Buffer.from(content as ArrayBuffer),
    }));
    const instant = mail.date === undefined ? Number.NaN : Date.parse(mail.date);
    return {
      ...datesOf(instant),
      subject: mail.subject ?? null,
      from: people(mail.from ? [mail.from] : []),
      to: people(mail.to),
      cc: people(mail.cc),
      bcc: people(mail.bcc),
      replyTo: people(mail.replyTo),
      messageId: bareId(mail.messageId),
      inReplyTo: bareId(mail.inReplyTo),
      references: idsOf(mail.references),
      text: mail.text ?? null,
      html: mail.html ?? null,
      ...byKind(files),
      warns: false,
    };
  },
};

function datesOf(instant: number): Pick<Reading, 'sentAt' | 'sentOn'> {
  if (Number.isNaN(instant)) return { sentAt: null, sentOn: null };
  return { sentAt: instant, sentOn: new Date(instant).toISOString().slice(0, 10) };
}

function people(list: readonly Address[] | undefined): readonly Person[] {
  return (list ?? []).flatMap(({ name, address, group }) =>
    group ? people(group) : [{ name: name || null, address: address || null }],
  );
}

function idsOf(references: string | undefined): readonly string[] {
  return (references?.match(/<[^<>]+>/g) ?? references?.split(/\s+/) ?? []).flatMap((id) => bareId(id) ?? []);
}

function byKind(files: readonly File[]): Pick<Reading, 'files' | 'nested' | 'names'> {
  return {
    files: files.filter((file) => !isMessage(file.mediaType)),
    nested: files.filter((file) => isMessage(file.mediaType)).map((file) => file.bytes),
    names: files.flatMap((file) => file.name ?? []),
  };
}

type Listed = { readonly address?: string; readonly name: string; readonly group?: readonly Listed[] };
type Addresses = { readonly value: readonly Listed[] };
type Parsed = {
  readonly subject?: string;
  readonly from?: Addresses;
  readonly to?: Addresses | readonly Addresses[];
  readonly cc?: Addresses | readonly Addresses[];
  readonly bcc?: Addresses | readonly Addresses[];
  readonly replyTo?: Addresses;
  readonly date?: Date;
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly references?: string | readonly string[];
  readonly text?: string;
  readonly html?: string | false;
  readonly attachments: readonly {
    readonly filename?: string | false;
    readonly contentType: string;
    readonly content: Buffer;
  }[];
};
type Mailparser = { simpleParser(bytes: Buffer, options: object): Promise<Parsed> };

async function mailparser(): Promise<MailReader> {
  const { simpleParser } = await peer<Mailparser>('mailparser');
  const options = { skipTextToHtml: true, keepCidLinks: true, keepDeliveryStatus: true };
  return {
    name: 'mailparser',
    read: async (bytes) => {
      const mail = await simpleParser(bytes, options);
      const references = typeof mail.references === 'string' ? [mail.references] : (mail.references ?? []);
      const files = mail.attachments.map(({ filename, contentType, content }) => ({
        name: filename || null,
        mediaType: contentType,
        bytes: content,
      }));
      return {
        ...datesOf(mail.date?.getTime() ?? Number.NaN),
        subject: mail.subject ?? null,
        from: listed(mail.from),
        to: listed(mail.to),
        cc: listed(mail.cc),
        bcc: listed(mail.bcc),
        replyTo: listed(mail.replyTo),
        messageId: bareId(mail.messageId),
        inReplyTo: bareId(mail.inReplyTo),
        references: references.flatMap((id) => bareId(id) ?? []),
        text: mail.text ?? null,
        html: mail.html || null,
        ...byKind(files),
        warns: false,
      };
    },
  };
}

function listed(addresses: Addresses | readonly Addresses[] | undefined): readonly Person[] {
  const lists = addresses === undefined ? [] : 'value' in addresses ? [addresses] : addresses;
  return lists.flatMap(({ value }) => flat(value));
}

function flat(list: readonly Listed[]): readonly Person[] {
  return list.flatMap(({ name, address, group }) =>
    group ? flat(group) : [{ name: name || null, address: address || null }],
  );
}

/** Ours first; the others as far as they are installed. */
export async function mailReaders(): Promise<readonly MailReader[]> {
  return peersMissing() ? [evenkeel, postalMime] : [evenkeel, await mailparser(), postalMime];
}

const NOTHING: Reading = {
  subject: null,
  from: [],
  to: [],
  cc: [],
  bcc: [],
  replyTo: [],
  sentAt: null,
  sentOn: null,
  messageId: null,
  inReplyTo: null,
  references: [],
  text: null,
  html: null,
  files: [],
  nested: [],
  names: [],
  warns: true,
};

/** A reader that throws has said that it cannot read, and gives nothing. */
export async function readBy(reader: MailReader, bytes: Buffer, isMbox = false): Promise<Reading> {
  try {
    return await reader.read(bytes, isMbox);
  } catch {
    return NOTHING;
  }
}
