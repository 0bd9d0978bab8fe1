import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from './command.ts';
import { JSON_OPTION, UsageError } from './command.ts';

export const backupCommand: Command = {
  usage: 'backup FILE [--json]',
  says: 'write FILE (the record, as ciphertext and rows) and FILE.keys (what opens it); keep the two apart',
  options: { ...JSON_OPTION },
  async run({ values, words: [path] }, { connect, out }) {
    if (path === undefined) throw new UsageError('backup needs the name of a file');
    const target = resolve(path);
    const client = await connect();
    try {
      await saveResponse(await client.call('GET', '/api/backup'), target);
      await saveResponse(await client.call('GET', '/api/backup/keys'), `${target}.keys`);
      out.result(
        values.json
          ? JSON.stringify({ file: target, keys: `${target}.keys` })
          : `Written: ${path} and ${path}.keys\nA restore needs both. Keep them apart: whoever has both can read everything.`,
      );
      return 0;
    } finally {
      await client.close();
    }
  },
};

/** Saves an answer under its name only when all of it is there. */
export async function saveResponse(response: Response, target: string): Promise<void> {
  const partial = `${target}.part`;
  try {
    await pipeline(Readable.fromWeb(response.body as never), createWriteStream(partial, { mode: 0o600 }));
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
