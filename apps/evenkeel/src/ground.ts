import type pg from 'pg';
import type { Chance } from './kernel/chance.ts';
import type { Config } from './kernel/config.ts';
import { type Holding, takeFolder } from './kernel/holder.ts';
import { startPostgres } from './kernel/postgres.ts';
import { type Keys, openKeys } from './modules/vault/keys.store.ts';

/** What a data folder stands on: it is ours, its keys are read, its database runs. */
export type Ground = {
  readonly holding: Holding;
  readonly keys: Keys;
  readonly connection: pg.PoolConfig;
  /** How all that is given up again, the last first. */
  readonly closing: (() => Promise<unknown>)[];
};

export type GroundPorts = {
  readonly config: Config;
  readonly chance: Chance;
  readonly say: (line: string) => void;
};

/**
 * Takes a data folder and starts its database. Little is loaded for it: the rest of the program can be in the meantime.
 *
 * @param meanwhile called when PostgreSQL is at work in processes of its own, and there is nothing to do here
 */
export async function openGround(ports: GroundPorts, meanwhile: () => void = () => {}): Promise<Ground> {
  const { config, chance } = ports;
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const holding = await takeFolder(config.data);
    closing.push(() => holding.release());
    const keys = await openKeys(config.data, chance);
    const database = await openDatabase(ports, keys, meanwhile);
    closing.push(() => database.stop());
    return { holding, keys, connection: database.connection, closing };
  } catch (error) {
    await giveUp(closing);
    throw error;
  }
}

export async function giveUp(closing: Ground['closing']): Promise<void> {
  for (const step of closing.splice(0).reverse()) await step();
}

type Database = { readonly connection: pg.PoolConfig; readonly stop: () => Promise<void> };

async function openDatabase(
  { config, say }: GroundPorts,
  keys: Keys,
  meanwhile: () => void,
): Promise<Database> {
  if (config.databaseUrl)
    return { connection: { connectionString: config.databaseUrl }, stop: async () => {} };
  const password = Buffer.from(keys.derive('postgres')).toString('hex');
  const started = await startPostgres({
    dataDir: config.data,
    password,
    say,
    meanwhile,
    ...(config.pgBin ? { binDir: config.pgBin } : {}),
  });
  return { connection: started.pool, stop: () => started.stop() };
}
