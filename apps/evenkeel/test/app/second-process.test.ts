import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { atEnd } from '../support/at-end.ts';
import { bareEnvironment } from '../support/bare-environment.ts';
import { filesIn, mail, mbox } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { urlOf } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const PROGRAM = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const database = await testDatabase();
const dataDir = temporaryFolder();

type Running = { readonly child: ChildProcess; readonly said: () => string; readonly ended: Promise<Ended> };
type Ended = { readonly code: number | null; readonly out: string; readonly said: string };

/** A command of the real program on the one folder. */
function evenkeel(...args: readonly string[]): Running {
  const child = spawn(process.execPath, [PROGRAM, ...args, '--data', dataDir], {
    env: { ...bareEnvironment(), DATABASE_URL: urlOf(database.connection) },
  });
  let out = '';
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, said }));
  atEnd(() => child.kill('SIGKILL'));
  return { child, said: () => said, ended };
}

async function until(running: Running, text: string): Promise<void> {
  while (!running.said().includes(text)) {
    const [ended] = await Promise.race([once(running.child.stderr!, 'data'), running.ended.then((e) => [e])]);
    if ((ended as Ended).said !== undefined && !running.said().includes(text))
      throw new Error(`it ended without saying "${text}": ${running.said()}`);
  }
}

function inbox(name: string, count: number): string {
  const mails = Array.from({ length: count }, (_, i) =>
    mail({ subject: `${name} ${i}`, from: `${name}@second.example` }),
  );
  return join(filesIn(temporaryFolder(), { [`${name}.mbox`]: mbox(mails) }), `${name}.mbox`);
}

test('a second server on one folder is refused with a sentence, and commands talk to the first', async () => {
  const server = evenkeel('serve', '--port', '0');
  await until(server, 'Evenkeel is ready');
  const second = await evenkeel('serve', '--port', '0').ended;
  expect(second).toMatchObject({ code: 2, out: '' });
  expect(second.said).toMatch(/Another Evenkeel \(process \d+\) works in .+ Nothing was changed\. Close it/);

  const imported = await evenkeel('import', '--json', inbox('served', 30)).ended;
  expect(imported).toMatchObject({ code: 0 });
  expect(JSON.parse(imported.out)).toMatchObject({ totals: { items: 30, imported: 30 } });
  expect(imported.said.split('\n').filter((line) => line.startsWith('{"acknowledged"'))).toHaveLength(30);
  expect(await evenkeel('log', 'verify', '--deep').ended).toMatchObject({ code: 0 });

  server.child.kill('SIGTERM');
  expect(await server.ended).toMatchObject({ code: 0 });
});

test('a command that comes while another imports is answered by that one', async () => {
  const importing = evenkeel('import', '--json', inbox('holder', 3000));
  await until(importing, '"acknowledged"');
  const [checkpoint, again] = await Promise.all([
    evenkeel('log', 'checkpoint', '--json').ended,
    evenkeel('import', '--json', inbox('guest', 10)).ended,
  ]);
  expect(checkpoint).toMatchObject({ code: 0 });
  expect(JSON.parse(checkpoint.out)).toHaveProperty('vkey');
  expect(JSON.parse(again.out)).toMatchObject({ totals: { imported: 10 } });
  expect(await importing.ended).toMatchObject({ code: 0 });
});

test('a server that is told to stop pauses its import, and the next one goes on with it', async () => {
  const server = evenkeel('serve', '--port', '0');
  await until(server, 'Evenkeel is ready');
  const box = inbox('paused', 3000);
  const importing = evenkeel('import', '--json', box);
  await until(importing, '"acknowledged"');
  server.child.kill('SIGTERM');
  expect(await server.ended).toMatchObject({ code: 0 });
  const { code, said } = await importing.ended;
  expect(code).toBe(1);
  expect(said).toContain('goes on where it stopped');
  const rest = await evenkeel('import', '--json', box).ended;
  expect(JSON.parse(rest.out)).toMatchObject({ totals: { items: 3000, imported: 3000, duplicates: 0 } });
  expect(await evenkeel('log', 'verify', '--deep').ended).toMatchObject({ code: 0 });
});

test('what cannot be used is said in one sentence, with exit code 2', async () => {
  const missing = await evenkeel('import', '/not/here').ended;
  expect(missing).toMatchObject({ code: 2, out: '' });
  expect(missing.said).toContain('/not/here cannot be read. Nothing was imported.');
  expect((await evenkeel('import').ended).code).toBe(2);
  expect((await evenkeel('import', '--nonsense', 'x').ended).code).toBe(2);
});
