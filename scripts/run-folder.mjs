import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
const PREFIX = 'evenkeel-run-';
/** What the files of a whole run take at most, with room to spare; and these with the programs of the run. */
const FILES_BYTES = 4e9;
const ALL_BYTES = 10e9;

/**
 * Makes the folder for everything that a run of the tests writes outside of the repository.
 *
 * It lies in memory where there is room: every database and data folder of a test syncs to the disk, and a run would wait
 * for the disk. A program that is killed leaves there what it would leave on a disk.
 *
 * @returns {{folder: string, remove: () => void}}
 */
export function makeRunFolder() {
  const parent = hasRoomInMemory() ? IN_MEMORY : tmpdir();
  for (const name of readdirSync(parent)) if (isAbandoned(name)) remove(join(parent, name));
  const folder = makeIn(parent);
  return { folder, remove: () => remove(folder) };
}

function makeIn(parent) {
  const folder = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  // Servers that refuse to run as root go through it under another account.
  chmodSync(folder, 0o1777);
  return folder;
}

function hasRoomInMemory() {
  if (!existsSync(IN_MEMORY)) return false;
  const { bavail, bsize } = statfsSync(IN_MEMORY);
  const hasRoom = bavail * bsize >= FILES_BYTES && process.availableMemory() >= ALL_BYTES;
  return hasRoom && runsPrograms(IN_MEMORY);
}

/** Tests put programs into their folders, which a machine may forbid there. */
function runsPrograms(parent) {
  const folder = makeIn(parent);
  const program = join(folder, 'program');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
  const { status } = spawnSync(program);
  remove(folder);
  return status === 0;
}

/** A run that was killed leaves its folder behind. */
function isAbandoned(name) {
  const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
  return owner !== undefined && !isAlive(Number(owner));
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function remove(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
