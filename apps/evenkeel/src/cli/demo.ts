import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { App } from '../app.ts';
import type { Chance } from '../kernel/chance.ts';
import { type Instant, instantOf } from '../kernel/instant.ts';
import { sha256 } from '../kernel/sha256.ts';
import { type Command, LISTEN_OPTIONS } from './command.ts';
import { serveApp } from './serve.ts';

const NAME = 'Alex';
/** Printed at each start: the story is nobody's secret, and its folder goes when the demo ends. */
const PASSWORD = 'look around';
const STORY_NOW = '2026-05-21T06:00:00.000Z' as Instant;

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
    const { storyMails } = await import('../../../../fixtures/story/mails.ts');
    const { story } = await import('../../../../fixtures/story/story.ts');
    const root = await mkdtemp(join(tmpdir(), 'evenkeel-story-'));
    try {
      const mails = join(root, 'mails');
      for (const { path, bytes } of storyMails()) await writeUnder(mails, path, bytes);
      const app = await around.open({ data: join(root, 'data'), chance: storyChance(), isStory: true });
      await tellStory(app, story, mails);
      around.out.message(`Sign in as ${NAME} with the password "${PASSWORD}".`);
      return await serveApp(app, around);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  },
};

async function writeUnder(dir: string, path: string, bytes: Uint8Array): Promise<void> {
  const target = join(dir, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bytes);
  // The files were written when the story ended, not now.
  await utimes(target, new Date(STORY_NOW), new Date(STORY_NOW));
}

/** A clock that begins at the end of the story, and chance that is the same each time. Never for real data. */
export function storyChance(): Chance {
  let ticks = 0;
  let drawn = 0;
  return {
    now: () => instantOf(Date.parse(STORY_NOW) + ticks++),
    bytes: (sizeBytes) => {
      const blocks = Array.from({ length: Math.ceil(sizeBytes / 32) }, () =>
        sha256(Buffer.from(`story ${drawn++}`)),
      );
      return Buffer.concat(blocks).subarray(0, sizeBytes);
    },
  };
}

type Story = {
  readonly workspace: { readonly name: string; readonly me: readonly string[] };
  readonly parties: readonly { readonly name: string; readonly identifiers: readonly string[] }[];
};

/** Plays the story into an empty folder through the API alone, as a person would. */
export async function tellStory(app: App, story: Story, mails: string): Promise<void> {
  const call = async (method: string, path: string, body: unknown) => {
    const request = new Request(new URL(path, 'http://evenkeel.local'), {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const response = await app.fetch(request, { isLocal: true });
    if (!response.ok) throw new Error(`The story broke off at ${method} ${path}: ${await response.text()}`);
    return response.json() as Promise<Record<string, string>>;
  };
  const code = await app.firstRunCode();
  if (code !== null)
    await call('POST', '/api/first-run', {
      code,
      name: NAME,
      addresses: story.workspace.me,
      password: PASSWORD,
    });
  for (const { name, identifiers } of story.parties)
    await call('POST', '/api/parties', { name, state: 'client', identifiers });
  const only = story.parties.flatMap((party) => party.identifiers);
  const { run } = await call('POST', '/api/imports', { paths: [mails], only, me: story.workspace.me });
  await app.importer.live(run!)?.done;
  await app.runner.caughtUp();
}
