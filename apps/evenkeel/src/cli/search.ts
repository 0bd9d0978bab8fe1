import { type Command, DATA_OPTION, JSON_OPTION, textOf, UsageError } from './command.ts';

const LIMIT = 50;
const MAX_LIMIT = 200;

type Hit = {
  id: string;
  party: { id: string; name: string } | null;
  at: string;
  kind: string;
  from: { name: string | null; address: string | null };
  subject: string | null;
  snippet: { text: string };
};

export const searchCommand: Command = {
  forms: [
    {
      usage: 'search QUERY [--client NAME] [--limit N] [--json]',
      says: 'full text over the record, newest first',
    },
  ],
  options: {
    client: { type: 'string', value: 'NAME', says: 'only what is filed under this client' },
    limit: { type: 'string', value: 'N', says: `how many at most (default ${LIMIT}, up to ${MAX_LIMIT})` },
    ...DATA_OPTION,
    ...JSON_OPTION,
  },
  maxWords: Number.POSITIVE_INFINITY,
  async run({ values, words }, { connect, out }) {
    if (words.join(' ').trim() === '') throw new UsageError('search needs something to look for');
    const limit = limitOf(textOf(values.limit));
    const client = await connect();
    try {
      const query = new URLSearchParams({ q: words.join(' '), limit: String(limit) });
      const word = textOf(values.client);
      if (word !== null) query.set('party', await partyId(client.call, word));
      const { items } = (await (await client.call('GET', `/api/search?${query}`)).json()) as { items: Hit[] };
      for (const hit of items) out.result(values.json ? jsonLine(hit) : textLine(hit));
      if (items.length === 0 && !values.json) out.message('Nothing found.');
      return 0;
    } finally {
      await client.close();
    }
  },
};

function limitOf(text: string | null): number {
  const limit = Number(text ?? LIMIT);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new UsageError(`--limit cannot be "${text}": it is a number from 1 to ${MAX_LIMIT}`);
}

/** The one party a word means; the list of candidates is an error with exit code 2. */
export async function partyId(
  call: (method: string, path: string) => Promise<Response>,
  word: string,
): Promise<string> {
  const response = await call('GET', `/api/parties/meant?${new URLSearchParams({ word })}`);
  return ((await response.json()) as { id: string }).id;
}

function jsonLine({ id, party, at, kind, from, subject, snippet }: Hit): string {
  return JSON.stringify({ id, party, at, kind, from, subject, snippet: snippet.text });
}

function textLine({ at, from, party, subject, snippet }: Hit): string {
  return `${at.slice(0, 16).replace('T', ' ')}  ${from.name ?? from.address ?? '?'}${party ? `  [${party.name}]` : ''}  ${subject ?? ''}\n    ${snippet.text.replace(/\s+/g, ' ').trim()}`;
}
