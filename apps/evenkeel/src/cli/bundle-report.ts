import type { VerifyReport } from '@evenkeel/proof/verify-report';

/** The verdicts in words: three, never one. */
export function reportText({ format, integrity, time, completeness }: VerifyReport): string {
  const lines = [
    `Bundle format   ${format ?? 'not read'}`,
    `Integrity       ${integrity.ok ? 'every file is the one the signed log holds' : disagreeText(integrity.failures.length)}`,
    ...integrity.failures.map((failure) => `  ${failure.path}: ${failure.message} (${failure.code})`),
    `Log key         ${integrity.key ?? 'none'}`,
    `                ${keyText(integrity.keyExpected)}`,
    ...integrity.keyChanges.map(({ index, from }) => `  at entry ${index} the log came over from ${from}`),
    ...integrity.heads.map(headText),
    `Time bounds     ${timeText(time)}`,
    ...witnessLines(time),
    ...time.blocks.map(blockLine),
    ...time.failures.map((failure) => `  ${failure.path}: ${failure.message} (${failure.code})`),
    `Completeness    ${completenessText(completeness.ok)}`,
    ...completeness.streams.map(
      (stream) =>
        `  ${stream.first} to ${stream.last}: ${stream.exhibited} exhibited, ${stream.withheld} kept back, ${stream.erased} erased, ${stream.missing} missing`,
    ),
  ];
  return lines.join('\n');
}

function disagreeText(count: number): string {
  return count === 1 ? '1 file or statement does not agree' : `${count} files or statements do not agree`;
}

function headText({ size, agrees }: VerifyReport['integrity']['heads'][number]): string {
  if (agrees === null)
    return `Head you kept   ${size} entries: the bundle ends before it, so they cannot be compared`;
  return `Head you kept   ${size} entries: ${agrees ? 'the log goes through it' : 'NOT of this log'}`;
}

function witnessLines({ cosignatures, quorum }: VerifyReport['time']): readonly string[] {
  const lines = cosignatures.map(
    ({ name, size, cosignedAt, isTrusted }) =>
      `  ${name} cosigned the head of ${size} entries at ${cosignedAt} (${isTrusted === null ? 'not weighed: name whom you trust with --policy FILE' : isTrusted ? 'a witness you trust' : 'not in your policy'})`,
  );
  if (quorum === null) return lines;
  const reached = quorum.isReached
    ? 'enough of your witnesses saw a head that covers every exhibit'
    : 'NOT enough of your witnesses saw a head that covers every exhibit';
  return [...lines, `  ${reached}`];
}

function blockLine({ size, height, merkleRoot, calendar }: VerifyReport['time']['blocks'][number]): string {
  if (height === null) return `  the head of ${size} entries waits for a block, promised by ${calendar}`;
  return `  check block ${height}, merkle root ${merkleRoot ?? 'not computed here'}, with any independent source (head of ${size} entries)`;
}

function timeText({ ok, anchors, notEarlierThan, notLaterThan, failures }: VerifyReport['time']): string {
  if (failures.length > 0)
    return failures.length === 1
      ? '1 time-stamp does not hold'
      : `${failures.length} time-stamps do not hold`;
  if (anchors.length === 0) return 'none: no outside anchor';
  if (ok === null)
    return `${stampsText(anchors.length)}, not weighed: name whom you trust with --tsa-roots FILE`;
  return `not earlier than ${notEarlierThan ?? 'unknown'}, not later than ${notLaterThan ?? 'unknown'} (${stampsText(anchors.length)})`;
}

function stampsText(count: number): string {
  return count === 1 ? '1 time-stamp' : `${count} time-stamps`;
}

function keyText(expected: boolean | null): string {
  if (expected === null) return 'not compared: give the key you got by another road with --log-key';
  return expected ? 'the key you expected' : 'NOT the key you expected';
}

function completenessText(ok: boolean | null): string {
  if (ok === null) return 'not shown: no stream is opened in this bundle';
  return ok ? 'every number is accounted for' : 'numbers are missing';
}
