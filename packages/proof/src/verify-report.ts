/** What can be wrong with a file of a bundle. */
export type IntegrityCode =
  | 'unsafe-container'
  | 'changed-header'
  | 'changed-bytes'
  | 'too-large'
  | 'missing-file'
  | 'unlisted-file'
  | 'malformed'
  | 'wrong-sum'
  | 'unexpected-key'
  | 'bad-key'
  | 'bad-checkpoint'
  | 'wrong-root'
  | 'wrong-leaf'
  | 'wrong-envelope'
  | 'wrong-object'
  | 'wrong-tag'
  | 'wrong-proof'
  | 'unproven-exhibit'
  | 'wrong-seal'
  | 'wrong-stamp'
  | 'wrong-key-change'
  | 'other-history';

export type IntegrityFailure = {
  /** The file at fault; the empty text where it is the zip itself. */
  readonly path: string;
  readonly code: IntegrityCode;
  readonly message: string;
};

/** A number of a stream that is not accounted for. */
export type StreamGap = {
  readonly seq: number;
  readonly code: 'no-leaf' | 'two-leaves' | 'beyond-the-end' | 'not-opened' | 'no-exhibit';
};

/** How the numbers `first` to `last` of a stream are accounted for; the four counts add up to them. */
export type StreamReport = {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly exhibited: number;
  readonly withheld: number;
  readonly erased: number;
  readonly missing: number;
  readonly gaps: readonly StreamGap[];
};

/**
 * A time-stamp of a signed head. Its line in the log is `index`; what lies before `size` is not younger than
 * `stampedAt`, what lies behind `index` is not older.
 */
export type AnchorReport = {
  readonly index: number;
  readonly authority: string;
  readonly size: number;
  /** ISO 8601, UTC. */
  readonly stampedAt: string;
  /** Null when no root was named that it could be trusted by: then it bounds nothing. */
  readonly isTrusted: boolean | null;
};

/** What a witness signed of a head. `isTrusted` is null where the reader named no policy; then it shows nothing. */
export type CosignatureReport = {
  readonly index: number;
  readonly name: string;
  readonly vkey: string;
  readonly size: number;
  /** ISO 8601, UTC, by the witness's clock. */
  readonly cosignedAt: string;
  readonly isTrusted: boolean | null;
};

/**
 * Where the hash of a head is said to be: in a block, to be compared with any copy of the chain (`merkleRoot` is null
 * where it was not computed), or promised by a calendar. It bounds nothing by itself.
 */
export type BlockReport = {
  readonly index: number;
  readonly size: number;
  readonly height: number | null;
  readonly merkleRoot: string | null;
  readonly calendar: string | null;
};

/** A key of the log that handed it over, in line `index`. */
export type KeyChange = { readonly index: number; readonly from: string; readonly to: string };

/** A head that the reader kept from before. `agrees` is null where the bundle ends before it. */
export type HeadReport = { readonly size: number; readonly agrees: boolean | null };

/** Between which two stamps the line of an exhibit was written; null where no trusted stamp says so. */
export type ExhibitBounds = {
  readonly bates: string;
  readonly notEarlierThan: string | null;
  readonly notLaterThan: string | null;
};

export type TimeReport = {
  readonly ok: boolean | null;
  /** By then the lines of all exhibits stood in the log. */
  readonly notLaterThan: string | null;
  /** Before that none of them did. */
  readonly notEarlierThan: string | null;
  readonly anchors: readonly AnchorReport[];
  readonly exhibits: readonly ExhibitBounds[];
  readonly cosignatures: readonly CosignatureReport[];
  /**
   * Whether enough of the witnesses that the reader trusts saw a head that covers every exhibit; `size` is the largest
   * head that enough of them saw. Null where the reader's policy asks for none.
   */
  readonly quorum: { readonly isReached: boolean; readonly size: number | null } | null;
  readonly blocks: readonly BlockReport[];
  readonly failures: readonly IntegrityFailure[];
};

/** Three verdicts, never one: what is unchanged, when it existed, what is not there. */
export type VerifyReport = {
  /** Null where the manifest cannot be read. */
  readonly format: string | null;
  readonly integrity: {
    readonly ok: boolean;
    /** The log key that the bundle brings. */
    readonly key: string | null;
    /** Whether it is the key that was expected, or one that this one handed the log over to; null when none was named. */
    readonly keyExpected: boolean | null;
    readonly keyChanges: readonly KeyChange[];
    /** The heads that the reader kept, beside the history that the bundle tells. */
    readonly heads: readonly HeadReport[];
    readonly failures: readonly IntegrityFailure[];
  };
  /** `ok` is null while no outside anchor that is trusted says anything about time. */
  readonly time: TimeReport;
  /** `ok` is null when no stream was opened. */
  readonly completeness: { readonly ok: boolean | null; readonly streams: readonly StreamReport[] };
};

/** Gathers what is wrong while the verification goes on. */
export type Findings = {
  readonly failures: readonly IntegrityFailure[];
  readonly fail: (path: string, code: IntegrityCode, message: string) => void;
  readonly hasFailed: (path: string) => boolean;
  /** Runs a check; what it throws as `Wrong`, `ShapeError` or `ProofError` becomes a failure of `path`. */
  readonly attempt: <Value>(path: string, code: IntegrityCode, check: () => Value) => Value | null;
};
