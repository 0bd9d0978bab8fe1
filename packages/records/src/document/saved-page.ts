import { blankItem } from '../blank-item.ts';
import type { ExportContext, ExportedItem } from '../exported.ts';
import { htmlToText } from '../html-text.ts';
import { type Mail, readMail } from '../mail.ts';
import { asBuffer } from '../source.ts';
import { headText, wholeFile } from './whole.ts';

const HEAD_CHARS = 8192;
/** Internet Explorer, Chrome and Firefox write where a page was saved from; SingleFile writes when, too. */
const SAVED_FROM = /<!--\s*saved from url=\(\d+\)(\S+)\s*-->/i;
const SINGLE_FILE = /<!--\s*Page saved with SingleFile\s+url:\s*(\S+)\s+saved date:\s*([^\r\n]+)/i;
const MHTML = /^(?:Snapshot-Content-Location|From: <Saved by )/im;
const SAVED_ON = /^\w{3} (\w{3}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})/;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** A web page that was saved with its address, such as a public review: one paper, whole, with its time where it has one. */
export const savedPage = wholeFile({
  format: 'saved-page',
  recognises: (head, name) => {
    const text = headText(head).slice(0, HEAD_CHARS);
    return SAVED_FROM.test(text) || SINGLE_FILE.test(text) || (MHTML.test(text) && !/\.eml$/i.test(name));
  },
  readItem: (bytes, context) => {
    const text = headText(bytes.subarray(0, HEAD_CHARS));
    return MHTML.test(text) ? mhtml(bytes, context, text) : html(bytes, context, text);
  },
});

function html(bytes: Uint8Array, context: ExportContext, head: string): ExportedItem {
  const markup = asBuffer(bytes).toString('utf8');
  const [, url = null, saved = null] = SINGLE_FILE.exec(head) ?? SAVED_FROM.exec(head) ?? [];
  return page(context, url, markup, saved);
}

function mhtml(bytes: Uint8Array, context: ExportContext, head: string): ExportedItem {
  const mail: Mail = readMail(bytes, { hash: () => ({ update: () => {}, hex: () => '' }) });
  const url = /^Snapshot-Content-Location:\s*(\S+)/im.exec(head)?.[1] ?? null;
  const item = page(context, url, mail.html ?? mail.text ?? '', null);
  return { ...item, subject: mail.subject ?? item.subject, sentAt: mail.sentAt, sentAtRaw: mail.sentAtRaw };
}

function page(
  context: ExportContext,
  url: string | null,
  markup: string,
  saved: string | null,
): ExportedItem {
  const title = /<title[^>]*>([^<]{1,500})/i.exec(markup)?.[1]?.trim() ?? null;
  const text = htmlToText(markup);
  return {
    ...blankItem(context),
    kind: 'document',
    conversation: {
      id: url ?? context.conversation.id,
      name: title ?? context.conversation.name,
      isGroup: null,
    },
    subject: title && htmlToText(title),
    text: url === null ? text : `${url}\n\n${text}`,
    sentAt: saved === null ? null : savedAt(saved),
    sentAtRaw: saved,
  };
}

/** `Tue May 12 2026 09:14:00 GMT+0300 (Eastern European Summer Time)`, as browsers write a date. */
function savedAt(raw: string): string | null {
  const [, month, day, year, time, offset] = SAVED_ON.exec(raw.trim()) ?? [];
  const at = month ? MONTHS.indexOf(month) : -1;
  if (at < 0 || at % 3 !== 0) return null;
  return `${year}-${String(at / 3 + 1).padStart(2, '0')}-${day}T${time}${offset!.slice(0, 3)}:${offset!.slice(3)}`;
}
