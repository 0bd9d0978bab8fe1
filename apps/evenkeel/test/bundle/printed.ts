import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { renderChronology } from '../../src/modules/bundle/chronology.render.ts';
import type { Chronology, ChronologyEntry } from '../../src/modules/bundle/chronology.ts';

const CHECKS_WITHOUT_ANCHOR = [
  'Integrity: evenkeel bundle verify FILE.zip --log-key KEY recomputes every hash up to the signed checkpoint; README.txt in the bundle gives the same steps by hand with sha256sum and openssl. Take the key from another place than this bundle.',
  'Time bounds: none: no outside anchor. The times are what each message and the program state; nobody outside has confirmed them.',
  'Completeness: the bundle accounts for every number given to a record of this party, as exhibit, withheld or erased. A record that was never filed under the party is outside this proof.',
];

export const HASH = '0123456789abcdef'.repeat(4);
export const folder = mkdtempSync(join(tmpdir(), 'chronology-'));

export function entry(index: number, over: Partial<ChronologyEntry> = {}): ChronologyEntry {
  return {
    bates: `EVK${String(index).padStart(7, '0')}`,
    at: '2026-05-12T00:14:03+03:00',
    atUtc: '2026-05-11T21:14:03.000Z',
    zoneShown: '12 May 2026, 00:14 Europe/Helsinki',
    kind: 'mail',
    direction: 'inbound',
    from: 'Dmitri Orlov <dmitri.orlov@baltika.example>',
    to: 'alex@lumenworks.example',
    subject: `Letter ${index}`,
    text: `This is the text of letter ${index}.`,
    attachments: [],
    sha256: HASH,
    index,
    issues: [],
    sources: ['sent 2026-05-12 00:14:03 +03:00 (Date header, claimed)'],
    lateBy: null,
    stated: [],
    ...over,
  };
}

export function chronology(entries: readonly ChronologyEntry[], over: Partial<Chronology> = {}): Chronology {
  return {
    title: 'Chronology and exhibits',
    workspace: 'Lumen Works',
    party: 'Baltika Oy',
    zone: 'Europe/Helsinki',
    createdAt: '2026-05-20T10:00:00.000Z',
    period: { from: '2026-01-12T09:00:00+02:00', to: '2026-05-12T00:14:03+03:00' },
    counts: [{ label: 'Records', value: String(entries.length) }],
    missing: ['Telephone calls are not part of this record.'],
    howToCheck: CHECKS_WITHOUT_ANCHOR,
    checkpoint:
      'evenkeel.example/log/7f3a\n3\n1BhuPAWmIM5hOX6Di/vXbm8n5tfaoTxZ64Ko4JRgjhw=\n\n— evenkeel.example/log/7f3a 0z30\n',
    vkey: 'evenkeel.example/log/7f3a+d33df478+AZ4PS67A0av+1TLsWfakJkHRegsOSoPnMUcp6OYiyy+l',
    exhibits: [],
    pairs: [],
    points: [],
    facts: [],
    entries,
    ...over,
  };
}

export async function saved(name: string, c: Chronology): Promise<string> {
  const { volumes } = await renderChronology(c);
  expect(volumes).toHaveLength(1);
  const file = join(folder, `${name}.pdf`);
  writeFileSync(file, volumes[0] as Uint8Array);
  return file;
}

/** Runs a program of poppler or qpdf; their complaints about other readers' habits go to standard error, unread. */
export function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 28,
  });
}

export function has(program: string): boolean {
  try {
    run(program, '--help');
    return true;
  } catch (problem) {
    return (problem as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

export const pageText = (file: string, page: number) =>
  run('pdftotext', '-f', `${page}`, '-l', `${page}`, '-layout', file, '-');
export const wholeText = (file: string) => run('pdftotext', file, '-');
export const pagesOf = (file: string) => Number(/^Pages:\s+(\d+)/m.exec(run('pdfinfo', file))?.[1]);
