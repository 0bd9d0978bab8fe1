import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyBundle } from '@evenkeel/proof/verify';
import { openZip } from '@evenkeel/proof/zip';
import { expect } from 'vitest';
import { disagreement } from '../../../../packages/proof/test/differential.ts';
import { sha256 } from '../../src/kernel/sha256.ts';

/** The files of a bundle, by their paths. */
export async function unpacked(bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const zip = await openZip({ size: bytes.length, read: async (start, end) => bytes.subarray(start, end) });
  const files = new Map<string, Uint8Array>();
  for (const entry of zip.entries) files.set(entry.path, await zip.read(entry, 1 << 28));
  return files;
}

/** By both verifiers, where the second can run. */
export async function verified(bytes: Uint8Array) {
  expect(await disagreement(bytes)).toBeNull();
  return verifyBundle(
    { size: bytes.length, read: async (start, end) => bytes.subarray(start, end) },
    { sha256 },
  );
}

const folder = mkdtempSync(join(tmpdir(), 'unpacked-'));

/** Runs a program of poppler or qpdf over a PDF; their complaints about other readers' habits are not read. */
export function lookedAt(pdf: Uint8Array, program: string, ...args: readonly string[]): string {
  const file = join(folder, 'looked-at.pdf');
  writeFileSync(file, pdf);
  return execFileSync(program, [...args.map((arg) => (arg === 'FILE' ? file : arg))], {
    ...{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 },
  });
}

export function has(program: string): boolean {
  try {
    execFileSync(program, ['--help'], { stdio: 'ignore' });
    return true;
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}
