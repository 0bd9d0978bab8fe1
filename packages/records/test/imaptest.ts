/** The scripts of imaptest beside its mailboxes, as far as they say what a reader of mail should see. */
type Tree = string | null | readonly Tree[];
type Person = { readonly name: string | null; readonly address: string | null };

/** What a server should answer when it is asked for the envelope of one message; people as `Name<address>`. */
export type ExpectedEnvelope = {
  /** Which message of the mailbox, from 1 on. */
  readonly number: number;
  readonly date: string | null;
  readonly subject: string | null;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly inReplyTo: string | null;
  readonly messageId: string | null;
};

/** The envelopes that a script expects, in its order. @source RFC 9051 7.5.2 */
export function envelopesIn(script: string): readonly ExpectedEnvelope[] {
  return [...script.matchAll(/^\* (\d+) FETCH \(ENVELOPE (.*)\)$/gm)].map(([, number, list]) => {
    const [date, subject, from, , , to, cc, bcc, inReplyTo, messageId] = parseList(list!) as readonly Tree[];
    return {
      number: Number(number),
      ...{ date: textOf(date), subject: textOf(subject) },
      ...{ from: mailboxes(from), to: mailboxes(to), cc: mailboxes(cc), bcc: mailboxes(bcc) },
      ...{ inReplyTo: textOf(inReplyTo), messageId: textOf(messageId) },
    };
  });
}

const textOf = (tree: Tree | undefined) => (typeof tree === 'string' ? tree : null);

/** Reads one IMAP list with quoted strings and NIL. */
function parseList(text: string): Tree {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+/g) ?? [];
  let at = 0;
  const next = (): Tree => {
    const token = tokens[at++]!;
    if (token === '(') {
      const list: Tree[] = [];
      while (at < tokens.length && tokens[at] !== ')') list.push(next());
      at++;
      return list;
    }
    if (token === 'NIL') return null;
    return token.startsWith('"') ? token.slice(1, -1).replace(/\\(.)/g, '$1') : token;
  };
  return next();
}

function mailboxes(list: Tree | undefined): readonly string[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly (readonly (string | null)[])[])
    .filter(([, , user, domain]) => user && domain)
    .map(([name, , user, domain]) => `${name ?? ''}<${user}@${domain}>`);
}

/** People in the same form. */
export const written = (list: readonly Person[] | undefined): readonly string[] =>
  (list ?? []).map(({ name, address }) => `${name ?? ''}<${address}>`);
