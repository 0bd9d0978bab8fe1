import { toHex } from '@evenkeel/proof/bytes';
import { readPem } from '@evenkeel/proof/certificate';
import type { ProofErrorCode } from '@evenkeel/proof/proof-error';
import { timeStampRequest, verifyTimeStamp } from '@evenkeel/proof/time-stamp';
import { type Instant, instantOf } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import type { SealedHead } from './sealer.actions.ts';

/** Somebody outside who says when a signed head existed. `roots` is PEM: whom their certificates must lead to. */
export type TimeAuthority = { readonly name: string; readonly url: string; readonly roots: string };

/** A receipt is the next line of the log: what is recorded after it is younger than it. */
export type AnchorFact =
  | {
      readonly kind: 'log.anchored';
      readonly authority: string;
      readonly url: string;
      /** The signed note, byte for byte as it was stamped. */
      readonly checkpoint: string;
      readonly size: number;
      /** DER in base64: what was asked, and the answer with the certificates it came with. */
      readonly request: string;
      readonly response: string;
      readonly stampedAt: Instant;
      readonly accuracyMs: number | null;
      readonly policy: string;
      readonly serial: string;
      /** SHA-256 of the root certificate that vouched. */
      readonly root: string;
    }
  | {
      readonly kind: 'log.anchor-failed';
      readonly authority: string;
      readonly url: string;
      readonly size: number;
      readonly response: string;
      readonly code: ProofErrorCode | 'clock-apart';
    };

export type AuthorityRefusal = 'authority-unnamed' | 'authority-url' | 'authority-roots';

const MOST_AUTHORITIES = 8;

/** What a person says about whom to ask. @returns the same, or what is wrong with which of them */
export function decideAuthorities(
  wished: readonly TimeAuthority[],
): Outcome<readonly TimeAuthority[], AuthorityRefusal> {
  const names = new Set<string>();
  for (const { name, url, roots } of wished) {
    if (name.trim() === '' || names.has(name) || wished.length > MOST_AUTHORITIES)
      return refuse('authority-unnamed', { name });
    names.add(name);
    const { protocol } = URL.parse(url) ?? {};
    if (protocol !== 'https:' && protocol !== 'http:') return refuse('authority-url', { name, url });
    if (!hasCertificate(roots)) return refuse('authority-roots', { name });
  }
  return accept(wished);
}

function hasCertificate(pem: string): boolean {
  try {
    return readPem(pem).length > 0;
  } catch {
    return false;
  }
}

/** What is asked of an authority: over the note with exactly the log's own signature line. */
export function askFor({ note }: SealedHead, nonce: Uint8Array): Promise<Uint8Array> {
  return timeStampRequest(Buffer.from(note), nonce);
}

/** Further apart than this, one of the two clocks is wrong. */
const CLOCKS_APART_MS = 5 * 60_000;

export type Asked = {
  readonly head: SealedHead;
  readonly nonce: Uint8Array;
  readonly request: Uint8Array;
  readonly response: Uint8Array;
};

/** Looks at an answer by every point of the list; one that does not hold is a fact too. */
export async function factOf(authority: TimeAuthority, asked: Asked, now: Instant): Promise<AnchorFact> {
  const { head, nonce, request, response } = asked;
  const known = {
    authority: authority.name,
    url: authority.url,
    size: head.size,
    response: base64(response),
  };
  const roots = readPem(authority.roots);
  try {
    const stamp = await verifyTimeStamp(response, Buffer.from(head.note), { roots, nonce });
    if (Math.abs(stamp.time - Date.parse(now)) > CLOCKS_APART_MS + (stamp.accuracyMs ?? 0))
      return { kind: 'log.anchor-failed', ...known, code: 'clock-apart' };
    return {
      kind: 'log.anchored',
      ...known,
      checkpoint: head.note,
      request: base64(request),
      stampedAt: instantOf(stamp.time),
      accuracyMs: stamp.accuracyMs,
      policy: stamp.policy,
      serial: toHex(stamp.serial),
      root: sha256Hex(stamp.chain.at(-1)!.der),
    };
  } catch (error) {
    const code = (error as { code?: ProofErrorCode }).code;
    if (code === undefined) throw error;
    return { kind: 'log.anchor-failed', ...known, code };
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** What became of asking one of those outside. `silent`: no answer; it is asked again later. */
export type AnchorAttempt = {
  readonly authority: string;
  readonly size: number;
  readonly stampedAt: string | null;
  readonly failure: string | null;
};

const EVERY_MS = 3_600_000;

/** Whether it is time: something other than receipts was recorded, and the last receipt is an hour old. */
export function isDue(now: Instant, last: Instant | null, hasNews: boolean): boolean {
  return hasNews && (last === null || Date.parse(now) - Date.parse(last) >= EVERY_MS);
}

/** A stamp and where it stands: over a head of `size` entries, recorded as entry `index`. */
export type Stamp = { readonly index: number; readonly size: number };

/** The last stamp that was recorded before an entry, and the first over a head that covers it; in order of the log. */
export function stampsAround<S extends Stamp>(
  stamps: readonly S[],
  index: number,
): { readonly before: S | null; readonly after: S | null } {
  const before = stamps.findLast((stamp) => stamp.index < index) ?? null;
  return { before, after: stamps.find(({ size }) => size > index) ?? null };
}
