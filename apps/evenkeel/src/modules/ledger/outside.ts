import type { Attestation } from '@evenkeel/proof/open-timestamps';
import type { ProofErrorCode } from '@evenkeel/proof/proof-error';
import { parseVkey } from '@evenkeel/proof/vkey';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

export type OutsideKind = 'stamp' | 'cosignature' | 'block' | 'revocation' | 'carried';

/** Somebody outside who keeps the largest head he saw, and signs only what extends it. `name` is his key's. */
export type Witness = { readonly name: string; readonly vkey: string; readonly url: string };

/** Why a witness did not sign. The last three say that our log is not the one that he saw. */
export type WitnessCode =
  | ProofErrorCode
  | 'witness-knows-us-not'
  | 'witness-takes-no-key'
  | 'witness-answers-otherwise'
  | 'witness-saw-more'
  | 'witness-saw-another';

/** What else than a time-stamp is said of a head, or of who stamps: each is a line of the log. */
export type OutsideFact =
  | {
      readonly kind: 'log.anchor-cosigned';
      readonly witness: string;
      readonly vkey: string;
      readonly url: string;
      /** The head with the log's line and the witness's. */
      readonly checkpoint: string;
      readonly size: number;
      readonly cosignedAt: Instant;
    }
  | {
      readonly kind: 'log.anchor-refused';
      readonly witness: string;
      readonly url: string;
      readonly size: number;
      readonly code: WitnessCode;
      /** The size of the head that the witness says he saw. */
      readonly said: number | null;
    }
  | {
      readonly kind: 'log.anchor-ots';
      readonly checkpoint: string;
      readonly size: number;
      /** The OpenTimestamps file in base64. */
      readonly proof: string;
      readonly attestations: readonly Attestation[];
    }
  | {
      readonly kind: 'log.anchor-revocation';
      /** SHA-256 of the certificate that is spoken of. */
      readonly certificate: string;
      readonly url: string;
      readonly form: 'crl' | 'ocsp';
      /** DER in base64. */
      readonly answer: string;
      readonly fetchedAt: Instant;
      /** The head whose stamp the certificate signed. */
      readonly size: number;
    }
  | {
      readonly kind: 'log.anchor-carried';
      readonly sending: string;
      readonly party: string;
      readonly checkpoint: string;
      readonly size: number;
      /** Of the signed head: what stands in the letter. */
      readonly sha256: string;
    };

export type WitnessRefusal = 'witness-key' | 'witness-url';

const MOST_WITNESSES = 8;

/** What a person says about whom to show each head. */
export function decideWitnesses(
  wished: readonly Pick<Witness, 'vkey' | 'url'>[],
): Outcome<readonly Witness[], WitnessRefusal> {
  const witnesses: Witness[] = [];
  for (const { vkey, url } of wished) {
    const name = witnessName(vkey.trim());
    const isKnown = witnesses.some((one) => one.name === name);
    if (name === null || isKnown || wished.length > MOST_WITNESSES) return refuse('witness-key', { vkey });
    const { protocol } = URL.parse(url) ?? {};
    if (protocol !== 'https:' && protocol !== 'http:') return refuse('witness-url', { url });
    witnesses.push({ name, vkey: vkey.trim(), url: url.trim().replace(/\/+$/, '') });
  }
  return accept(witnesses);
}

function witnessName(vkey: string): string | null {
  try {
    const key = parseVkey(vkey);
    return key.type === 0x04 ? key.name : null;
  } catch {
    return null;
  }
}
