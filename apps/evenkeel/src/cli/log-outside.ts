import { readFile, writeFile } from 'node:fs/promises';
import { Halt } from '../kernel/outcome.ts';
import type { Client } from './client.ts';
import { UsageError } from './command.ts';
import { reasonOf } from './saving.ts';

type Attestation = {
  readonly kind: 'bitcoin' | 'pending' | 'unknown';
  readonly height?: number;
  readonly merkleRoot?: string | null;
  readonly calendar?: string;
};
type Block = { readonly size: number; readonly attestations: readonly Attestation[] };
export type Compared = { readonly size: number; readonly agrees: boolean | null };

/** Writes the signed head and nothing else, byte for byte: what is stamped and what is kept is this file. */
export async function writeHead(
  client: Client,
  path: string,
): Promise<{ note: string; vkey: string; size: number }> {
  const head = (await (await client.call('GET', '/api/log/checkpoint')).json()) as {
    note: string;
    vkey: string;
    size: number;
  };
  await writeFile(path, head.note, { flag: 'wx' }).catch((error) => {
    throw new Halt('head-not-written', `${path} was not written (${reasonOf(error)}). Name a new file.`);
  });
  return head;
}

/** Hands in an OpenTimestamps proof, and the file that it is about: the same name without ".ots". */
export async function attachOts(client: Client, path: string): Promise<Block> {
  if (!path.endsWith('.ots'))
    throw new UsageError('--ots names a file that ends with .ots, with the stamped head beside it');
  const proof = (await read(path)).toString('base64');
  const checkpoint = (await read(path.slice(0, -'.ots'.length))).toString('utf8');
  const answer = await client.call('POST', '/api/log/blocks', { checkpoint, proof });
  return (await answer.json()) as Block;
}

export function blockText({ size, attestations }: Block): string {
  const lines = attestations.map(({ kind, height, merkleRoot, calendar }) => {
    if (kind === 'bitcoin')
      return `  check block ${height}, merkle root ${merkleRoot ?? 'not computed here'}, with any independent source`;
    return kind === 'pending'
      ? `  not in a block yet: ${calendar} promised it; upgrade the proof and hand it in again`
      : '  a notary that is not known here';
  });
  return [`Kept, over the head of ${size} entries. By itself it shows no time:`, ...lines].join('\n');
}

/** Compares heads that were kept elsewhere with the log as it is now. */
export async function compareHeads(client: Client, paths: readonly string[]): Promise<readonly Compared[]> {
  const compared: Compared[] = [];
  for (const path of paths) {
    const checkpoint = (await read(path)).toString('utf8');
    const answer = await client.call('POST', '/api/log/compare', { checkpoint });
    compared.push((await answer.json()) as Compared);
  }
  return compared;
}

export function comparedText({ size, agrees }: Compared): string {
  if (agrees === null)
    return `The head of ${size} entries is newer than this log: entries are missing here, or it is an older copy.`;
  return agrees
    ? `The head of ${size} entries that you kept is one of this log.`
    : `The head of ${size} entries that you kept is NOT one of this log: its history was written anew.`;
}

async function read(path: string): Promise<Buffer> {
  return readFile(path).catch((error) => {
    throw new Halt(
      'file-unreadable',
      `${path} cannot be read (${reasonOf(error)}). Nothing was changed. Check its name.`,
    );
  });
}
