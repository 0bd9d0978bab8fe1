import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { storyMails } from '../../../../fixtures/story/mails.ts';
import { story } from '../../../../fixtures/story/story.ts';

const PROGRAM = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A bundle of the story's first client, made by the program itself as somebody would at the command line. */
export async function handedBundle(): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-handed-'));
  const { name, identifiers } = story.parties[0]!;
  const data = ['--data', join(folder, 'data')];
  const run = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [PROGRAM, ...args, ...data]);
  try {
    for (const { path, bytes } of storyMails()) {
      await mkdir(dirname(join(folder, 'mails', path)), { recursive: true });
      await writeFile(join(folder, 'mails', path), bytes);
    }
    const only = identifiers.flatMap((address) => ['--only', address]);
    const me = story.workspace.me.flatMap((address) => ['--me', address]);
    await run('import', join(folder, 'mails'), '--client', name, ...only, ...me);
    await run('bundle', 'create', '--client', name, '--out', join(folder, 'bundle.zip'));
    return new Uint8Array(await readFile(join(folder, 'bundle.zip')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
