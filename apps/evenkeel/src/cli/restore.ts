import { rmdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Halt } from '../kernel/outcome.ts';
import { replay } from '../replay.ts';
import { intoEmptyFolder, type OpenBackup, openBackup } from '../restore.ts';
import type { Command, Surroundings } from './command.ts';
import { DATA_OPTION, JSON_OPTION, UsageError } from './command.ts';

export const restoreCommand: Command = {
  forms: [
    {
      usage: 'restore FILE [--data DIR] [--json]',
      says: 'make a data folder from FILE and FILE.keys; DIR must be new or empty',
    },
  ],
  options: { ...DATA_OPTION, ...JSON_OPTION },
  maxWords: 1,
  async run({ values, words: [path] }, around) {
    if (path === undefined) throw new UsageError('restore needs the name of a backup');
    const { config, out } = around;
    const backup = await openBackup(resolve(path));
    const wasThere = await stat(config.data).catch(() => null);
    try {
      await intoEmptyFolder(config.data, () => fill(backup, around));
    } catch (error) {
      if (!wasThere) await rmdir(config.data).catch(() => {});
      throw damaged(path, error);
    } finally {
      await backup.close();
    }
    const { createdAt } = backup.about;
    out.result(
      values.json
        ? JSON.stringify({ data: config.data, createdAt })
        : `Restored the record of ${createdAt} into ${config.data}.`,
    );
    return 0;
  },
};

async function fill(backup: OpenBackup, { config, open }: Surroundings): Promise<void> {
  await backup.placeFiles(config.data);
  const app = await open({
    beforeReading: (db) => backup.insertRows(db, 'public'),
    beforeFollowing: (ledger) => replay(ledger),
  });
  try {
    await app.warm();
    await backup.insertRows(app.db, 'auth');
    await app.runner.caughtUp();
  } finally {
    await app.close();
  }
}

/** A zip that is whole at its end may still have a bad byte in the middle. */
function damaged(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'ZipError') return error;
  return new Halt(
    'backup-unreadable',
    `${path} or ${path}.keys is damaged (${error.message.replace(/\.$/, '')}). Nothing was restored. Use another copy of this backup, or an older one.`,
  );
}
