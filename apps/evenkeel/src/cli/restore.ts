import { readFile, rmdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Halt } from '../kernel/outcome.ts';
import { goOnRestored } from '../modules/ledger/restore.actions.ts';
import { replay } from '../replay.ts';
import { intoEmptyFolder, type OpenBackup, openBackup } from '../restore.ts';
import type { Command, Surroundings } from './command.ts';
import { DATA_OPTION, JSON_OPTION, textOf, UsageError } from './command.ts';
import { reasonOf } from './saving.ts';

export const restoreCommand: Command = {
  forms: [
    {
      usage: 'restore FILE [--last-head CHECKPOINT] [--data DIR] [--json]',
      says: 'make a data folder from FILE and FILE.keys; DIR must be new or empty; its log goes on under a new key',
    },
  ],
  options: {
    'last-head': {
      type: 'string',
      value: 'CHECKPOINT',
      says: 'the last signed head you still have (log/checkpoint of the lost folder): what it counts beyond the backup is recorded as lost',
    },
    ...DATA_OPTION,
    ...JSON_OPTION,
  },
  maxWords: 1,
  async run({ values, words: [path] }, around) {
    if (path === undefined) throw new UsageError('restore needs the name of a backup');
    const { config, out } = around;
    const lastHead = await noteIn(textOf(values['last-head']));
    const backup = await openBackup(resolve(path));
    const wasThere = await stat(config.data).catch(() => null);
    let wentOn: WentOn;
    try {
      wentOn = await intoEmptyFolder(config.data, () => fill(backup, around, lastHead));
    } catch (error) {
      if (!wasThere) await rmdir(config.data).catch(() => {});
      throw damaged(path, error);
    } finally {
      await backup.close();
    }
    const { createdAt } = backup.about;
    out.result(
      values.json
        ? JSON.stringify({ data: config.data, createdAt, ...wentOn })
        : `Restored the record of ${createdAt} into ${config.data}.\n${goesOn(wentOn)}`,
    );
    return 0;
  },
};

type WentOn = Awaited<ReturnType<typeof goOnRestored>>;

function goesOn({ size, lost, vkey }: WentOn): string {
  const after =
    lost === null
      ? 'Whether anything was signed after the backup is not known here.'
      : lost === 0
        ? 'Nothing was signed after it.'
        : `${lost} entries that were signed after it are not here; the log says so now.`;
  return `It ends at entry ${size}. ${after} The log goes on under a new key, which both keys signed:\n  ${vkey}`;
}

/** @throws Halt `last-head-unusable` */
async function noteIn(path: string | null): Promise<string | null> {
  if (path === null) return null;
  return readFile(path, 'utf8').catch((error) => {
    throw new Halt(
      'last-head-unusable',
      `${path} cannot be read (${reasonOf(error)}). Nothing was restored. Name the file log/checkpoint of the folder that was lost, or leave --last-head away.`,
    );
  });
}

async function fill(
  backup: OpenBackup,
  { config, open }: Surroundings,
  lastHead: string | null,
): Promise<WentOn> {
  await backup.placeFiles(config.data);
  const app = await open({
    beforeReading: (db) => backup.insertRows(db, 'public'),
    beforeFollowing: (ledger) => replay(ledger),
  });
  try {
    await app.warm();
    await backup.insertRows(app.db, 'auth');
    const wentOn = await goOnRestored(app.ledger, app.sealer, { backupOf: backup.about.createdAt, lastHead });
    await app.runner.caughtUp();
    return wentOn;
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
