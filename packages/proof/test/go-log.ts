import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where Debian puts the sources of golang.org/x/mod: nothing is fetched. */
const SOURCES = '/usr/share/gocode';
const PROGRAM = fileURLToPath(new URL('go/check.go', import.meta.url));

export const HAS_GO_LOG =
  spawnSync('go', ['version']).status === 0 && existsSync(`${SOURCES}/src/golang.org/x/mod/sumdb/tlog`);

export type GoNote = { readonly Note: string; readonly Vkey: string };
/** Bytes are base64, as Go writes them. */
export type GoRecord = {
  readonly Index: number;
  readonly Size: number;
  readonly Leaf: string;
  readonly Root: string;
  readonly Proof: readonly string[];
};
export type GoTree = {
  readonly Size1: number;
  readonly Size2: number;
  readonly Root1: string;
  readonly Root2: string;
  readonly Proof: readonly string[];
};
export type GoAsked = {
  readonly Notes?: readonly GoNote[];
  readonly Sign?: { readonly Name: string; readonly Text: string };
  readonly Leaves?: readonly string[];
  readonly Records?: readonly GoRecord[];
  readonly Trees?: readonly GoTree[];
  readonly Tiles?: { readonly Dir: string; readonly Size: number; readonly Root: string };
};
/** `holds`, or what Go says is wrong. */
export type GoAnswer = {
  readonly Notes: readonly string[];
  readonly Signed: GoNote;
  readonly Roots: readonly string[];
  readonly Records: readonly string[];
  readonly Trees: readonly string[];
  readonly Made: { readonly Records: readonly GoRecord[]; readonly Trees: readonly GoTree[] };
  readonly Tiles: string;
};

/** Go's transparency log, compiled once. */
export function goLog(): { readonly ask: (asked: GoAsked) => GoAnswer; readonly close: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'go-log-'));
  const program = join(folder, 'check');
  const env = {
    ...process.env,
    ...{ GO111MODULE: 'off', GOPATH: SOURCES, GOCACHE: join(folder, 'cache'), GOFLAGS: '', GOPROXY: 'off' },
  };
  execFileSync('go', ['build', '-o', program, PROGRAM], { env, stdio: 'pipe' });
  return {
    ask: (asked) => {
      const input = JSON.stringify(asked);
      const said = execFileSync(program, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
      return JSON.parse(said) as GoAnswer;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
