import { resolve } from 'node:path';
import type { BundleErrorCode } from '@evenkeel/proof/bundle-format';
import { verifyBundle } from '@evenkeel/proof/verify';
import type { VerifyReport } from '@evenkeel/proof/verify-report';
import { openByteFile } from '../kernel/byte-file.ts';
import { Halt } from '../kernel/outcome.ts';
import { sha256 } from '../kernel/sha256.ts';
import {
  type Command,
  DATA_OPTION,
  type ExitCode,
  type Given,
  JSON_OPTION,
  type Surroundings,
  textOf,
  UsageError,
  zoneOf,
} from './command.ts';
import { reasonOf, saving } from './saving.ts';
import { partyId } from './search.ts';

export const bundleCommand: Command = {
  forms: [
    {
      usage: 'bundle create --client NAME --out FILE.zip [--zone ZONE] [--json]',
      says: 'build an evidence bundle of everything filed under a client',
    },
    {
      usage: 'bundle verify FILE.zip [--log-key VKEY] [--json]',
      says: 'check one without database and network: integrity, time bounds, completeness',
    },
  ],
  options: {
    client: { type: 'string', value: 'NAME', says: 'name, address or id of the client' },
    out: { type: 'string', value: 'FILE.zip', says: 'where to write it' },
    zone: {
      type: 'string',
      value: 'ZONE',
      says: 'time zone of the chronology, for instance Europe/Helsinki',
    },
    'log-key': { type: 'string', value: 'VKEY', says: 'the key you were given by another road' },
    ...DATA_OPTION,
    ...JSON_OPTION,
  },
  maxWords: 2,
  run: async (given, around) => {
    if (given.words[0] === 'create') return create(given, around);
    if (given.words[0] === 'verify') return verify(given, around);
    throw new UsageError('bundle needs to know what: create or verify');
  },
};

async function create({ values, words }: Given, { connect, out }: Surroundings): Promise<ExitCode> {
  if (words.length > 1) throw new UsageError(`bundle create takes no "${words[1]}"`);
  const word = textOf(values.client);
  const path = textOf(values.out);
  if (word === null || path === null)
    throw new UsageError('bundle create needs --client NAME and --out FILE.zip');
  const zone = zoneOf(values.zone, '--zone');
  const target = resolve(path);
  const client = await connect();
  try {
    const party = await partyId(client.call, word);
    // That it was made is recorded: first it must be known that it can be written.
    await saving([target], async ([file]) => {
      await file!.write(await client.call('POST', '/api/bundles', { party, zone }));
      await file!.keep();
    });
    const { vkey } = (await (await client.call('GET', '/api/log/checkpoint')).json()) as { vkey: string };
    out.result(
      values.json
        ? JSON.stringify({ path: target, vkey })
        : `Written: ${path}\nHand this key over by another road (a letter, a call, the engagement letter):\n  ${vkey}`,
    );
    return 0;
  } finally {
    await client.close();
  }
}

async function verify({ values, words }: Given, { out }: Surroundings): Promise<ExitCode> {
  const path = words[1];
  if (path === undefined) throw new UsageError('bundle verify needs the FILE.zip');
  const logKey = textOf(values['log-key']);
  const file = await openByteFile(path).catch((error) => {
    throw unreadable(path, error);
  });
  try {
    const report = await verifyBundle(file, { sha256, ...(logKey === null ? {} : { logKey }) }).catch(
      (error) => {
        throw unreadable(path, error);
      },
    );
    out.result(values.json ? JSON.stringify(report) : reportText(report));
    return report.integrity.ok && report.completeness.ok !== false ? 0 : 1;
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

function reportText({ format, integrity, time, completeness }: VerifyReport): string {
  const lines = [
    `Bundle format   ${format}`,
    `Integrity       ${integrity.ok ? 'every file is the one the signed log holds' : `${integrity.failures.length} files or statements do not agree`}`,
    ...integrity.failures.map((failure) => `  ${failure.path}: ${failure.message} (${failure.code})`),
    `Log key         ${integrity.key ?? 'none'}`,
    `                ${keyText(integrity.keyExpected)}`,
    `Time bounds     ${time.anchors.length === 0 ? 'none: no outside anchor' : `${time.notEarlierThan} to ${time.notLaterThan}`}`,
    `Completeness    ${completenessText(completeness.ok)}`,
    ...completeness.streams.map(
      (stream) =>
        `  ${stream.first} to ${stream.last}: ${stream.exhibited} exhibited, ${stream.withheld} kept back, ${stream.erased} erased, ${stream.missing} missing`,
    ),
  ];
  return lines.join('\n');
}

function keyText(expected: boolean | null): string {
  if (expected === null) return 'not compared: give the key you got by another road with --log-key';
  return expected ? 'the key you expected' : 'NOT the key you expected';
}

function completenessText(ok: boolean | null): string {
  if (ok === null) return 'not shown: no stream is opened in this bundle';
  return ok ? 'every number is accounted for' : 'numbers are missing';
}
