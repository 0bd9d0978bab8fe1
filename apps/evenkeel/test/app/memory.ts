import { spawn } from 'node:child_process';
import { createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const LOOK_EVERY_MS = 50;
const MEGABYTE = 1 << 20;

export type MemoryResult = { readonly idleMb: number; readonly peakMb: number; readonly report: string };

/**
 * Imports one mail of `sizeMb` into a server that is idle, and looks at what all its processes hold meanwhile: the
 * proportional set size, in megabytes. Linux only.
 */
export async function measureLargeMail(sizeMb: number): Promise<MemoryResult> {
  const root = await mkdtemp(join(tmpdir(), 'evenkeel-memory-'));
  const dataDir = join(root, 'data');
  const server = run(['serve', '--port', '0', '--data', dataDir]);
  try {
    await server.says('Evenkeel is ready');
    await wait(3000);
    const idle = heldBy(server.pid, dataDir);
    const file = await writeLargeMail(join(root, 'large.eml'), sizeMb);
    const importing = run(['import', '--json', '--data', dataDir, file]);
    let peak = 0;
    let isOver = false;
    const done = importing.ended.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      peak = Math.max(peak, heldBy(server.pid, dataDir));
      await Promise.race([done, wait(LOOK_EVERY_MS)]);
    }
    return { idleMb: idle / MEGABYTE, peakMb: peak / MEGABYTE, report: (await done).out.trim() };
  } finally {
    server.kill();
    await server.ended;
    await rm(root, { recursive: true, force: true });
  }
}

function run(args: readonly string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let said = '';
  const heard: (() => void)[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    for (const listener of heard) listener();
  });
  const ended = new Promise<{ out: string }>((resolve) => child.once('close', () => resolve({ out })));
  const says = (text: string) =>
    new Promise<void>((resolve, reject) => {
      heard.push(() => said.includes(text) && resolve());
      ended.then(() => reject(new Error(said)));
    });
  return { pid: child.pid!, ended, says, kill: () => child.kill('SIGTERM') };
}

/** A mail with one attachment in base64, as a mail program makes it. */
async function writeLargeMail(path: string, sizeMb: number): Promise<string> {
  const file = createWriteStream(path);
  const head = [
    'From: big@memory.example',
    'To: me@firm.example',
    'Subject: large',
    'Date: Tue, 12 May 2026 09:14:00 +0300',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'See the plan.',
    '--b',
    'Content-Type: application/octet-stream',
    'Content-Disposition: attachment; filename=plan.bin',
    'Content-Transfer-Encoding: base64',
    '',
    '',
  ];
  file.write(head.join('\r\n'));
  const line = `${'QUJD'.repeat(19)}\r\n`;
  const block = line.repeat(Math.ceil(MEGABYTE / line.length));
  for (let written = 0; written < sizeMb * MEGABYTE; written += block.length) {
    if (!file.write(block)) await new Promise<void>((resolve) => file.once('drain', () => resolve()));
  }
  file.end('--b--\r\n');
  await finished(file);
  return path;
}

/** Bytes of the program and of the database it started. */
function heldBy(pid: number, dataDir: string): number {
  const database = readOr(join(dataDir, 'postgres', 'postmaster.pid')).split('\n')[0];
  const roots = new Set([String(pid), ...(database ? [database] : [])]);
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [name, parentOf(name)]),
  );
  const belongs = (name: string | undefined): boolean =>
    name !== undefined && (roots.has(name) || (name !== '0' && belongs(parents.get(name))));
  return [...parents.keys()].filter(belongs).reduce((sum, name) => sum + proportionalSize(name), 0);
}

function parentOf(pid: string): string {
  return /^PPid:\s+(\d+)/m.exec(readOr(`/proc/${pid}/status`))?.[1] ?? '0';
}

function proportionalSize(pid: string): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readOr(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024;
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
