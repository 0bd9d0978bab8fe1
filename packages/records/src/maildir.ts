/** What a Maildir says about a message in its file name. */
export type MaildirFlags = {
  readonly draft: boolean;
  readonly flagged: boolean;
  readonly passed: boolean;
  readonly replied: boolean;
  readonly seen: boolean;
  readonly trashed: boolean;
};

/** True for a file in the `cur` or `new` folder of a Maildir; `tmp` holds unfinished deliveries. */
export function isMaildirPath(path: string): boolean {
  return /(?:^|[\\/])(?:cur|new)[\\/][^\\/]+$/.test(path);
}

/** Reads the flags after `:2,` (or `;2,` and `!2,` where a colon cannot be in a file name). */
export function maildirFlags(name: string): MaildirFlags {
  const letters = /[:;!]2,([A-Za-z]*)$/.exec(name)?.[1] ?? '';
  return {
    draft: letters.includes('D'),
    flagged: letters.includes('F'),
    passed: letters.includes('P'),
    replied: letters.includes('R'),
    seen: letters.includes('S'),
    trashed: letters.includes('T'),
  };
}
