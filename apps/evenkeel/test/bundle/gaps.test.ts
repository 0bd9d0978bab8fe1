import { createHash } from 'node:crypto';
import { verifyBundle } from '@evenkeel/proof/verify';
import { openZip } from '@evenkeel/proof/zip';
import { beforeAll, expect, test } from 'vitest';
import { disagreement } from '../../../../packages/proof/test/differential.ts';
import { filesIn, mail, mbox } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const app = await testApp(await testDatabase());
const from = 'Ivan Orlov <orlov@gaps.example>';
let party = '';

type Row = { readonly id: string; readonly subject: string };

beforeAll(async () => {
  party = (
    await app.ask<{ id: string }>('POST', '/api/parties', {
      name: 'Orlov',
      identifiers: ['orlov@gaps.example'],
    })
  ).id;
  const mails = [
    mail({ from, subject: 'open', inReplyTo: '<lost-and-told@firm.example>' }),
    mail({ from, subject: 'kept', inReplyTo: '<lost-and-kept-back@firm.example>' }),
  ];
  const folder = filesIn(temporaryFolder(), { 'orlov-secret-folder.mbox': mbox(mails) });
  await app.bringIn({ paths: [folder], me: ['me@firm.example'] });
});

async function bundle(exhibits: readonly string[] | null): Promise<Uint8Array> {
  const response = await app.call('POST', '/api/bundles', { party, exhibits });
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

const sourceOf = (bytes: Uint8Array) => ({
  size: bytes.length,
  read: async (start: number, end: number) => bytes.subarray(start, end),
});

async function textOf(bytes: Uint8Array, path: string): Promise<string> {
  const zip = await openZip(sourceOf(bytes));
  return Buffer.from(await zip.read(zip.entries.find((one) => one.path === path)!, 1 << 28)).toString('utf8');
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

async function idOf(subject: string): Promise<string> {
  const { items } = await app.ask<{ items: readonly Row[] }>('GET', `/api/parties/${party}/timeline`);
  return items.find((row) => row.subject === subject)!.id;
}

test('a bundle lists what is missing and how far each source was read, and verifies', async () => {
  const bytes = await bundle(null);
  const report = await verifyBundle(sourceOf(bytes), { sha256 });
  expect(await disagreement(bytes)).toBeNull();
  expect(report.integrity).toMatchObject({ ok: true, failures: [] });
  const table = await textOf(bytes, 'gaps.csv');
  const rows = table.replace('\uFEFF', '').trimEnd().split('\r\n');
  expect(rows[0]).toBe('No.,What,Log entry,Time (UTC),Until (UTC),How many,Named as,In words');
  expect(rows.filter((row) => /^\d+,answered,\d+,/.test(row))).toHaveLength(2);
  expect(table).toContain('<lost-and-told@firm.example>');
  expect(table).toContain('2 items: 2 recorded, 0 known already, 0 left out by choice, 0 unreadable.');
});

test('of what is kept back it says that something is missing, and not by which name; of our files not where they lie', async () => {
  const table = await textOf(await bundle([await idOf('open')]), 'gaps.csv');
  expect(table).toContain('<lost-and-told@firm.example>');
  expect(table).not.toContain('lost-and-kept-back');
  expect(table.split('\r\n').filter((row) => /^\d+,answered,\d+,/.test(row))).toHaveLength(2);
  expect(table).not.toContain('secret-folder');
});
