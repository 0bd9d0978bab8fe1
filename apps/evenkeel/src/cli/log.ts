import { type Command, DATA_OPTION, JSON_OPTION, UsageError } from './command.ts';

type Verdict = {
  ok: boolean;
  size: number;
  isDeep: boolean;
  failures: { where: string; code: string; message: string }[];
};

type Attempt = {
  readonly authority: string;
  readonly size: number;
  readonly stampedAt: string | null;
  readonly failure: string | null;
};

const WHATS: readonly string[] = ['verify', 'checkpoint', 'anchor', 'export'];

export const logCommand: Command = {
  forms: [
    { usage: 'log verify [--deep] [--json]', says: 'audit the ledger against its signed head' },
    { usage: 'log checkpoint [--json]', says: 'print the signed head, and the key that signed it' },
    {
      usage: 'log anchor [--json]',
      says: 'have the signed head stamped by the time authorities that were named',
    },
    {
      usage: 'log export DIR [--json]',
      says: 'write the ledger as a tlog-tiles folder, which tells no content',
    },
  ],
  options: {
    deep: { type: 'boolean', says: 'also open every envelope and every original' },
    ...DATA_OPTION,
    ...JSON_OPTION,
  },
  maxWords: 2,
  async run({ values, words }, { connect, out }) {
    const [what, dir] = words;
    if (!WHATS.includes(what ?? ''))
      throw new UsageError('log needs to know what: verify, checkpoint, anchor or export');
    if (what === 'export' ? dir === undefined : dir !== undefined)
      throw new UsageError(what === 'export' ? 'log export needs a folder' : `log ${what} takes no "${dir}"`);
    const client = await connect();
    try {
      if (what === 'checkpoint') {
        const head = (await (await client.call('GET', '/api/log/checkpoint')).json()) as {
          note: string;
          vkey: string;
          size: number;
        };
        out.result(values.json ? JSON.stringify(head) : `${head.note}\nkey  ${head.vkey}`);
        return 0;
      }
      if (what === 'anchor') {
        const { items } = (await (await client.call('POST', '/api/log/anchor')).json()) as {
          items: readonly Attempt[];
        };
        out.result(values.json ? JSON.stringify({ items }) : items.map(attemptText).join('\n'));
        return items.every(({ stampedAt }) => stampedAt !== null) ? 0 : 1;
      }
      if (what === 'export') {
        const { exportTiles } = await import('./log-export.ts');
        const files = await exportTiles(client, dir!);
        out.result(values.json ? JSON.stringify({ dir, files }) : `${files} files written to ${dir}.`);
        return 0;
      }
      const verdict = (await (
        await client.call('POST', '/api/log/verify', { deep: values.deep === true })
      ).json()) as Verdict;
      out.result(values.json ? JSON.stringify(verdict) : verdictText(verdict));
      return verdict.ok ? 0 : 1;
    } finally {
      await client.close();
    }
  },
};

function attemptText({ authority, size, stampedAt, failure }: Attempt): string {
  if (stampedAt !== null)
    return `${authority} says that the head of ${size} entries existed at ${stampedAt}.`;
  if (failure === 'silent') return `${authority} did not answer. It is asked again by itself.`;
  return `${authority} answered with something that does not hold (${failure}); that was recorded. Nothing is stamped.`;
}

function verdictText({ ok, size, isDeep, failures }: Verdict): string {
  if (ok)
    return `${size} entries: every one is in the tree, and the tree extends the signed head.${isDeep ? ' Every envelope and every original opens and is the recorded one.' : ''}`;
  return [
    `${failures.length} failures in ${size} entries:`,
    ...failures.map((failure) => `  ${failure.where}: ${failure.message} (${failure.code})`),
  ].join('\n');
}
