import { attachmentBytes } from '@evenkeel/records/attachment';
import { type Mail, readMail } from '@evenkeel/records/mail';
import { lettersWithin } from '@evenkeel/records/nested';
import { sha256Hex, sha256Stream } from '../../kernel/sha256.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { copiesOf, loadDetail, type Original, originalsOf } from './detail.store.ts';
import { loadExported } from './exported.store.ts';
import { lateByMin } from './late.ts';
import { attachedTo, correctionsOf, loadNoted } from './noted.store.ts';
import { leadOf } from './quoted.ts';
import { loadReadAs } from './read-as.store.ts';

// What a bundle prints of interactions.
export { type ExhibitSource, loadExhibitSources, loadUnshownWords } from './exhibit.store.ts';
export { type AttachedFile, attachedTo } from './noted.store.ts';

/** The bytes of an original, or why there are none. */
export async function originalBytes(ledger: Ledger, original: Original): Promise<Uint8Array | 'erased'> {
  return ledger.vault.openSlot(ledger.db, original.slot);
}

export async function firstOriginal(ledger: Ledger, id: string, form = 0): Promise<Original | null> {
  const originals = await originalsOf(ledger.db, ledger.workspaceId, [id]);
  return originals[form] ?? null;
}

export type HtmlView = { readonly html: string | null; readonly inline: Readonly<Record<string, string>> };

const INLINE_IMAGE = /^image\/(?:png|jpeg|gif|webp|bmp)$/;
const INLINE_LIMIT_BYTES = 8 << 20;

/** Words that were entered here and entries of exports hold no parts. */
export function isMail({ mediaType }: Pick<Original, 'mediaType'>): boolean {
  return mediaType.startsWith('message/rfc822') || mediaType === 'application/vnd.ms-outlook';
}

/** The HTML of a mail, as it came, with the images that travelled inside it. The page that shows it sanitises it. */
export async function htmlOf(ledger: Ledger, id: string, original: Original): Promise<HtmlView> {
  const bytes = await originalBytes(ledger, original);
  if (bytes === 'erased') return { html: null, inline: {} };
  const charset = await loadReadAs(ledger.db, ledger.workspaceId, id);
  const mail = readMail(bytes, { hash: sha256Stream, charset });
  return { html: mail.html, inline: inlineImages(bytes, mail) };
}

function inlineImages(bytes: Uint8Array, mail: Mail): Record<string, string> {
  const inline: Record<string, string> = {};
  let budget = INLINE_LIMIT_BYTES;
  for (const attachment of mail.attachments) {
    if (!attachment.contentId || !INLINE_IMAGE.test(attachment.mediaType) || attachment.sizeBytes > budget)
      continue;
    budget -= attachment.sizeBytes;
    const image = Buffer.from(attachmentBytes(bytes, attachment)).toString('base64');
    inline[attachment.contentId] = `data:${attachment.mediaType};base64,${image}`;
  }
  return inline;
}

/** One attachment, by the hash of its bytes: a file of its own beside the record, or a part of a mail. */
export async function attachmentOf(
  ledger: Ledger,
  id: string,
  original: Original,
  sha256: string,
): Promise<{ name: string | null; bytes: Uint8Array } | null> {
  const files = await attachedTo(ledger.db, ledger.workspaceId, [id]);
  const file = files.find((one) => one.sha256 === sha256);
  if (file) {
    const bytes = await ledger.vault.openSlot(ledger.db, file.slot);
    return bytes === 'erased' ? null : { name: file.name, bytes };
  }
  if (!isMail(original)) return null;
  const bytes = await originalBytes(ledger, original);
  if (bytes === 'erased') return null;
  const mail = readMail(bytes, { hash: sha256Stream });
  const attachment = mail.attachments.find((one) => one.sha256 === sha256);
  if (attachment) return { name: attachment.name, bytes: attachmentBytes(bytes, attachment) };
  return inLetters(bytes, mail, sha256);
}

/** A letter inside the mail or inside those, or a file in one. */
function inLetters(
  bytes: Uint8Array,
  mail: Mail,
  sha256: string,
): { name: string | null; bytes: Uint8Array } | null {
  for (const one of lettersWithin(bytes, mail)) {
    if (sha256Hex(one.bytes) === sha256) return { name: one.name, bytes: one.bytes };
    const file = one.letter.attachments.find((attachment) => attachment.sha256 === sha256);
    if (file) return { name: file.name, bytes: attachmentBytes(one.base, file) };
  }
  return null;
}

/** Everything a page shows of one interaction but its bytes. */
export async function detailOf({ db, workspaceId }: Ledger, id: string) {
  const [found, originals, copies, noted, corrections, exported] = await Promise.all([
    loadDetail(db, workspaceId, id),
    originalsOf(db, workspaceId, [id]),
    copiesOf(db, workspaceId, id),
    loadNoted(db, workspaceId, id),
    correctionsOf(db, workspaceId, id),
    loadExported(db, workspaceId, id),
  ]);
  if (!found) return null;
  const { recordId: _, hasHtml, letters: inside, ...rest } = found;
  const letters = inside.map(({ words, to: _to, ...letter }) => ({ ...letter, lead: leadOf(words) }));
  const forms = originals.map(({ interactionId: _id, recordId: _record, slot: _slot, ...form }) => form);
  const lateMin = lateByMin(found.times);
  return {
    ...{ ...rest, letters, html: hasHtml, originals: forms, copies, noted, corrections, exported },
    lateByMin: lateMin,
  };
}
