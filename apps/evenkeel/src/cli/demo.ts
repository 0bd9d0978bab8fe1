import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { StoryFile } from '../../../../fixtures/story/mails.ts';
import type { Ask } from '../../../../fixtures/story/telling.ts';
import type { App } from '../app.ts';
import type { Chance } from '../kernel/chance.ts';
import { instantOf } from '../kernel/instant.ts';
import { sha256 } from '../kernel/sha256.ts';
import { type Command, LISTEN_OPTIONS } from './command.ts';
import { serveApp } from './serve.ts';

const NAME = 'Alex';
/** Printed at each start: the story is nobody's secret, and its folder goes when the demo ends. */
const PASSWORD = 'look around';

export const demoCommand: Command = {
  forms: [
    {
      usage: 'demo [--port N] [--host NAME]',
      says: 'a fictional story to look around in, in a folder of its own that goes on exit',
    },
  ],
  options: LISTEN_OPTIONS,
  maxWords: 0,
  async run(_given, around) {
    const root = await mkdtemp(join(tmpdir(), 'evenkeel-story-'));
    try {
      const chance = storyChance();
      const app = await around.open({ data: join(root, 'data'), chance, isStory: true });
      around.out.message('Telling the story, from January to August 2026.');
      await tellStory(app, chance, join(root, 'mails'));
      around.out.message(`Sign in as ${NAME} with the password "${PASSWORD}".`);
      return await serveApp(app, around);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  },
};

type StoryChance = Chance & { readonly setClock: (milliseconds: number) => void };

/** A clock that the story sets, and chance that is the same each time. Never for real data. */
export function storyChance(): StoryChance {
  let clockMs = 0;
  let drawn = 0;
  return {
    now: () => instantOf(clockMs++),
    bytes: (sizeBytes) => {
      const blocks = Array.from({ length: Math.ceil(sizeBytes / 32) }, () =>
        sha256(Buffer.from(`story ${drawn++}`)),
      );
      return Buffer.concat(blocks).subarray(0, sizeBytes);
    },
    setClock: (milliseconds) => {
      clockMs = milliseconds;
    },
  };
}

/** Plays the story into an empty folder through the API alone, day by day, as a person would. */
export async function tellStory(app: App, chance: StoryChance, mails: string): Promise<void> {
  const { story } = await import('../../../../fixtures/story/story.ts');
  const { tellerWith } = await import('../../../../fixtures/story/telling.ts');
  const { STORY_BEGINS, tellWhole } = await import('../../../../fixtures/story/whole.ts');
  chance.setClock(Date.parse(STORY_BEGINS));
  const here = asking(app, { isLocal: true }, '');
  const alex = asking(app, { isLocal: false }, await signIn(app, story.workspace));
  for (const { name, identifiers } of story.parties)
    await alex('POST', '/api/parties', { name, state: 'prospect', identifiers });
  const only = story.parties.flatMap((party) => party.identifiers);
  let chapter = 0;
  const bringIn = async (files: readonly StoryFile[]) => {
    const folder = join(mails, String(++chapter));
    for (const { path, bytes } of files) await writeUnder(folder, path, bytes, new Date(chance.now()));
    const wish = { paths: [folder], only, me: story.workspace.me };
    const { run } = await here<{ run: string }>('POST', '/api/imports', wish);
    await app.importer.live(run)?.done;
  };
  const settled = async () => {
    await app.runner.caughtUp();
    await app.lookAtClocks();
    await app.runner.caughtUp();
  };
  await tellWhole(tellerWith({ ask: alex, setClock: chance.setClock, bringIn, settled }));
}

/** Makes the first member; gives the cookies of their session. */
async function signIn(app: App, { me, zone }: { me: readonly string[]; zone: string }): Promise<string> {
  const code = await app.firstRunCode();
  const body = { code, name: NAME, addresses: me, password: PASSWORD, zone };
  const answer = await send(app, { isLocal: false }, '', 'POST', '/api/first-run', body);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

type Mark = { readonly isLocal: boolean };

function asking(app: App, mark: Mark, cookie: string): Ask {
  return async <T>(method: string, path: string, body?: unknown) => {
    const response = await send(app, mark, cookie, method, path, body);
    return (await answerOf(response)) as T;
  };
}

/** A bundle is bytes, which the story leaves where they are. */
async function answerOf(response: Response): Promise<unknown> {
  if (response.headers.get('content-type')?.startsWith('application/json')) return response.json();
  await response.arrayBuffer();
  return {};
}

async function send(app: App, mark: Mark, cookie: string, method: string, path: string, body?: unknown) {
  const headers = { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const request = new Request(new URL(path, 'http://evenkeel.local'), {
    ...{ method, headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await app.fetch(request, mark);
  if (!response.ok) throw new Error(`The story broke off at ${method} ${path}: ${await response.text()}`);
  return response;
}

async function writeUnder(dir: string, path: string, bytes: Uint8Array, at: Date): Promise<void> {
  const target = join(dir, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bytes);
  // The files were written when the story was there, not now.
  await utimes(target, at, at);
}
