import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inject } from 'vitest';
import { freshDatabase, type TestDatabase } from './fresh-database.ts';
import { type SeededChance, seededChance } from './seeded-chance.ts';
import { tellStoryTo } from './story-teller.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { openTestApp, type TestApp, testApp } from './test-app.ts';
import { copyTemplate, statement, type TestServer, toldIn } from './test-server.ts';

const LOOK_AGAIN_MS = 100;

/** What is left of the telling beside the folder: when the story ends, or why it could not be told. */
type Told = { readonly endsAt: string } | { readonly failed: string };

export type ToldStory = {
  readonly app: TestApp;
  readonly database: TestDatabase;
  /** Stands where the story ends. */
  readonly chance: SeededChance;
};

/**
 * The program with the whole story told to it. Telling takes a quarter of a minute, so whichever file of a run comes first
 * tells it, and every one goes on with a copy of the database and of the data folder.
 */
export async function toldStory(seed: string): Promise<ToldStory> {
  const server = inject('testServer');
  const told = await tellOnce(server);
  if ('failed' in told) throw new Error(`The story could not be told: ${told.failed}`);
  const database = await freshDatabase(toldIn(server));
  const dataDir = join(temporaryFolder(), 'data');
  cpSync(join(server.folder, 'told', 'data'), dataDir, { recursive: true });
  // What is drawn after the story must be no byte that was drawn in it.
  const chance = seededChance(`${seed} after the story`);
  chance.setClock(Date.parse(told.endsAt));
  return { app: await testApp(database, { dataDir, chance }), database, chance };
}

async function tellOnce(server: TestServer): Promise<Told> {
  const folder = join(server.folder, 'told');
  const told = join(folder, 'told.json');
  if (!isFirst(folder)) {
    while (!existsSync(told)) await wait(LOOK_AGAIN_MS);
    return JSON.parse(readFileSync(told, 'utf8')) as Told;
  }
  const result = await tell(server, join(folder, 'data')).catch((error) => ({ failed: String(error) }));
  writeFileSync(`${told}.new`, JSON.stringify(result));
  renameSync(`${told}.new`, told);
  return result;
}

/** Only one of many makes the folder. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function tell(server: TestServer, dataDir: string): Promise<Told> {
  const chance = seededChance('told story');
  const connection = await copyTemplate(server);
  const app = await openTestApp(connection, { dataDir, chance });
  await tellStoryTo(app, chance).finally(() => app.close());
  await statement(server.connection, `alter database ${connection.database} rename to ${toldIn(server)}`);
  return { endsAt: chance.now() };
}
