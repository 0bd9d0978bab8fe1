/** Where something lies in the bytes it was read from: `start` inclusive, `end` exclusive. */
export type ByteRange = { readonly start: number; readonly end: number };

/** Everything a reader may have to say about foreign bytes. Closed: a screen can translate each of them. */
export type IssueCode =
  // containers
  | 'unknown-format'
  | 'unquoted-from-line'
  | 'content-length-wrong'
  | 'archive-truncated'
  | 'archive-damaged'
  | 'archive-encrypted'
  | 'archive-method-unknown'
  | 'archive-too-deep'
  | 'archive-limit'
  | 'checksum-wrong'
  | 'unsafe-path'
  // message structure
  | 'no-header'
  | 'header-garbage'
  | 'no-blank-line'
  | 'duplicate-content-type'
  | 'field-repeated'
  | 'boundary-missing'
  | 'boundary-guessed'
  | 'boundary-not-closed'
  | 'parts-after-close'
  | 'too-deep'
  | 'too-many-parts'
  | 'text-cut'
  | 'nul-byte'
  | 'bare-cr'
  // transfer encodings
  | 'unknown-transfer-encoding'
  | 'transfer-encoding-wrong'
  // charsets and names
  | 'charset-unknown'
  | 'charset-guessed'
  | 'charset-contradicted'
  | 'undecodable-bytes'
  | 'raw-8bit-header'
  | 'encoded-word-broken'
  | 'parameter-broken'
  // dates
  | 'date-missing'
  | 'date-unreadable'
  | 'date-unknown-zone'
  | 'date-odd'
  // signatures, calendars and pieces
  | 'encrypted'
  | 'signature-unreadable'
  | 'header-differs'
  | 'calendar-unreadable'
  | 'message-in-pieces'
  | 'file-elsewhere'
  // exports
  | 'export-empty'
  | 'export-incomplete'
  | 'count-differs'
  | 'json-damaged'
  | 'json-repaired'
  | 'text-repaired'
  | 'entry-too-large'
  | 'file-not-exported'
  | 'date-guessed'
  | 'date-order-unknown'
  | 'time-out-of-order'
  | 'header-unlike-others'
  | 'text-not-exported'
  | 'export-damaged'
  | 'database-log'
  | 'database-log-read'
  // Outlook
  | 'rebuilt'
  | 'outlook-damaged'
  | 'attachment-missing'
  // the reader itself
  | 'reader-failed';

/**
 * Something the reader noticed. Unreadable input is data, never an exception.
 *
 * @property message One neutral sentence: what was found and what was done.
 * @property range Byte offsets in the bytes that were read, where they are known.
 */
export type Issue = { readonly code: IssueCode; readonly message: string; readonly range?: ByteRange };
