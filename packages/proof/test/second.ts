import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { BundleError } from '../src/bundle-format.ts';
import { readPem } from '../src/certificate.ts';
import { readPolicy } from '../src/policy.ts';
import { verifyBundle } from '../src/verify.ts';
import type { VerifyReport } from '../src/verify-report.ts';
import { accessTo } from './bundle-story.ts';
import { sha256 } from './vectors.ts';

/** What the reader of a bundle brings, as texts. */
export type Brought = {
  readonly logKey?: string;
  readonly heads?: readonly string[];
  readonly tsaRoots?: string;
  readonly policy?: string;
};

/** A report, or why there is none. */
export type Said = VerifyReport | { readonly error: string };

export const PROGRAM = fileURLToPath(new URL('../second/verify_bundle.py', import.meta.url));

/** Why the second verifier cannot run here; null when it can. */
export function secondIsMissing(): string | null {
  const python = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']);
  if (python.status !== 0) return 'Python 3.9 or newer is not here';
  const openssl = spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '';
  return /^OpenSSL [3-9]/.test(openssl) ? null : 'openssl 3 or newer is not here';
}

/** The verifier in Python, kept running: starting it takes longer than a bundle does. */
export class SecondVerifier {
  readonly #folder = mkdtempSync(join(tmpdir(), 'second-'));
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;

  constructor() {
    this.#process = spawn('python3', ['-B', PROGRAM, '--lines'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#reader = createInterface({ input: this.#process.stdout! });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  async verify(zip: Uint8Array, { logKey, ...brought }: Brought = {}): Promise<Said> {
    const path = join(this.#folder, 'bundle.zip');
    writeFileSync(path, zip);
    const asked = { path, ...(logKey === undefined ? {} : { logKeys: [logKey] }), ...brought };
    this.#process.stdin!.write(`${JSON.stringify(asked)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('The second verifier ended.');
    return JSON.parse(value) as Said;
  }

  close(): void {
    this.#reader.close();
    this.#process.stdin!.end();
    rmSync(this.#folder, { recursive: true });
  }
}

export async function first(zip: Uint8Array, brought: Brought = {}): Promise<Said> {
  const { logKey, heads, tsaRoots, policy } = brought;
  try {
    return await verifyBundle(accessTo(zip), {
      sha256,
      ...(logKey === undefined ? {} : { logKey }),
      ...(heads === undefined ? {} : { heads }),
      ...(tsaRoots === undefined ? {} : { timeRoots: readPem(tsaRoots) }),
      ...(policy === undefined ? {} : { policy: readPolicy(policy) }),
    });
  } catch (error) {
    if ((error as Error).name === 'BundleError') return { error: (error as BundleError).code };
    throw error;
  }
}

/** What two verifiers must agree on: all verdicts and numbers, and which files are at fault. Words are free. */
export function agreed(said: Said): unknown {
  if ('error' in said) return { error: said.error };
  const { integrity, time, completeness, format } = said;
  return {
    format,
    integrity: { ...integrity, failures: pathsOf(integrity.failures) },
    time: { ...time, failures: pathsOf(time.failures) },
    completeness,
  };
}

function pathsOf(failures: readonly { readonly path: string }[]): readonly string[] {
  return [...new Set(failures.map(({ path }) => path))].sort();
}
