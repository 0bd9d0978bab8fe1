import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { holderOf, takeFolder } from '../../src/kernel/holder.ts';

const HOLDER = new URL('../../src/kernel/holder.ts', import.meta.url).href;
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

/** Takes the folder at a common moment, says how it went, and holds until it is told to go. */
const PROGRAM = `
  import { takeFolder } from ${JSON.stringify(HOLDER)};
  const [folder, at, uid] = process.argv.slice(1);
  if (uid) process.setuid(Number(uid));
  while (Date.now() < Number(at)) {}
  const said = await takeFolder(folder).then(() => ({ pid: process.pid }), ({ code, message }) => ({ code, message }));
  console.log(JSON.stringify(said));
  process.stdin.resume();
`;

const TEMPORARY = tmpdir();

let home: string;
let programs: ChildProcess[];

beforeEach(() => {
  home = mkdtempSync(join(TEMPORARY, 'evenkeel-holder-'));
  // The sockets' folders go with the test.
  mkdirSync(join(home, 'tmp'));
  process.env.TMPDIR = join(home, 'tmp');
  programs = [];
});

afterEach(() => {
  process.env.TMPDIR = TEMPORARY;
  for (const program of programs) program.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

type Said = { pid?: number; code?: string; message?: string };

async function another(folder: string, at = 0, uid = ''): Promise<{ program: ChildProcess; said: Said }> {
  const args = ['--input-type=module', '-e', PROGRAM, folder, String(at), String(uid)];
  const program = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  programs.push(program);
  const [line] = await once(program.stdout as NonNullable<typeof program.stdout>, 'data');
  return { program, said: JSON.parse(String(line)) };
}

async function kill(program: ChildProcess): Promise<void> {
  program.kill('SIGKILL');
  await once(program, 'exit');
}

describe('a folder nobody holds', () => {
  test('is made for us alone, and remembers who we are', async () => {
    const folder = join(home, 'data');
    const holding = await takeFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'run', 'lock')).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(holding.socketPath)).mode & 0o777).toBe(0o700);
    expect(await holderOf(folder)).toEqual({ pid: process.pid, socketPath: holding.socketPath });
    await holding.release();
    await holding.release();
    expect(await holderOf(folder)).toBeNull();
    expect(readdirSync(join(folder, 'run'))).toEqual([]);
  });

  test('may have a path 200 characters long with spaces, and one short socket however it is spelled', async () => {
    const folder = join(home, 'y y'.repeat(33), 'ääni z'.repeat(17));
    const holding = await takeFolder(folder);
    expect(Buffer.byteLength(holding.socketPath)).toBeLessThan(104);
    await holding.release();
    const again = await takeFolder(join(folder, '..', 'ääni z'.repeat(17)));
    expect(again.socketPath).toBe(holding.socketPath);
    await again.release();
  });

  test('has no holder when it does not exist', async () => {
    expect(await holderOf(join(home, 'nowhere'))).toBeNull();
  });
});

describe('a folder another process holds', () => {
  test('is refused by name, and left alone', async () => {
    const { said } = await another(home);
    await expect(takeFolder(home)).rejects.toMatchObject({
      code: 'folder-held',
      message: expect.stringContaining(`(process ${said.pid}) works in ${home}`),
    });
    expect((await holderOf(home))?.pid).toBe(said.pid);
  });

  test('is refused to a second taker in the same process too', async () => {
    const holding = await takeFolder(home);
    await expect(takeFolder(home)).rejects.toMatchObject({ code: 'folder-held' });
    await holding.release();
  });

  test('can be taken once that process was killed', async () => {
    const { program, said } = await another(home);
    await kill(program);
    expect(await holderOf(home)).toBeNull();
    const holding = await takeFolder(home);
    expect(await holderOf(home)).toMatchObject({ pid: process.pid });
    expect(said.pid).not.toBe(process.pid);
    await holding.release();
  });

  test('stays theirs when the one before it lets go late', async () => {
    const ours = await takeFolder(home);
    rmSync(join(home, 'run', 'lock'));
    const { said } = await another(home);
    await ours.release();
    expect((await holderOf(home))?.pid).toBe(said.pid);
  });
});

describe('a lock that is left over', () => {
  const own = () => JSON.parse(readFileSync(join(home, 'run', 'lock'), 'utf8'));

  test.each([
    ['of a process whose number was given to another', { startedAt: '1' }],
    ['of another run of the machine', { boot: '11111111-2222-4333-8444-555555555555' }],
    ['of a process that is gone', { pid: 2 ** 22 + 1 }],
  ])('%s is taken over', async (_what, change) => {
    await takeFolder(home);
    writeFileSync(join(home, 'run', 'lock'), JSON.stringify({ ...own(), ...change }));
    expect(await holderOf(home)).toBeNull();
    const holding = await takeFolder(home);
    await holding.release();
  });

  test.each([
    ['nothing', ''],
    ['zeros', '\0'.repeat(300)],
    ['half of one', '{"pid":12,"star'],
    ['a process number that no process has', '{"pid":-1,"startedAt":null,"boot":null,"socketPath":"x"}'],
  ])('with %s in it is taken over', async (_what, content) => {
    mkdirSync(join(home, 'run'));
    writeFileSync(join(home, 'run', 'lock'), content);
    expect(await holderOf(home)).toBeNull();
    await (await takeFolder(home)).release();
    expect(readdirSync(join(home, 'run'))).toEqual([]);
  });

  test('is taken over also when a taker before us was killed half-way', async () => {
    const { program } = await another(home);
    await kill(program);
    const left = readFileSync(join(home, 'run', 'lock'));
    const claim = `${join(home, 'run', 'lock')}.${await sha256Start(left)}`;
    writeFileSync(claim, left);
    await (await takeFolder(home)).release();
    expect(readdirSync(join(home, 'run'))).toEqual([]);
  });
});

describe('several processes at the same moment', () => {
  test.each([
    ['an empty folder', async () => {}],
    ['a killed holder’s folder', async () => kill((await another(home)).program)],
  ])('one of them gets %s, and the others name it', async (_what, prepare) => {
    for (let round = 0; round < 3; round += 1) {
      await prepare();
      const at = Date.now() + 700;
      const all = await Promise.all(Array.from({ length: 5 }, () => another(home, at)));
      const winners = all.filter(({ said }) => said.pid !== undefined);
      expect(winners).toHaveLength(1);
      expect(all.filter(({ said }) => said.code === 'folder-held')).toHaveLength(4);
      expect((await holderOf(home))?.pid).toBe(winners[0]?.said.pid);
      await Promise.all(all.map(({ program }) => kill(program)));
    }
  });
});

describe('a folder that cannot be used', () => {
  test('is one clear sentence when it is a file', async () => {
    const file = join(home, 'a file');
    writeFileSync(file, 'x');
    await expect(takeFolder(file)).rejects.toMatchObject({
      code: 'folder-unusable',
      message: expect.stringContaining(file),
    });
    expect(await holderOf(file)).toBeNull();
  });

  test.runIf(isRoot)('is one clear sentence when this account may not write there', async () => {
    const { said } = await another(join(home, 'data'), 0, String(NOBODY));
    expect(said.code).toBe('folder-not-writable');
    expect(said.message).toMatch(/^This account may not write in .*Nothing was changed\. .*--data\.$/);
  });
});

async function sha256Start(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return Buffer.from(digest).toString('hex', 0, 8);
}
