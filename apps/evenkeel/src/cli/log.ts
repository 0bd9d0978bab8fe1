import type { Client } from './client.ts';
import { type Command, DATA_OPTION, type Given, JSON_OPTION, listOf, textOf, UsageError } from './command.ts';
import { attachOts, blockText, comparedText, compareHeads, writeHead } from './log-outside.ts';

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

/** What to print, for people and for programs, and whether it fell short. */
type Told = { readonly text: string; readonly json: unknown; readonly fellShort?: boolean };
type Act = (client: Client, given: Given) => Promise<Told>;

const ACTS: Readonly<Record<string, Act>> = {
  verify: async (client, { values }) => {
    const asked = await client.call('POST', '/api/log/verify', { deep: values.deep === true });
    const verdict = (await asked.json()) as Verdict;
    const heads = await compareHeads(client, listOf(values.head));
    const text = [verdictText(verdict), ...heads.map(comparedText)].join('\n');
    const fellShort = !verdict.ok || heads.some(({ agrees }) => agrees !== true);
    return { text, json: heads.length > 0 ? { ...verdict, heads } : verdict, fellShort };
  },
  checkpoint: async (client, { values }) => {
    const path = textOf(values.out);
    if (path !== null) {
      const head = await writeHead(client, path);
      return { text: `Written: ${path}\nkey  ${head.vkey}`, json: { ...head, path } };
    }
    const head = (await (await client.call('GET', '/api/log/checkpoint')).json()) as {
      note: string;
      vkey: string;
    };
    return { text: `${head.note}\nkey  ${head.vkey}`, json: head };
  },
  anchor: async (client, { values }) => {
    const path = textOf(values.ots);
    if (path !== null) {
      const block = await attachOts(client, path);
      return { text: blockText(block), json: block };
    }
    const { items } = (await (await client.call('POST', '/api/log/anchor')).json()) as {
      items: readonly Attempt[];
    };
    const fellShort = items.some(({ stampedAt }) => stampedAt === null);
    return { text: items.map(attemptText).join('\n'), json: { items }, fellShort };
  },
  'rotate-key': async (client, { values }) => {
    const because = textOf(values.because);
    if (because === null) throw new UsageError('log rotate-key needs --because "WHY"');
    const changed = await client.call('POST', '/api/log/rotate-key', { because });
    const json = (await changed.json()) as { to: string; index: number };
    const text = `From entry ${json.index} on the log is signed by a new key; the old one and the new one signed that.\nHand it over by another road. Whoever has the old key follows it to this one:\n  ${json.to}`;
    return { text, json };
  },
  export: async (client, { words: [, dir] }) => {
    const { exportTiles } = await import('./log-export.ts');
    const files = await exportTiles(client, dir!);
    return { text: `${files} files written to ${dir}.`, json: { dir, files } };
  },
};

export const logCommand: Command = {
  forms: [
    {
      usage: 'log verify [--deep] [--head FILE] [--json]',
      says: 'audit the ledger against its signed head, and against one that you kept',
    },
    {
      usage: 'log checkpoint [--out FILE] [--json]',
      says: 'print the signed head, and the key that signed it; with --out write it exactly, to be kept or stamped',
    },
    {
      usage: 'log anchor [--ots FILE.ots] [--json]',
      says: 'have the signed head stamped and cosigned by those who were named; or keep an OpenTimestamps proof of one',
    },
    {
      usage: 'log rotate-key --because TEXT [--json]',
      says: 'hand the log over to a new key, which the old one signs too',
    },
    {
      usage: 'log export DIR [--json]',
      says: 'write the ledger as a tlog-tiles folder, which tells no content',
    },
  ],
  options: {
    deep: { type: 'boolean', says: 'also open every envelope and every original' },
    head: { type: 'string', multiple: true, value: 'FILE', says: 'a signed head that you kept elsewhere' },
    out: { type: 'string', value: 'FILE', says: 'where to write the signed head' },
    ots: {
      type: 'string',
      value: 'FILE.ots',
      says: 'an OpenTimestamps proof; the stamped head lies beside it',
    },
    because: { type: 'string', value: 'TEXT', says: 'why the key changes' },
    ...DATA_OPTION,
    ...JSON_OPTION,
  },
  maxWords: 2,
  async run(given, { connect, out }) {
    const [what = '', dir] = given.words;
    const act = ACTS[what];
    if (!act)
      throw new UsageError('log needs to know what: verify, checkpoint, anchor, rotate-key or export');
    if (what === 'export' ? dir === undefined : dir !== undefined)
      throw new UsageError(what === 'export' ? 'log export needs a folder' : `log ${what} takes no "${dir}"`);
    const client = await connect();
    try {
      const { text, json, fellShort = false } = await act(client, given);
      out.result(given.values.json ? JSON.stringify(json) : text);
      return fellShort ? 1 : 0;
    } finally {
      await client.close();
    }
  },
};

function attemptText({ authority, size, stampedAt, failure }: Attempt): string {
  if (stampedAt !== null)
    return `${authority} says that the head of ${size} entries existed at ${stampedAt}.`;
  if (failure === 'silent') return `${authority} did not answer. It is asked again by itself.`;
  if (failure === 'witness-saw-more' || failure === 'witness-saw-another')
    return `${authority} HAS SEEN ANOTHER HISTORY OF THIS LOG (${failure}); that was recorded. Run "evenkeel log verify --deep", and find out who put an older or another copy here.`;
  return `${authority} answered with something that does not hold (${failure}); that was recorded. Nothing is stamped.`;
}

function verdictText({ ok, size, isDeep, failures }: Verdict): string {
  if (ok)
    return `${size} entries: every one is in the tree, and the tree extends the signed head.${isDeep ? ' Every envelope and every original opens and is the recorded one.' : ''}`;
  return [
    `${failures.length === 1 ? '1 failure' : `${failures.length} failures`} in ${size} entries:`,
    ...failures.map((failure) => `  ${failure.where}: ${failure.message} (${failure.code})`),
  ].join('\n');
}
