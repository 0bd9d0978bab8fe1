import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { storyMails } from '../../../../fixtures/story/mails.ts';
import { story } from '../../../../fixtures/story/story.ts';
import { ID, TYPE } from '../../../../packages/records/src/outlook/property.ts';
import { type PstMessage, pstFile } from '../../../../packages/records/test/outlook/pst-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const app = await testApp(await testDatabase());
const folder = temporaryFolder();
const mbox = storyMails().find(({ path }) => path === 'baltika.mbox')!.bytes;

type Containers = {
  items: { position: number; name: string; sha256: string; items: number; isKept: boolean }[];
};

async function runOf(wish: { name: string; bytes: Uint8Array; only?: string[] }): Promise<string> {
  const path = join(folder, wish.name);
  await writeFile(path, wish.bytes);
  const { report } = await app.bringIn({ paths: [path], me: story.workspace.me, only: wish.only ?? null });
  return report.id;
}

async function bytesOf(run: string): Promise<Uint8Array> {
  return new Uint8Array(await (await app.call('GET', `/api/runs/${run}/containers/0`)).arrayBuffer());
}

describe('a file that held several messages', () => {
  test('is given back byte for byte, from its messages and what lay between them', async () => {
    const run = await runOf({ name: 'whole.mbox', bytes: mbox });
    const { items } = await app.ask<Containers>('GET', `/api/runs/${run}/containers`);
    expect(items).toMatchObject([{ position: 0, name: 'whole.mbox', sha256: sha256(mbox), isKept: true }]);
    expect(sha256(await bytesOf(run))).toBe(sha256(mbox));
  });

  test('is given back too when every message in it was known already', async () => {
    const bytes = Buffer.concat([mbox, Buffer.from('\n')]);
    expect(sha256(await bytesOf(await runOf({ name: 'again.mbox', bytes })))).toBe(sha256(bytes));
  });

  test('is given back too when its messages have no bytes of their own there, as in a PST', async () => {
    const message = {
      properties: [
        [ID.messageClass, TYPE.unicode, 'IPM.Note'],
        [ID.subject, TYPE.unicode, 'In a folder'],
        [ID.senderAddress, TYPE.unicode, 'outlook@client.example'],
        [ID.senderType, TYPE.unicode, 'SMTP'],
        [ID.body, TYPE.unicode, 'Some words.'],
      ],
    } satisfies PstMessage;
    const bytes = pstFile({ root: { name: '', folders: [{ name: 'Inbox', messages: [message, message] }] } });
    expect(sha256(await bytesOf(await runOf({ name: 'whole.pst', bytes })))).toBe(sha256(bytes));
  });

  test('is not kept as a whole when something in it was left out by choice, and says so', async () => {
    const run = await runOf({ name: 'chosen.mbox', bytes: mbox, only: [story.parties[0]!.identifiers[0]!] });
    const { items } = await app.ask<Containers>('GET', `/api/runs/${run}/containers`);
    expect(items).toMatchObject([{ name: 'chosen.mbox', isKept: false }]);
    const answer = await app.call('GET', `/api/runs/${run}/containers/0`);
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ code: 'container-not-kept' });
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
