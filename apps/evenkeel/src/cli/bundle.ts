import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { BundleErrorCode } from '@evenkeel/proof/bundle-format';
import type { Certificate } from '@evenkeel/proof/certificate';
import type { Policy } from '@evenkeel/proof/policy';
import { verifyBundle } from '@evenkeel/proof/verify';
import { openByteFile } from '../kernel/byte-file.ts';
import { Halt } from '../kernel/outcome.ts';
import { sha256 } from '../kernel/sha256.ts';
import { reportText } from './bundle-report.ts';
import type { Client } from './client.ts';
import {
  type Command,
  DATA_OPTION,
  type ExitCode,
  type Given,
  JSON_OPTION,
  listOf,
  type Surroundings,
  textOf,
  UsageError,
  zoneOf,
} from './command.ts';
import { reasonOf, saving } from './saving.ts';
import { partyId } from './search.ts';
import { writeVerifier } from './verifier.ts';

export const bundleCommand: Command = {
  forms: [
    {
      usage:
        'bundle create --client NAME|--case ID --out FILE.zip [--for-subject] [--renditions] [--zone ZONE] [OPTIONS] [--json]',
      says: 'build an evidence bundle of all that is filed under a client, or of what a case gathers; says which files give us away',
    },
    {
      usage:
        'bundle verify FILE.zip [--log-key VKEY] [--tsa-roots FILE] [--policy FILE] [--head FILE] [--json]',
      says: 'check one without database and network: integrity, time bounds, completeness',
    },
    {
      usage: 'bundle verifier --out FILE.html',
      says: 'write the page that checks a bundle in any browser, to be handed over by another road',
    },
  ],
  options: {
    client: { type: 'string', value: 'NAME', says: 'name, address or id of the client' },
    case: { type: 'string', value: 'ID', says: 'id of a case: its records, and those that its points quote' },
    out: { type: 'string', value: 'FILE.zip', says: 'where to write it' },
    zone: {
      type: 'string',
      value: 'ZONE',
      says: 'time zone to print beside UTC, for instance Europe/Helsinki',
    },
    renditions: { type: 'boolean', says: 'add a readable copy of each exhibit, as PDF under its number' },
    'confirm-disclosure': {
      type: 'boolean',
      says: 'send also the files that say more of us than the client knows',
    },
    'withhold-disclosure': { type: 'boolean', says: 'keep back every file that gives us away' },
    'for-subject': {
      type: 'boolean',
      says: "the client's own copy: what is kept about them, and nothing about others",
    },
    'let-through': {
      type: 'string',
      multiple: true,
      value: 'ID',
      says: 'a record that names others, was looked at, and may go as it is',
    },
    remaining: {
      type: 'string',
      value: 'withhold|send',
      says: 'what happens to records that say words which were taken out of others',
    },
    'log-key': { type: 'string', value: 'VKEY', says: 'the key you were given by another road' },
    'tsa-roots': {
      type: 'string',
      value: 'FILE',
      says: 'certificates (PEM) of the time authorities that you trust',
    },
    policy: {
      type: 'string',
      value: 'FILE',
      says: 'the logs and witnesses that you trust, and how many of these (c2sp.org/tlog-policy)',
    },
    head: { type: 'string', value: 'FILE', says: 'a signed head of this log that you kept from before' },
    ...DATA_OPTION,
    ...JSON_OPTION,
  },
  maxWords: 2,
  run: async (given, around) => {
    if (given.words[0] === 'create') return create(given, around);
    if (given.words[0] === 'verify') return verify(given, around);
    if (given.words[0] === 'verifier') return writeVerifier(given, around);
    throw new UsageError('bundle needs to know what: create, verify or verifier');
  },
};

async function create({ values, words }: Given, { connect, out }: Surroundings): Promise<ExitCode> {
  if (words.length > 1) throw new UsageError(`bundle create takes no "${words[1]}"`);
  const path = textOf(values.out);
  if (path === null || (textOf(values.client) === null) === (textOf(values.case) === null))
    throw new UsageError('bundle create needs --client NAME or --case ID, and --out FILE.zip');
  if (values['for-subject'] === true && values.case !== undefined)
    throw new UsageError('--for-subject is about a person: name them with --client');
  const zone = zoneOf(values.zone, '--zone');
  const target = resolve(path);
  if (values['confirm-disclosure'] === true && values['withhold-disclosure'] === true)
    throw new UsageError('--confirm-disclosure and --withhold-disclosure exclude each other');
  const client = await connect();
  try {
    const about = await aboutWhat(client.call, values);
    let found: Disclosed | null = null;
    // That it was made is recorded: first it must be known that it can be written.
    await saving([target], async ([file]) => {
      const withRenditions = values.renditions === true;
      const wish = { ...about, zone, withRenditions, disclosure: choiceOf(values), ...subjectOf(values) };
      const made = await client.call('POST', '/api/bundles', wish);
      found = disclosedIn(made);
      for (const line of disclosureLines(found)) out.message(line);
      await file!.write(made);
      await file!.keep();
    });
    const { vkey } = (await (await client.call('GET', '/api/log/checkpoint')).json()) as { vkey: string };
    out.result(
      values.json
        ? JSON.stringify({ path: target, vkey, ...told(found) })
        : `Written: ${path}\nHand this key over by another road (a letter, a call, the engagement letter):\n  ${vkey}`,
    );
    return 0;
  } finally {
    await client.close();
  }
}

/** A client with all that is filed, or a case with the records that it gathers and that its points quote. */
async function aboutWhat(
  call: Client['call'],
  values: Given['values'],
): Promise<{ readonly party: string; readonly exhibits: readonly string[] | null }> {
  const id = textOf(values.case);
  if (id === null) return { party: await partyId(call, textOf(values.client)!), exhibits: null };
  const answer = await call('GET', `/api/cases/${encodeURIComponent(id)}`);
  const { partyId: party, records, quoted } = (await answer.json()) as CaseSeen;
  const exhibits = [...new Set([...records.map((record) => record.id), ...quoted])];
  if (exhibits.length === 0)
    throw new UsageError(
      'This case gathers no record and its points quote none. Nothing was made. Add records to it, or name its client',
    );
  return { party, exhibits };
}

type CaseSeen = {
  readonly partyId: string;
  readonly records: readonly { readonly id: string }[];
  readonly quoted: readonly string[];
};

/** What was found that gives us away, as it comes with the bundle. */
type Disclosed = {
  readonly knows: string | null;
  readonly isGuarded: boolean;
  readonly files: number;
  readonly withheld: number;
  readonly kinds: Readonly<Record<string, number>>;
};

/** Who asks for what is kept about them gets nothing that was taken out elsewhere, unless it is said. */
function subjectOf(values: Given['values']) {
  const forSubject = values['for-subject'] === true;
  const letThrough = listOf(values['let-through']);
  if (letThrough.length > 0 && !forSubject) throw new UsageError('--let-through needs --for-subject');
  const remaining = textOf(values.remaining) ?? (forSubject ? 'withhold' : 'refuse');
  if (!['refuse', 'withhold', 'send'].includes(remaining))
    throw new UsageError('--remaining is withhold or send');
  return { forSubject, letThrough, remaining };
}

/** Where a name of ours is kept apart, nothing that gives it away leaves unasked; elsewhere all is sent as ever. */
function choiceOf(values: Given['values']): 'send' | 'withhold' | 'careful' {
  if (values['confirm-disclosure'] === true) return 'send';
  return values['withhold-disclosure'] === true ? 'withhold' : 'careful';
}

function disclosedIn(made: Response): Disclosed {
  return JSON.parse(decodeURIComponent(made.headers.get('x-bundle-disclosed') ?? '')) as Disclosed;
}

function told(found: Disclosed | null) {
  const { knows = null, files = 0, withheld = 0 } = found ?? {};
  return { carries: knows, [withheld > 0 ? 'withhold' : 'send']: files };
}

/** What was found, in words, and what happens to it. */
function disclosureLines({ knows, isGuarded, files, withheld, kinds }: Disclosed): readonly string[] {
  const name = knows === null ? [] : [`This bundle carries the name ${knows}.`];
  if (files === 0) return name;
  const lines = Object.entries(kinds).map(([kind, count]) => `  ${count} × ${GIVES_AWAY[kind] ?? kind}`);
  const what =
    withheld === 0
      ? 'They are sent as they are. To keep them back: --withhold-disclosure'
      : 'They are kept back, and counted as kept back. To send them all the same: --confirm-disclosure';
  const why = isGuarded ? ' more than this client knows' : '';
  return [...name, `${files} files say of us${why}:`, ...lines, what];
}

const GIVES_AWAY: Readonly<Record<string, string>> = {
  name: 'a name of ours that they do not know',
  position: 'where a picture was taken',
  device: 'with what a picture was taken',
  owner: 'whose camera it was',
  author: 'who wrote a paper',
  zone: 'the zone of our clock',
  host: 'names of our machines',
  address: 'addresses on the network',
  program: 'which program we use',
  folder: 'folders of ours',
  unread: 'a file that could not be looked into',
};

async function verify({ values, words }: Given, { out }: Surroundings): Promise<ExitCode> {
  const path = words[1];
  if (path === undefined) throw new UsageError('bundle verify needs the FILE.zip');
  const logKey = textOf(values['log-key']);
  const timeRoots = await rootsIn(textOf(values['tsa-roots']));
  const policy = await policyIn(textOf(values.policy));
  const head = textOf(values.head);
  const heads = head === null ? [] : [await fileText(head)];
  const file = await openByteFile(path).catch((error) => {
    throw unreadable(path, error);
  });
  try {
    const given = {
      ...(logKey === null ? {} : { logKey }),
      ...(timeRoots === null ? {} : { timeRoots }),
      ...(policy === null ? {} : { policy }),
      heads,
    };
    const report = await verifyBundle(file, { sha256, ...given }).catch((error) => {
      throw unreadable(path, error);
    });
    out.result(values.json ? JSON.stringify(report) : reportText(report));
    const { integrity, time, completeness } = report;
    return integrity.ok && time.ok !== false && completeness.ok !== false ? 0 : 1;
  } finally {
    await file.close();
  }
}

/** The words of whoever looked at the file, with its name and what to do. */
function unreadable(path: string, error: unknown): unknown {
  const { name, code, message } = error as NodeJS.ErrnoException;
  if (name === 'BundleError' && code === 'bad-log-key')
    return new UsageError(`--log-key is no log key (${message.replace(/\.$/, '')})`);
  const advice = name === 'BundleError' ? ADVICE[code as BundleErrorCode] : 'Check its name and permissions.';
  if (advice === undefined || (name !== 'BundleError' && code === undefined)) return error;
  const said = name === 'BundleError' ? message.replace(/\.$/, '') : reasonOf(error);
  return new Halt('bundle-unreadable', `${path} was not checked: ${said}. Nothing was changed. ${advice}`);
}

const GET_IT_AGAIN = 'Get the file again, just as it was made.';
const ADVICE: Partial<Record<BundleErrorCode, string>> = {
  'not-a-zip': GET_IT_AGAIN,
  'truncated-zip': GET_IT_AGAIN,
  'repacked-zip':
    'A bundle that was unpacked and packed again cannot be checked: get the file just as it was made.',
  'not-a-bundle': 'Name the zip that "evenkeel bundle create" wrote.',
  'newer-format': 'Check it with a newer Evenkeel; README.txt in it says how to check by hand.',
  'unknown-format': GET_IT_AGAIN,
};

async function fileText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error) => {
    throw unreadable(path, error);
  });
}

/** Whom the reader trusts, in a file of their own. */
async function policyIn(path: string | null): Promise<Policy | null> {
  if (path === null) return null;
  const { readPolicy } = await import('@evenkeel/proof/policy');
  const text = await fileText(path);
  try {
    return readPolicy(text);
  } catch (error) {
    throw new UsageError(`${path} is no policy: ${(error as Error).message}`);
  }
}

/** Certificates of the authorities that the reader trusts, in PEM form. */
async function rootsIn(path: string | null): Promise<readonly Certificate[] | null> {
  if (path === null) return null;
  const { readPem } = await import('@evenkeel/proof/certificate');
  const pem = await fileText(path);
  try {
    const roots = readPem(pem);
    if (roots.length > 0) return roots;
  } catch {
    // Said below, as for a file without one.
  }
  throw new UsageError(`${path} holds no certificate in PEM form`);
}
