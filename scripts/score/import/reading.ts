/** Somebody as a reader names them. */
export type Person = { readonly name: string | null; readonly address: string | null };

export type File = { readonly name: string | null; readonly mediaType: string; readonly bytes: Buffer };

/** What one reader makes of one message, in one shape for all of them. */
export type Reading = {
  readonly subject: string | null;
  readonly from: readonly Person[];
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly bcc: readonly Person[];
  readonly replyTo: readonly Person[];
  /** Milliseconds; null when the reader names no instant. */
  readonly sentAt: number | null;
  /** The calendar day where the sender was, as `2026-05-12`, as far as the reader lets one know it. */
  readonly sentOn: string | null;
  /** Without angle brackets, as all ids here. */
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly text: string | null;
  readonly html: string | null;
  readonly files: readonly File[];
  /** The bytes of each message directly inside this one. */
  readonly nested: readonly Buffer[];
  /** Of files and of nested messages. */
  readonly names: readonly string[];
  /** The reader said that something was wrong. */
  readonly warns: boolean;
};

export type MailReader = {
  readonly name: string;
  readonly read: (bytes: Buffer, isMbox: boolean) => Promise<Reading>;
};

export function bareId(id: string | null | undefined): string | null {
  const bare = (id ?? '').trim().replace(/^<|>$/g, '').trim();
  return bare === '' ? null : bare;
}

/** Readers differ in line ends and blanks; nobody is marked down for those. */
export function words(text: string | null | undefined): string {
  return (text ?? '').replace(/[\s\u00a0]+/g, ' ').trim();
}

const HOLDS_MESSAGE = /^message\/(?:rfc822|global|news)$/;

export function isMessage(mediaType: string): boolean {
  return HOLDS_MESSAGE.test(mediaType);
}
