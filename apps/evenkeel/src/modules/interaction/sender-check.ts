import type { Instant } from '../../kernel/instant.ts';

/** One answer of the domain name system, as it came. */
export type DnsAnswer = {
  readonly name: string;
  readonly type: string;
  /** Records, or strings of records (TXT comes in pieces); null when there was an error. */
  readonly records: readonly (string | readonly string[])[] | null;
  readonly error: string | null;
};

/** What makes a signature say less than it seems to. */
export type SignatureFlag =
  | 'length-limited'
  | 'key-weak'
  | 'key-1024'
  | 'from-unsigned'
  | 'subject-unsigned'
  | 'date-unsigned'
  | 'header-added'
  | 'expired'
  | 'other-domain';

export type Signature = {
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: string | null;
  /** `pass`, or why not; everything but `pass` is unverified. */
  readonly result: string;
  readonly comment: string | null;
  readonly bodyHashFits: boolean;
  readonly keyBits: number | null;
  readonly flags: readonly SignatureFlag[];
};

export type SenderResult = {
  /** `at-receipt`: with the answers of that hour; `offline`: nobody was asked, because the mail is older. */
  readonly basis: 'at-receipt' | 'offline';
  readonly from: string | null;
  readonly dkim: readonly Signature[];
  readonly arc: { readonly result: string; readonly comment: string | null };
  /** Null when the address of the sending server is not known. */
  readonly spf: { readonly result: string; readonly domain: string; readonly client: string } | null;
  readonly dmarc: {
    readonly result: string;
    readonly policy: string | null;
    readonly aligned: 'dkim' | 'spf' | 'both' | null;
  };
  readonly answers: readonly DnsAnswer[];
};

export type SenderFact = {
  readonly kind: 'sender.checked';
  readonly interaction: string;
  readonly at: Instant;
  readonly verdict: Verdict;
  readonly result: SenderResult;
};

export type Verdict = 'pass' | 'unverified';

/** With one of these a signature that fits does not show that the domain of the sender signed what we read. */
const SPOILS: readonly SignatureFlag[] = [
  'length-limited',
  'key-weak',
  'from-unsigned',
  'header-added',
  'expired',
  'other-domain',
];

/**
 * Whether the domain that the mail names as its sender's stood behind it in that hour. It says nothing about who typed
 * it. Anything but this is unverified, which is not the same as forged.
 */
export function verdictOf({ basis, dkim, dmarc }: Omit<SenderResult, 'answers'>): Verdict {
  if (basis === 'offline') return 'unverified';
  const isSigned = dkim.some(({ result, flags }) => result === 'pass' && !flags.some(isSpoiling));
  const isFromTheirServer = dmarc.result === 'pass' && (dmarc.aligned === 'spf' || dmarc.aligned === 'both');
  return isSigned || isFromTheirServer ? 'pass' : 'unverified';
}

function isSpoiling(flag: SignatureFlag): boolean {
  return SPOILS.includes(flag);
}
