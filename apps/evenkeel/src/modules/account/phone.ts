import type { Chance } from '../../kernel/chance.ts';
import { type Instant, instantOf } from '../../kernel/instant.ts';
import { sha256 } from '../../kernel/sha256.ts';

/** A phone of a member, as its owner sees it in the list. */
export type Phone = {
  readonly id: string;
  readonly memberId: string;
  readonly name: string;
  /** When it was paired; null while its code waits to be used. */
  readonly pairedAt: Instant | null;
  readonly seenAt: Instant | null;
};

export type PhoneRefusal = 'phone-code-refused' | 'phone-unknown';

/** Letters and digits that nobody confuses when they read them aloud. @source Crockford's Base32 */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 50 bits: with five tries in five minutes nobody finds it in ten. */
const CODE_LENGTH = 10;
const CODE_MS = 10 * 60_000;
const TOKEN_BYTES = 32;
/** A phone that has not been used for so long is forgotten. */
const IDLE_MS = 30 * 24 * 3_600_000;
/** "Last used" need not be truer than this. */
const SEEN_EVERY_MS = 5 * 60_000;

/** A code that is typed or scanned once: `7QK2M-8XPAT`. */
export function newCode(chance: Chance): string {
  const letters = Array.from(chance.bytes(CODE_LENGTH), (byte) => LETTERS[byte % LETTERS.length]!);
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`;
}

export function codeUntil(now: Instant): Instant {
  return instantOf(Date.parse(now) + CODE_MS);
}

/**
 * What is kept of a code; the same for every way to type it.
 *
 * @param of what the code is for: one for something else is another
 * @param typed attacker-controlled
 */
export function hashOfCode(of: 'phone' | 'invitation', typed: string): Uint8Array {
  const plain = typed
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '');
  return sha256(Buffer.from(`${of} code ${plain}`));
}

export function newPhoneToken(chance: Chance): string {
  return Buffer.from(chance.bytes(TOKEN_BYTES)).toString('base64url');
}

export function hashOfToken(token: string): Uint8Array {
  return sha256(Buffer.from(`phone token ${token}`));
}

export function isIdle(seenAt: Instant, now: Instant): boolean {
  return Date.parse(now) - Date.parse(seenAt) > IDLE_MS;
}

export function isSeenAgain(seenAt: Instant, now: Instant): boolean {
  return Date.parse(now) - Date.parse(seenAt) > SEEN_EVERY_MS;
}

/**
 * The cookie of a phone. It goes to the live routes only, so that it opens nothing else even by mistake.
 *
 * @param isSecure when the phone came by TLS: then it never goes out without
 */
export function phoneCookie(name: string, token: string, isSecure: boolean): string {
  const age = token === '' ? 0 : IDLE_MS / 1000;
  return `${name}=${token}; Path=/api/live; Max-Age=${age}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
}

/** The value of a cookie in a request's header; null when it is not there. */
export function cookieIn(header: string | null, name: string): string | null {
  const parts = (header ?? '').split(';').map((part) => part.trim());
  const found = parts.find((part) => part.startsWith(`${name}=`));
  return found ? found.slice(name.length + 1) : null;
}
