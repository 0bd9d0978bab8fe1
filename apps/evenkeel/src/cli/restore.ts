import { resolve } from 'node:path';
import { replay } from '../replay.ts';
import { intoEmptyFolder, openBackup } from '../restore.ts';
import type { Command } from './command.ts';
import { UsageError } from './command.ts';

export const restoreCommand: Command = {
  usage: 'restore FILE [--data DIR]',
  says: 'make a data folder from FILE and FILE.keys; DIR must be new or empty',
  options: {},
  async run({ words: [path] }, { config, open, out }) {
    if (path === undefined) throw new UsageError('restore needs the name of a backup');
    const backup = await openBackup(resolve(path));
    try {
      await intoEmptyFolder(config.data, async () => {
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
      });
      out.result(`Restored the record of ${backup.about.createdAt} into ${config.data}.`);
      return 0;
    } finally {
      await backup.close();
    }
  },
};
