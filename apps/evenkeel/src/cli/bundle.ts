import { resolve } from 'node:path';
import { verifyBundle } from '@evenkeel/proof/verify';
import type { VerifyReport } from '@evenkeel/proof/verify-report';
import { openByteFile } from '../kernel/byte-file.ts';
import { sha256 } from '../kernel/sha256.ts';
import { saveResponse } from './backup.ts';
import {
  type Command,
  type ExitCode,
  type Given,
  JSON_OPTION,
  type Surroundings,
  textOf,
  UsageError,
} from './command.ts';
import { partyId } from './search.ts';

export const bundleCommand: Command = {
  usage:
    'bundle create --client NAME --out FILE.zip [--zone ZONE] | bundle verify FILE.zip [--log-key VKEY] [--json]',
  says: 'build an evidence bundle; check one without database and network',
  options: {
    client: { type: 'string' },
    out: { type: 'string' },
    zone: { type: 'string' },
    'log-key': { type: 'string' },
    ...JSON_OPTION,
  },
  run: (given, around) => {
    if (given.words[0] === 'create') return create(given, around);
    if (given.words[0] === 'verify') return verify(given, around);
    throw new UsageError('bundle create or bundle verify?');
  },
};

async function create({ values }: Given, { connect, out }: Surroundings): Promise<ExitCode> {
  const word = textOf(values.client);
  const path = textOf(values.out);
  if (word === null || path === null)
    throw new UsageError('bundle create needs --client NAME and --out FILE.zip');
  const target = resolve(path);
  const client = await connect();
  try {
    const response = await client.call('POST', '/api/bundles', {
      party: await partyId(client.call, word),
      zone: textOf(values.zone),
    });
    await saveResponse(response, target);
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
  const file = await openByteFile(path).catch(() => {
    throw new UsageError(`${path} cannot be read. Check the name and the permissions.`);
  });
  try {
    const report = await verifyBundle(file, { sha256, ...(logKey === null ? {} : { logKey }) });
    out.result(values.json ? JSON.stringify(report) : reportText(report));
    return report.integrity.ok && report.completeness.ok !== false ? 0 : 1;
  } finally {
    await file.close();
  }
}

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
