import type { ExportedPerson } from '../exported.ts';
import { MARKS } from './header.ts';
import { GROUP_DEED } from './texts.ts';

/** Who stands before a text, as written but without invisible signs. */
export type Split = { readonly name: string | null; readonly text: string };

const NAME_CHARS = 100;

/**
 * Parts what follows the header into sender and text.
 *
 * @param names Senders of this chat whose names hold `: ` themselves.
 * @returns `name: null` for a line that the app wrote.
 */
export function splitSender(rest: string, names: readonly string[]): Split {
  const clean = plainName(rest.slice(0, NAME_CHARS * 3));
  const long = names.find((name) => clean.startsWith(`${name}: `));
  if (long !== undefined) return { name: long, text: afterColon(rest, long.split(': ').length) };
  const match = /^([^\n]{1,120}?):(?: |$|\n)/u.exec(rest);
  const name = plainName(match?.[1] ?? '');
  if (!match || name === '' || isDeed(name)) return { name: null, text: rest };
  return { name, text: afterColon(rest, 1) };
}

/** Names come with marks around numbers and with hard spaces. */
export function plainName(name: string): string {
  return name
    .replace(MARKS, '')
    .replace(/[\u00a0\u202f\u2007]/g, ' ')
    .trim();
}

/** `Anna changed the subject from "A: b"` holds a quotation mark that is not closed before the colon; three are of two names. */
function isDeed(name: string): boolean {
  const quotes = name.match(/["“”„«»]/g)?.length ?? 0;
  return name.length > NAME_CHARS || (quotes % 2 === 1 && (quotes > 2 || GROUP_DEED.test(name)));
}

function afterColon(rest: string, colons: number): string {
  let at = 0;
  for (let count = 0; count < colons; count += 1) at = rest.indexOf(':', at) + 1;
  return rest[at] === ' ' ? rest.slice(at + 1) : rest.slice(at);
}

/** A sender as a person: a number is an address of its own, a name is only a name of this address book. */
export function personOf(name: string, me: string | null): ExportedPerson {
  const digits = name.replace(/[\s().\-‐‑–]/g, '');
  const address = /^\+\d{7,15}$/.test(digits) ? digits : `whatsapp:name=${name}`;
  return { name, address, isMe: me !== null && name === me };
}
