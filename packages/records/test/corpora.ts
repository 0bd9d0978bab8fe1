import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hasher } from '../src/attachment.ts';
import type { ContainerEvent } from '../src/container.ts';
import type { ByteRange } from '../src/issue.ts';
import type { Mail } from '../src/mail.ts';

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));
export const CORPORA = join(REPOSITORY, '../shared/corpora/email');
export const HAS_CORPORA = existsSync(CORPORA);
if (!HAS_CORPORA)
  console.log('skipped: the mail corpora are not beside this checkout (../shared/corpora/email)');

export const sha256 = (): Hasher => {
  const hash = createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
};

/** Every file below a folder of the corpora, as a path relative to it, in a fixed order. */
export function filesIn(folder: string): readonly string[] {
  const root = join(CORPORA, folder);
  if (!existsSync(root)) return [];
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return names.filter((name) => statSync(join(root, name)).isFile()).map((name) => join(folder, name));
}

export function corpusBytes(path: string): Buffer {
  return readFileSync(join(CORPORA, path));
}

/** The first place where ranges leave a hole or overlap, or null if they cover `whole` exactly. */
function firstSeam(ranges: readonly ByteRange[], whole: ByteRange): string | null {
  let at = whole.start;
  for (const range of ranges) {
    if (range.start !== at || range.end < range.start)
      return `expected ${at}, got ${range.start}..${range.end}`;
    at = range.end;
  }
  return at === whole.end ? null : `ends at ${at}, expected ${whole.end}`;
}

/** The same for a message and all messages inside it. */
export function firstSeamInMail(mail: Mail): string | null {
  const last = mail.segments.at(-1)?.end ?? 0;
  const whole = mail.packing === '7bit' ? mail.range : { start: 0, end: last };
  for (const child of mail.children) {
    const seam = firstSeamInMail(child);
    if (seam) return `child: ${seam}`;
  }
  return firstSeam(mail.segments, whole);
}

/** The same for all events of a run: one tiling per member, and one of the container itself. */
export function firstSeamInRun(events: readonly ContainerEvent[], sizeBytes: number): string | null {
  const byMember = new Map<string | null, ByteRange[]>();
  for (const event of events) {
    if (event.type === 'note') continue;
    byMember.set(event.member, [...(byMember.get(event.member) ?? []), event.range]);
  }
  for (const [member, ranges] of byMember) {
    const end = member === null ? sizeBytes : (ranges.at(-1)?.end ?? 0);
    const seam = firstSeam(ranges, { start: 0, end });
    if (seam) return `${member ?? 'container'}: ${seam}`;
  }
  return sizeBytes > 0 && !byMember.has(null) ? 'the container is not accounted for' : null;
}
