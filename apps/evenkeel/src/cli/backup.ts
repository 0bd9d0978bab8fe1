import { resolve } from 'node:path';
import type { Command } from './command.ts';
import { DATA_OPTION, JSON_OPTION, UsageError } from './command.ts';
import { saving } from './saving.ts';

export const backupCommand: Command = {
  forms: [
    {
      usage: 'backup FILE [--json]',
      says: 'write FILE (the record, as ciphertext and rows) and FILE.keys (what opens it); keep the two apart',
    },
  ],
  options: { ...DATA_OPTION, ...JSON_OPTION },
  maxWords: 1,
  async run({ values, words: [path] }, { connect, out }) {
    if (path === undefined) throw new UsageError('backup needs the name of a file');
    const target = resolve(path);
    const keys = `${target}.keys`;
    const client = await connect();
    try {
      await saving([target, keys], async ([record, opener]) => {
        await record!.write(await client.call('GET', '/api/backup'));
        // After the record: so the keys open all of it.
        await opener!.write(await client.call('GET', '/api/backup/keys'));
        await opener!.keep();
        await record!.keep();
      });
      out.result(
        values.json
          ? JSON.stringify({ file: target, keys })
          : `Written: ${path} and ${path}.keys\nA restore needs both. Keep them apart: whoever has both can read everything.`,
      );
      return 0;
    } finally {
      await client.close();
    }
  },
};
