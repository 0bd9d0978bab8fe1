import { type EmlxProperties, readEmlxProperties } from '@evenkeel/records/apple/emlx';
import { readMail } from '@evenkeel/records/mail';
import { signedBytes } from '@evenkeel/records/protection';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { sha256Stream } from '../../kernel/sha256.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { containersOf } from '../source/source.actions.ts';
import { firstOriginal, isMail, originalBytes } from './detail.actions.ts';
import { messageNamed, naming, type Original } from './detail.store.ts';
import { mailFactsOf, reportOf } from './mail-facts.ts';
import { recordedAs } from './read-as.actions.ts';
import { loadReadAs } from './read-as.store.ts';
import { charsetsOf, isDoubtful, isOpen, otherReadingsOf } from './read-as.ts';

export type MailFactsRefusal = 'interaction-unknown' | 'not-read-as-mail' | 'mail-erased';

/**
 * What a mail says beside its words and files: signatures, invitations, reports, what it was read in. Read anew from its
 * bytes whenever somebody looks; nothing of it is stored.
 */
export async function mailFactsFor(ledger: Ledger, id: string) {
  const found = await mailOf(ledger, id);
  if (!found.ok) return found;
  const { bytes, mail, readAs, original } = found.value;
  const facts = mailFactsOf(bytes, mail);
  const named = facts.report?.originalMessageId ?? null;
  return accept({
    ...facts,
    report: facts.report && {
      ...facts.report,
      original: named === null ? null : await messageNamed(ledger.db, ledger.workspaceId, named),
    },
    cameBack: await cameBack(ledger, id, mail.messageId),
    appleMail: await notedByAppleMail(ledger, original),
    readAs,
    charsets: charsetsOf(mail),
    isDoubtful: isDoubtful(mail),
    otherReadings: isDoubtful(mail) || isOpen(mail) ? otherReadingsOf(bytes, mail, readAs) : [],
  });
}

/** Exactly the bytes that a signature of the mail speaks of. @param at which of its signatures */
export async function signedBytesOf(
  ledger: Ledger,
  id: string,
  at: number,
): Promise<Outcome<Uint8Array, MailFactsRefusal | 'nothing-signed'>> {
  const found = await mailOf(ledger, id);
  if (!found.ok) return found;
  const { bytes, mail } = found.value;
  const protection = mail.protection[at];
  const signed = protection ? signedBytes(bytes, protection) : null;
  return signed ? accept(signed) : refuse('nothing-signed');
}

async function mailOf(ledger: Ledger, id: string) {
  const original = await firstOriginal(ledger, id);
  if (!original) return refuse('interaction-unknown');
  if (!isMail(original)) return refuse('not-read-as-mail');
  const bytes = await originalBytes(ledger, original);
  if (bytes === 'erased') return refuse('mail-erased');
  const readAs = await loadReadAs(ledger.db, ledger.workspaceId, id);
  return accept({ bytes, original, readAs, mail: readMail(bytes, { hash: sha256Stream, charset: readAs }) });
}

/** The bounces, receipts and complaints in the record that speak of it, the newest first. */
async function cameBack(ledger: Ledger, id: string, messageId: string | null) {
  if (messageId === null) return [];
  const found = [];
  for (const { slot, ...one } of await naming(ledger.db, ledger.workspaceId, id, messageId)) {
    const bytes = await ledger.vault.openSlot(ledger.db, slot);
    const report = bytes === 'erased' ? null : readMail(bytes, { hash: sha256Stream }).report;
    if (report?.originalMessageId === messageId) found.push({ ...one, report: reportOf(report) });
  }
  return found;
}

/** What Apple Mail noted behind a message in its file; null for any other file, and where that was not kept. */
async function notedByAppleMail(ledger: Ledger, original: Original): Promise<EmlxProperties | null> {
  if (!/\.emlx$/i.test(original.container)) return null;
  const origin = (await recordedAs(ledger, original.recordId))?.origin;
  if (origin?.format !== 'emlx' || origin.run === null || origin.member !== null) return null;
  const files = await containersOf(ledger.db, ledger.workspaceId, origin.run);
  const slot = files.find(({ name }) => name === origin.container)?.frame ?? null;
  const frame = slot === null ? 'erased' : await ledger.vault.openSlot(ledger.db, slot);
  return frame === 'erased' ? null : readEmlxProperties(frame.subarray(origin.start));
}
