import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StoryFile } from '../../../../fixtures/story/mails.ts';
import { story } from '../../../../fixtures/story/story.ts';
import { tellerWith } from '../../../../fixtures/story/telling.ts';
import { STORY_BEGINS, tellWhole } from '../../../../fixtures/story/whole.ts';
import type { SeededChance } from './seeded-chance.ts';
import { temporaryFolder } from './temporary-folder.ts';
import type { TestApp } from './test-app.ts';

/** Files as they are told, in a folder of their own. */
export function writeFiles(files: readonly StoryFile[]): string {
  const folder = temporaryFolder();
  for (const { path, bytes } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

/** Tells the whole story to the program, day by day, from the first inquiry to who came after the end. */
export async function tellStoryTo(app: TestApp, chance: SeededChance): Promise<void> {
  const { me, name, zone } = story.workspace;
  chance.setClock(Date.parse(STORY_BEGINS));
  await app.pool.query('UPDATE workspaces SET zone = $1, name = $2, own_addresses = $3', [zone, name, me]);
  for (const party of story.parties) await app.ask('POST', '/api/parties', { ...party, state: 'prospect' });
  const only = story.parties.flatMap(({ identifiers }) => identifiers);
  const bringIn = async (files: readonly StoryFile[]) => {
    await app.bringIn({ paths: [writeFiles(files)], me, only });
  };
  const settled = async () => {
    await app.runner.caughtUp();
    await app.lookAtClocks();
    await app.runner.caughtUp();
  };
  await tellWhole(tellerWith({ ask: app.ask, setClock: chance.setClock, bringIn, settled }));
}
