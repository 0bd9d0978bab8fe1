/** One message in the answer to a FETCH: what was asked of it, as the server said it. */
export type FetchAnswer = {
  readonly uid: number;
  readonly size: number | null;
  /** As the server writes a date. */
  readonly internalDate: string | null;
  readonly headers: Uint8Array | null;
  readonly source: Uint8Array | null;
};

const BEGIN = /^\* \d{1,10} FETCH \(/;
const ITEM =
  /(?:UID (\d{1,10})|RFC822\.SIZE (\d{1,15})|INTERNALDATE "([^"\\\r\n]{1,60})"|BODY\[(|HEADER\.FIELDS \([\w "-]*\))\] \{(\d{1,15})\}\r\n|MODSEQ \(\d{1,20}\)|FLAGS \([^()"{}\r\n]*\)|EMAILID \([\w-]*\)|X-GM-MSGID \d{1,20})(?: |\)$)/y;
/** Longer than any answer with one literal; what is longer is somebody else's. */
const LONGEST = 4096;

/**
 * Reads an answer of the usual form, with one literal. Anything else gives null, and is for a reader of the whole
 * grammar: of some thousand answers most are alike, and telling them apart letter by letter takes longer than the rest
 * of fetching.
 *
 * @param payload the answer's lines without its last line end; each literal is left out behind its `{size}`
 * @source RFC 9051 7.5.2
 */
export function readFetchAnswer(
  payload: Uint8Array,
  literals: readonly Uint8Array[] | undefined,
): FetchAnswer | null {
  if (payload.length > LONGEST || literals?.length !== 1) return null;
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('latin1');
  const begin = BEGIN.exec(text);
  if (!begin) return null;
  const literal = literals[0]!;
  const read = { uid: 0, size: null, internalDate: null, headers: null, source: null };
  const answer: { -readonly [K in keyof FetchAnswer]: FetchAnswer[K] } = read;
  let hasLiteral = false;
  for (ITEM.lastIndex = begin[0].length; ITEM.lastIndex < text.length; ) {
    const item = ITEM.exec(text);
    if (!item) return null;
    const [, uid, size, date, section, length] = item;
    if (uid) answer.uid = Number(uid);
    if (size) answer.size = Number(size);
    if (date) answer.internalDate = date;
    if (section === undefined) continue;
    if (hasLiteral || Number(length) !== literal.length) return null;
    hasLiteral = true;
    answer[section === '' ? 'source' : 'headers'] = literal;
  }
  return text.endsWith(')') && answer.uid > 0 ? answer : null;
}
