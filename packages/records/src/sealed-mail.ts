import type { Attachment } from './attachment.ts';
import type { ByteRange } from './issue.ts';
import type { Mail } from './mail-shape.ts';
import { ENCRYPTED, type Protection } from './protection.ts';
import type { TransferEncoding } from './transfer.ts';

/** Where an opaque signature (`smime.p7m`) lies in the bytes that are read. */
export type SealedPlace = { readonly range: ByteRange; readonly encoding: TransferEncoding };

/** What is said of a header does not hold for what was sealed: it has none of its own. */
const OF_A_HEADER = new Set(['date-missing', 'no-header']);

/** Adds what was found inside an opaque signature; places that pointed inside are then where the signature is. */
export function addSealed(mail: Mail, inner: Mail, place: SealedPlace, children: readonly Mail[]): Mail {
  return {
    ...mail,
    text: mail.text?.trim() ? mail.text : inner.text,
    html: mail.html ?? inner.html,
    attachments: [...mail.attachments, ...inner.attachments.map((one) => sealedAttachment(one, place))],
    children: [...mail.children, ...children],
    issues: [...mail.issues, ...issuesOf(inner, place.range)],
    charsets: [...mail.charsets, ...inner.charsets],
    report: mail.report ?? (inner.report && { ...inner.report, range: place.range }),
    calendar: [...mail.calendar, ...inner.calendar],
    otherReadings: [
      ...mail.otherReadings,
      ...inner.otherReadings.map((one) => ({ ...one, range: place.range })),
    ],
    protection: [...mail.protection, protectionAt(place, 'opaque')],
  };
}

function sealedAttachment(attachment: Attachment, place: SealedPlace): Attachment {
  const { range, encoding, inside, sealed, ...seen } = attachment;
  const within = {
    range,
    encoding,
    ...(inside === undefined ? {} : { inside }),
    ...(sealed ? { sealed } : {}),
  };
  return { ...seen, ...place, sealed: within };
}

function issuesOf(inner: Mail, range: ByteRange): Mail['issues'] {
  return inner.issues
    .filter(({ code }) => !OF_A_HEADER.has(code))
    .map(({ code, message }) => ({ code, message, range }));
}

/** A message inside a signature, read again by itself, so that its offsets are into its own bytes. */
export function sealedChild(child: Mail, place: SealedPlace, within: Mail): Mail {
  const { range, packing, inside, sealed } = within;
  const at = {
    encoding: place.encoding,
    range,
    packing,
    ...(inside ? { inside } : {}),
    ...(sealed ? { sealed } : {}),
  };
  return { ...child, range: place.range, name: within.name, packing: 'sealed', sealed: at };
}

/** What only a key opens stays as it is, and is called so. */
export function encryptedMail(mail: Mail, place: SealedPlace): Mail {
  const issue = { code: 'encrypted', message: ENCRYPTED, range: place.range } as const;
  return {
    ...mail,
    issues: [...mail.issues, issue],
    protection: [...mail.protection, protectionAt(place, 'encrypted')],
  };
}

/** A signature that should hold the words, and cannot be opened. */
export function unopenedMail(mail: Mail, { range }: SealedPlace): Mail {
  const message = 'What is signed lies inside a signature that could not be opened; it is kept as a file.';
  return { ...mail, issues: [...mail.issues, { code: 'signature-unreadable', message, range }] };
}

function protectionAt({ range, encoding }: SealedPlace, form: Protection['form']): Protection {
  return { by: 'smime', form, signed: null, signature: range, encoding };
}
