import { readAddressesQuietly } from './address.ts';
import type { Envelope } from './envelope.ts';
import { type HeaderBlock, rawValue } from './header-block.ts';
import { type MailReport, quotedId, type ReportedRecipient } from './report.ts';
import { fieldOf, type Part } from './structure.ts';

const DAEMON =
  /^(?:mailer-?daemon|postmaster|mail-?daemon|mdaemon|mdder-?daemon)@|^(?:mailer-?daemon|postmaster)$/i;
/** As mail servers write it in the languages of whoever runs them. */
const SUBJECT = new RegExp(
  [
    'undeliver|delivery (?:status|failure|has failed|problem)|non.?delivery|returned|failure notice|failed|delayed',
    'не доставлен|недоставлен|не удалось доставить|сбой доставки|доставка .{0,40}(?:задерж|отлож)|возвращен',
    'toimitus .{0,40}(?:epäonnistui|viivästy)|ei (?:voitu )?toimitet|ei voitu toimittaa|palautettiin|palautui|viivästynyt',
    'unzustellbar|nicht zugestellt|zustellung .{0,40}(?:fehlgeschlagen|verzögert)|verzögert',
    'olever(?:er|bar)|ej levererat|inte levereras|échec de (?:la )?(?:remise|distribution)|non remis|non distribuable',
    'no se (?:ha podido|pudo|puede) entregar|mancato recapito|non recapitat|kättetoimetamata|niedostarczon',
  ].join('|'),
  'i',
);
const DELAYED = /delayed|warning|задерж|отлож|viiväst|verzögert|retard/i;
/** What follows is the letter that came back, not what is said about it. */
const COPY =
  /^(?:[ \t>]*[-=_*]{3,}.*|.{0,80}(?:below (?:this line )?(?:is|are)|copy of (?:the|your) message|original message|message headers? follow|unsent message).{0,80})$/im;
const RECIPIENT =
  /^[ \t]*(?:(?:to|recipient|address)[ \t]*:[ \t]*)?<?([^\s<>:;,"'()[\]]{1,64}@[A-Za-z0-9.-]{3,200})>?[ \t]*(?::.*|\(.*|\.\.\..*)?$/gim;
const STATUS = /\b([245]\.\d{1,3}\.\d{1,3})\b/;
const DIAGNOSTIC = /^.{0,200}?\b([45]\d\d[ -](?:#?[45]\.\d{1,3}\.\d{1,3} ?)?[^\n]{3,300})$/m;
const LONGEST = 64 * 1024;

/**
 * Reads a bounce that says in words only what became of a letter, as many mail servers write them. A guess, and called so.
 *
 * @param text The words of the mail.
 * @param original The Message-ID of the first message inside it.
 */
export function readBounceText(
  bytes: Buffer,
  root: Part,
  envelope: Envelope,
  text: string | null,
  original: string | null,
): MailReport | null {
  const { header, body } = root;
  const said = (text ?? '').slice(0, LONGEST);
  if (!isFromDaemon(header, envelope)) return null;
  const notice = said.slice(0, COPY.exec(said)?.index || undefined);
  const status = STATUS.exec(notice)?.[1] ?? null;
  const diagnostic = DIAGNOSTIC.exec(notice)?.[1]?.trim() ?? null;
  const failed = failedRecipients(header);
  const isAbout = SUBJECT.test(envelope.subject ?? '') || failed.length > 0;
  const originalMessageId = original ?? quotedId(bytes, root) ?? idIn(said);
  if (
    !isAbout ||
    (failed.length === 0 && status === null && diagnostic === null && originalMessageId === null)
  )
    return null;
  const action = actionOf(status, diagnostic, envelope.subject ?? '');
  const named = failed.length > 0 ? failed : addressesIn(notice);
  const addresses = named.length > 0 ? named : onlyAddressIn(notice, envelope);
  const recipients: readonly ReportedRecipient[] = addresses.map((address) => ({
    address,
    action,
    status,
    diagnostic,
  }));
  return {
    kind: 'delivery',
    certainty: 'guessed',
    action,
    status,
    recipients,
    diagnostic,
    originalMessageId,
    range: body,
  };
}

/** Nobody writes as the postman but the postman; and what he writes has no sender that an answer could go to. */
function isFromDaemon(header: HeaderBlock, { from }: Envelope): boolean {
  if (DAEMON.test(from?.address ?? from?.name ?? '')) return true;
  const path = fieldOf(header, 'return-path');
  return path !== undefined && rawValue(header, path).trim() === '<>';
}

/** Exim names them in a field of its own. */
function failedRecipients(header: HeaderBlock): readonly string[] {
  const field = fieldOf(header, 'x-failed-recipients');
  if (!field) return [];
  return readAddressesQuietly(rawValue(header, field)).flatMap(({ address }) => address ?? []);
}

function addressesIn(notice: string): readonly string[] {
  return [...new Set([...notice.matchAll(RECIPIENT)].map((found) => found[1]!))].slice(0, 50);
}

/** In the middle of a sentence the address is theirs whose letter came back only when there is no other. */
function onlyAddressIn(notice: string, { from, to }: Envelope): readonly string[] {
  const others = new Set([from, ...to].map((one) => one?.address?.toLowerCase()));
  const found =
    notice.slice(0, 4096).match(/[^\s<>:;,"'()[\]]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g) ??
    [];
  const named = new Set(found.filter((address) => !others.has(address.toLowerCase())));
  return named.size === 1 ? [...named] : [];
}

function actionOf(status: string | null, diagnostic: string | null, subject: string): string | null {
  const first = status?.[0] ?? diagnostic?.[0];
  if (first === '5') return 'failed';
  if (first === '4' || DELAYED.test(subject)) return 'delayed';
  return SUBJECT.test(subject) ? 'failed' : null;
}

/** The header of the letter that came back stands among the words. */
function idIn(text: string): string | null {
  return /^[> \t]*message-id:[ \t]*\n?[> \t]*(<[^<>\s]+>)/im.exec(text)?.[1] ?? null;
}
