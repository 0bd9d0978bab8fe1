import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { verifyBundle } from '@evenkeel/proof/verify';
import { openZip } from '@evenkeel/proof/zip';
import { expect } from 'vitest';
import { disagreement } from '../../../../packages/proof/test/differential.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';
import { mail, sha256 } from './apart-parts.ts';

export const ME = 'alex@bergworks.example';
export const THEM = 'dmitri@baltika.example';
/** Words of a letter that are nobody else's to read. */
export const SECRET = 'daughter Lidia, 040 765 4321';

/** A client with three letters and four notes, one of them privileged, and bundles made of them. */
export async function apartStory() {
  const app = await testApp(await testDatabase());
  const ids = new Map<string, string>();

  const folder = temporaryFolder();
  const mails = [
    mail(
      1,
      THEM,
      ME,
      'Login',
      `Where is the login?\r\nCall my ${SECRET}, if I am out.\r\nDmitri`,
      'permit-words-of-mine',
    ),
    mail(
      2,
      ME,
      THEM,
      'Re: Login',
      `It is in line 4.\r\n\r\n> Call my daughter Lidia,\r\n> 040 765 4321, if I am out.`,
    ),
    mail(3, THEM, ME, 'Thanks', 'Found it, thank you.'),
  ];
  for (const [i, bytes] of mails.entries()) {
    await mkdir(dirname(join(folder, `${i}.eml`)), { recursive: true });
    await writeFile(join(folder, `${i}.eml`), bytes);
  }
  const add = (name: string, identifiers: string[]) =>
    app.ask<{ id: string }>('POST', '/api/parties', { name, identifiers });
  const party = (await add('Dmitri Orlov', [THEM])).id;
  const other = (await add('Virtanen Rakennus', ['leena@virtanen.example'])).id;
  await app.bringIn({ paths: [folder], me: [ME], only: [THEM] });
  const { items } = await app.ask<{ items: { id: string; subject: string }[] }>(
    'GET',
    `/api/parties/${party}/timeline?limit=10`,
  );
  for (const { id, subject } of items) ids.set(subject, id);
  for (const [name, text, parties, privilege] of [
    [
      'advice',
      'Our counsel says: counselwords-stay-here.',
      [party],
      { kind: 'counsel', basis: 'Mira Salo, attorney, on the refund' },
    ],
    ['plain note', 'Orlov rang about the hall. plainnote-words', [party], null],
    ['naming note', 'Orlov says Virtanen Rakennus pays more. namingnote-words', [party], null],
    ['shared', 'Both were on site. sharednote-words', [party, other], null],
  ] as const) {
    const { id } = await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
      ...{ kind: 'note', direction: 'internal', parties: parties.map((one) => ({ id: one })) },
      ...{ at: '2026-05-08T10:00:00+03:00', text, privilege },
    });
    ids.set(name, id);
  }
  await app.runner.caughtUp();
  const idOf = (name: string) => ids.get(name)!;
  const order = (more: object = {}) => ({ party, exhibits: null, ...more });

  async function make(more: object = {}): Promise<ReadonlyMap<string, Uint8Array>> {
    const response = await app.call('POST', '/api/bundles', order(more));
    if (response.status !== 200) throw new Error(await response.text());
    const bytes = new Uint8Array(await response.arrayBuffer());
    const source = {
      size: bytes.length,
      read: async (start: number, end: number) => bytes.subarray(start, end),
    };
    const report = await verifyBundle(source, { sha256 });
    expect(await disagreement(bytes)).toBeNull();
    expect(report.integrity).toMatchObject({ ok: true, failures: [] });
    expect(report.completeness).toMatchObject({ ok: true, streams: [{ missing: 0 }] });
    const zip = await openZip(source);
    const files = new Map<string, Uint8Array>();
    for (const entry of zip.entries) files.set(entry.path, await zip.read(entry, 1 << 28));
    return files;
  }

  /** Why the timeline says that a record stays with us. */
  async function saidOnTimeline(id: string): Promise<string | null | undefined> {
    const { items } = await app.ask<{ items: { id: string; keptBack: string | null }[] }>(
      'GET',
      `/api/parties/${party}/timeline?limit=100`,
    );
    return items.find((row) => row.id === id)?.keptBack;
  }

  async function spanOf(id: string, words: string) {
    const { text } = await app.ask<{ text: string }>('GET', `/api/interactions/${id}`);
    const start = text.indexOf(words);
    return { start, end: start + words.length };
  }

  const redact = async (id: string, words: string, more: object = {}) =>
    app.call('POST', `/api/interactions/${id}/redactions`, {
      party,
      reason: 'number of a child',
      text: [await spanOf(id, words)],
      ...more,
    });

  return { app, party, idOf, order, make, saidOnTimeline, spanOf, redact };
}
