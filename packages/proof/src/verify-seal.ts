import { PATH, readSeal, type SealFile } from './bundle-format.ts';
import { fromBase64, fromHex } from './bytes.ts';
import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { verifyConsistency } from './consistency.ts';
import { attemptAsync, Wrong } from './findings.ts';
import { followProof, openEnvelope, type Scene } from './verify-openings.ts';

/** Checks that the log has a line about this very bundle, after all that the bundle shows of it. */
export async function checkSeal(scene: Scene): Promise<void> {
  const seal = readSealFile(scene);
  if (seal !== null) checkSealed(scene, seal);
  const note = scene.files.text(PATH.sealCheckpoint);
  const { vkey } = scene.log;
  if (note === null || vkey === null) return;
  const at = [PATH.sealCheckpoint, 'bad-checkpoint'] as const;
  const head = await attemptAsync(scene.findings, at, () => openCheckpoint(note, vkey));
  if (head === null) return;
  if (seal !== null) checkSealProof(scene, seal, { note, head });
  checkGrowth(scene, head);
}

function readSealFile({ files, findings }: Scene): SealFile | null {
  const text = files.text(PATH.sealOpening);
  return text === null ? null : findings.attempt(PATH.sealOpening, 'malformed', () => readSeal(text));
}

/** The seal must be what its line was made from, and name the manifest that is here. */
function checkSealed({ sha256, findings, files }: Scene, seal: SealFile): void {
  const envelope = findings.attempt(PATH.sealOpening, 'wrong-seal', () =>
    openEnvelope(sha256, seal, fromHex(seal.leaf)),
  );
  if (envelope === null) return;
  if (
    envelope.kind !== 'bundle.created' ||
    seal.seq !== null ||
    seal.objects.some(({ path }) => path !== null)
  ) {
    findings.fail(PATH.sealOpening, 'wrong-seal', 'The seal is not a plain line about a bundle.');
  } else if (files.all.get(PATH.manifest)?.sha256 !== envelope.fact.manifest) {
    findings.fail(PATH.manifest, 'wrong-seal', 'This is not the manifest that the log has sealed.');
  }
}

function checkSealProof(
  { sha256, findings, files, log }: Scene,
  seal: SealFile,
  { note, head }: { note: string; head: Checkpoint },
): void {
  const text = files.text(PATH.sealProof);
  if (text !== null) {
    const goal = { index: seal.index, leaf: fromHex(seal.leaf), note, head };
    findings.attempt(PATH.sealProof, 'wrong-proof', () => followProof(sha256, text, goal));
  }
  if (log.head !== null && seal.index < log.head.size) {
    findings.fail(PATH.sealOpening, 'wrong-seal', 'The seal is older than the head that it should seal.');
  }
}

/** The sealed head must extend the one that everything else in the bundle was checked against. */
function checkGrowth({ sha256, findings, files, log }: Scene, after: Checkpoint): void {
  const before = log.head;
  const text = files.text(PATH.sealConsistency);
  if (before === null || text === null) return;
  findings.attempt(PATH.sealConsistency, 'wrong-proof', () => {
    const claim = { size1: before.size, size2: after.size, root1: before.root, root2: after.root };
    verifyConsistency(sha256, { ...claim, proof: hashLines(text) });
  });
}

function hashLines(text: string): readonly Uint8Array[] {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new Wrong('wrong-proof', 'The consistency proof is cut short.');
  return lines.map(fromBase64);
}
