/** Everything that can be wrong with a piece of evidence below the level of a bundle. */
export type ProofErrorCode =
  | 'bad-encoding'
  | 'bad-hash-length'
  | 'bad-size'
  | 'bad-index'
  | 'wrong-proof-length'
  | 'root-mismatch'
  | 'malformed-leaf'
  | 'malformed-key'
  | 'malformed-note'
  | 'malformed-checkpoint'
  | 'malformed-proof'
  | 'malformed-tile'
  | 'malformed-policy'
  | 'ambiguous-key'
  | 'unknown-key'
  | 'bad-signature'
  | 'origin-mismatch'
  // time-stamps
  | 'malformed-der'
  | 'weak-algorithm'
  | 'untrusted-certificate'
  | 'certificate-not-valid'
  | 'stamp-refused'
  | 'malformed-stamp'
  | 'stamp-of-other-bytes'
  | 'wrong-signer'
  | 'wrong-nonce'
  | 'wrong-policy';

/** A proof, note or encoding that does not hold. `code` is stable, `message` is for people. */
export class ProofError extends Error {
  readonly code: ProofErrorCode;

  constructor(code: ProofErrorCode, message: string) {
    super(message);
    this.name = 'ProofError';
    this.code = code;
  }
}
