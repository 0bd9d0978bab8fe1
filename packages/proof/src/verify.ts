import { BundleError, type Manifest, PATH, readStreams, type StreamKey } from './bundle-format.ts';
import type { Certificate } from './certificate.ts';
import { newFindings } from './findings.ts';
import type { Folder } from './folder.ts';
import type { Policy } from './policy.ts';
import { accountForStreams } from './verify-completeness.ts';
import { checkFiles, type FoundFiles, type Hashing, readFiles, readManifestFile } from './verify-files.ts';
import { checkHeads, checkKeys, compareKeys, type KeyChain, NO_CHAIN } from './verify-keys.ts';
import { checkLog } from './verify-log.ts';
import { checkOpenings, type OpenedEntry, type Scene } from './verify-openings.ts';
import type {
  Findings,
  HeadReport,
  KeyChange,
  StreamReport,
  TimeReport,
  VerifyReport,
} from './verify-report.ts';
import { checkSeal } from './verify-seal.ts';
import { checkTime, NO_TIME, type TimeTrust } from './verify-time.ts';
import { formatVkey, parseVkey } from './vkey.ts';
import type { RandomAccess } from './zip-window.ts';

export type VerifyOptions = Hashing & {
  /** The log key the reader was given by another road. Without it the bundle only agrees with itself. */
  readonly logKey?: string;
  /** Heads of the log that the reader kept from before, as signed notes: the bundle's history must go through them. */
  readonly heads?: readonly string[];
  /** Which logs and witnesses the reader trusts. A log key that was given stands before those of the policy. */
  readonly policy?: Policy;
  /** Whom the reader trusts to tell the time. Without them time-stamps are listed and bound nothing. */
  readonly timeRoots?: readonly Certificate[];
};

/** The verdicts, and beside them what the bundle says of itself: null where its manifest cannot be read. */
export type Examined = {
  readonly report: VerifyReport;
  readonly manifest: Manifest | null;
  /** Of its bytes, whatever they say: by this a log knows a bundle. Null where there is none. */
  readonly manifestSha256: string | null;
};

/** {@link examineBundle} for whoever wants the verdicts alone. */
export async function verifyBundle(
  source: RandomAccess | Folder,
  options: VerifyOptions,
): Promise<VerifyReport> {
  return (await examineBundle(source, options)).report;
}

/**
 * Verifies an evidence bundle, without database or network. All of the bundle is the word of whoever made it.
 *
 * @param source The zip, or the files that were unpacked from it; read once from front to back, and never held whole.
 * @returns Three separate verdicts. What is wrong is named file by file; the first fault does not end the reading.
 * @throws BundleError if the file cannot be looked at as a bundle: `not-a-zip`, `truncated-zip`,
 *   `repacked-zip`, `not-a-bundle`, `newer-format`, `unknown-format`; `bad-log-key` if the expected key is none.
 */
export async function examineBundle(
  source: RandomAccess | Folder,
  options: VerifyOptions,
): Promise<Examined> {
  const { sha256 } = options;
  const expected = expectedKeys(options);
  const findings = newFindings();

  // The zip is ours to the last bit, and every file is the one that the manifest lists, none missing and none besides.
  const files = await readFiles(source, options, findings);
  if (files === null) {
    const report = reportOf(null, { findings, keyExpected: null });
    return { report, manifest: null, manifestSha256: null };
  }
  const manifest = readManifestFile(files, findings);
  checkFiles(files, manifest, findings);

  // The head was signed by the log's key, and is the head of exactly these leaves.
  const log = await checkLog(files, manifest, { sha256, findings });

  // Every exhibit leads by its object and its envelope to a leaf, and the leaf to the head.
  const streams = streamsOf(files, manifest, findings);
  const scene = manifest === null ? null : { sha256, findings, files, log, manifest, streams };
  const opened = scene === null ? new Map() : checkOpenings(scene);

  // The key is the one that the reader expects, or the log was handed over to it; and what the reader kept is still there.
  const chain = scene === null ? NO_CHAIN : await checkKeys(scene, opened);
  const keyExpected = compareKeys(log.vkey, chain, expected, findings);
  const heads = scene === null ? [] : await checkHeads(scene, chain, options.heads ?? []);

  // The log has a line, after all these, that holds the hash of the manifest.
  if (scene !== null) await checkSeal(scene);

  // What outsiders said about when: of heads of this log, before and after each exhibit.
  const time = scene === null ? NO_TIME : await checkTime(scene, opened, trustOf(options, chain));

  const found = { findings, keyExpected, key: log.vkey, keyChanges: chain.changes, heads, opened, time };
  const manifestSha256 = files.all.get(PATH.manifest)?.sha256 ?? null;
  return { report: reportOf(scene, found), manifest, manifestSha256 };
}

type Found = {
  readonly findings: Findings;
  readonly keyExpected: boolean | null;
  readonly key?: string | null;
  readonly keyChanges?: readonly KeyChange[];
  readonly heads?: readonly HeadReport[];
  readonly opened?: ReadonlyMap<number, OpenedEntry>;
  readonly time?: TimeReport;
};

function reportOf(
  scene: Scene | null,
  { findings, keyExpected, key = null, keyChanges = [], heads = [], opened, time = NO_TIME }: Found,
): VerifyReport {
  const { failures } = findings;
  return {
    format: scene?.manifest.format ?? null,
    integrity: { ok: failures.length === 0, key, keyExpected, keyChanges, heads, failures },
    time,
    completeness: completenessOf(scene, opened ?? new Map()),
  };
}

function expectedKeys({ logKey, policy }: VerifyOptions): readonly string[] {
  if (logKey === undefined) return policy?.logs.map(formatVkey) ?? [];
  const key = logKey.trim();
  try {
    parseVkey(key);
  } catch (error) {
    throw new BundleError('bad-log-key', (error as Error).message);
  }
  return [key];
}

function trustOf({ timeRoots, policy }: VerifyOptions, { keys }: KeyChain): TimeTrust {
  return { keys, roots: timeRoots ?? null, policy: policy ?? null };
}

function streamsOf(files: FoundFiles, manifest: Manifest | null, findings: Findings): readonly StreamKey[] {
  const text = files.text(PATH.streams);
  if (text === null) return [];
  const streams = findings.attempt(PATH.streams, 'malformed', () => readStreams(text)) ?? [];
  if (manifest !== null && describe(streams) !== describe(manifest.streams)) {
    findings.fail(PATH.streams, 'malformed', 'The manifest names other streams.');
  }
  return streams;
}

function describe(streams: readonly { readonly name: string; readonly count: number }[]): string {
  return JSON.stringify(streams.map(({ name, count }) => [name, count]));
}

function completenessOf(
  scene: Scene | null,
  opened: ReadonlyMap<number, OpenedEntry>,
): VerifyReport['completeness'] {
  const streams = scene === null ? [] : accountForStreams(scene, opened);
  if (streams.length === 0) return { ok: null, streams };
  return { ok: streams.every(isWhole), streams };
}

function isWhole({ missing, gaps }: StreamReport): boolean {
  return missing === 0 && gaps.length === 0;
}
