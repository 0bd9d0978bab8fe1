import { type Command, JSON_OPTION, textOf, UsageError } from './command.ts';

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
  usage: 'search QUERY [--client NAME] [--limit N] [--json]',
  says: 'full text over the record, newest first',
  options: { client: { type: 'string' }, limit: { type: 'string' }, ...JSON_OPTION },
  async run({ values, words }, { connect, out }) {
    if (words.length === 0) throw new UsageError('search needs something to look for');
    const client = await connect();
    try {
      const query = new URLSearchParams({ q: words.join(' '), limit: textOf(values.limit) ?? '50' });
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
