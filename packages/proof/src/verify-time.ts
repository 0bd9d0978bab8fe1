import { type Exhibit, stampPath } from './bundle-format.ts';
import { equalBytes, fromBase64, utf8 } from './bytes.ts';
import type { Certificate } from './certificate.ts';
import { newFindings, Wrong } from './findings.ts';
import type { Policy } from './policy.ts';
import { ProofError } from './proof-error.ts';
import { nonceOf, verifyTimeStamp } from './time-stamp.ts';
import {
  type AnchorLine,
  checkBlock,
  checkCosignature,
  type HeldLine,
  mayLieBeside,
  openLine,
  quorumOf,
  textIn,
} from './verify-anchors.ts';
import { type KnownKey, rootsAt } from './verify-heads.ts';
import type { OpenedEntry, Scene } from './verify-openings.ts';
import type {
  AnchorReport,
  BlockReport,
  CosignatureReport,
  ExhibitBounds,
  Findings,
  TimeReport,
} from './verify-report.ts';

const STAMPED = 'log.anchored';
const COSIGNED = 'log.anchor-cosigned';
const IN_BLOCK = 'log.anchor-ots';

export const NO_TIME: TimeReport = {
  ok: null,
  notLaterThan: null,
  notEarlierThan: null,
  anchors: [],
  exhibits: [],
  cosignatures: [],
  quorum: null,
  blocks: [],
  failures: [],
};

/**
 * @property roots Whom the reader trusts to tell the time; null when none was named. Then stamps are listed, and bound
 *   nothing: whoever made the bundle could have been the authority too.
 * @property policy Which witnesses the reader trusts; null when none was named.
 */
export type TimeTrust = {
  readonly keys: readonly KnownKey[];
  readonly roots: readonly Certificate[] | null;
  readonly policy: Policy | null;
};

/**
 * Checks what outsiders said about when: that each speaks of a head of this very log, that its line came after that head,
 * and that a time-stamp holds by the whole list of RFC 3161.
 */
export async function checkTime(
  scene: Scene,
  opened: ReadonlyMap<number, OpenedEntry>,
  trust: TimeTrust,
): Promise<TimeReport> {
  const findings = newFindings();
  const lines = await linesOf(scene, opened, trust.keys, findings);
  const anchors = await each(lines, STAMPED, findings, (line) => checkStamp(line, trust.roots));
  const cosignatures = await each(lines, COSIGNED, findings, (line) => checkCosignature(line, trust.policy));
  const blocks = await each(lines, IN_BLOCK, findings, (line) => checkBlock(scene, line));
  checkNames(scene, opened, findings);
  return {
    ...reportOf(scene, trust, { anchors, cosignatures, blocks: blocks.flat() }),
    ...verdictOf(anchors, findings),
  };
}

function verdictOf(
  anchors: readonly AnchorReport[],
  { failures }: Findings,
): Pick<TimeReport, 'ok' | 'failures'> {
  const isTrusted = anchors.some((anchor) => anchor.isTrusted);
  return { ok: failures.length > 0 ? false : isTrusted ? true : null, failures };
}

type Said = {
  readonly anchors: readonly AnchorReport[];
  readonly cosignatures: readonly CosignatureReport[];
  readonly blocks: readonly BlockReport[];
};

function reportOf(
  { manifest }: Scene,
  { policy }: TimeTrust,
  said: Said,
): Omit<TimeReport, 'ok' | 'failures'> {
  const exhibits = manifest.exhibits.map((exhibit) => boundsOf(exhibit, said.anchors));
  const lastExhibit = Math.max(-1, ...manifest.exhibits.map(({ index }) => index));
  return {
    notEarlierThan: outer(exhibits, 'notEarlierThan'),
    notLaterThan: outer(exhibits, 'notLaterThan'),
    ...said,
    exhibits,
    quorum: quorumOf(said.cosignatures, policy, lastExhibit),
  };
}

/** The lines whose head was signed by the log, and is the one that its leaves lead to; in order of the log. */
async function linesOf(
  scene: Scene,
  opened: ReadonlyMap<number, OpenedEntry>,
  keys: readonly KnownKey[],
  findings: Findings,
): Promise<readonly HeldLine[]> {
  const held: HeldLine[] = [];
  for (const [index, { envelope }] of [...opened].sort(([a], [b]) => a - b)) {
    const line: AnchorLine = { index, kind: envelope.kind, fact: envelope.fact };
    if (![STAMPED, COSIGNED, IN_BLOCK].includes(line.kind)) continue;
    const found = await attempt(findings, line, () => openLine(scene, keys, line));
    if (found !== null) held.push(found);
  }
  const roots = rootsAt(
    scene.sha256,
    scene.log.leaves,
    held.map(({ head }) => head.size),
  );
  return held.filter(({ head, ...line }) => {
    const root = roots.get(head.size);
    if (root && equalBytes(root, head.root)) return true;
    findings.fail(pathOf(line), 'wrong-stamp', 'The head that was stamped is not one of this log.');
    return false;
  });
}

async function each<Report>(
  lines: readonly HeldLine[],
  kind: string,
  findings: Findings,
  check: (line: HeldLine) => Promise<Report> | Report,
): Promise<readonly Report[]> {
  const reports: Report[] = [];
  for (const line of lines.filter((one) => one.kind === kind)) {
    const report = await attempt(findings, line, async () => check(line));
    if (report !== null) reports.push(report);
  }
  return reports;
}

async function attempt<Value>(
  findings: Findings,
  line: Pick<AnchorLine, 'index' | 'kind'>,
  check: () => Promise<Value>,
): Promise<Value | null> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof Wrong || error instanceof ProofError)) throw error;
    findings.fail(pathOf(line), 'wrong-stamp', error.message);
    return null;
  }
}

function pathOf({ index, kind }: Pick<AnchorLine, 'index' | 'kind'>): string {
  return stampPath(index, kind === STAMPED ? 'tsr' : kind === IN_BLOCK ? 'ots' : 'checkpoint');
}

function checkNames({ files }: Scene, opened: ReadonlyMap<number, OpenedEntry>, findings: Findings): void {
  for (const path of files.all.keys()) {
    if (!path.startsWith('time/')) continue;
    const [, index, form] = /^time\/(0|[1-9][0-9]*)\.([a-z]+)$/.exec(path) ?? [];
    const entry = index === undefined ? undefined : opened.get(Number(index));
    if (entry === undefined || !mayLieBeside(entry.envelope, form!))
      findings.fail(path, 'unlisted-file', `${path} belongs to no line of the log that it could be about.`);
  }
}

/** With nobody to trust a stamp is looked at all the same: by the last certificate that it brings itself. */
async function checkStamp(
  { index, fact, head, checkpoint }: HeldLine,
  roots: readonly Certificate[] | null,
): Promise<AnchorReport> {
  const authority = textIn(fact, 'authority');
  const nonce = nonceOf(fromBase64(textIn(fact, 'request')));
  const given = { roots: roots ?? 'its-own', ...(nonce ? { nonce } : {}) } as const;
  const stamp = await verifyTimeStamp(fromBase64(textIn(fact, 'response')), utf8(checkpoint), given);
  const stampedAt = new Date(stamp.time).toISOString();
  return { index, authority, size: head.size, stampedAt, isTrusted: roots === null ? null : true };
}

function boundsOf({ bates, index }: Exhibit, anchors: readonly AnchorReport[]): ExhibitBounds {
  const trusted = anchors.filter(({ isTrusted }) => isTrusted);
  const before = trusted.filter((anchor) => anchor.index < index).map(({ stampedAt }) => stampedAt);
  const after = trusted.filter(({ size }) => size > index).map(({ stampedAt }) => stampedAt);
  return { bates, notEarlierThan: before.sort().at(-1) ?? null, notLaterThan: after.sort()[0] ?? null };
}

/** What holds for all exhibits; nothing does when one of them has no such bound. */
function outer(exhibits: readonly ExhibitBounds[], side: 'notEarlierThan' | 'notLaterThan'): string | null {
  const times = exhibits.map((bounds) => bounds[side]);
  if (times.length === 0 || times.includes(null)) return null;
  const sorted = (times as string[]).toSorted();
  return (side === 'notEarlierThan' ? sorted[0] : sorted.at(-1)) ?? null;
}
