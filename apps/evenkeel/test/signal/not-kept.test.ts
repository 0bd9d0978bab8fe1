import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import { DraftReadSchema, NoteReadSchema, TextReadSchema } from '../../src/modules/signal/schemas.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MARKER = 'zanzibar-heliotrope-9931';
const PASTED = `You people are useless liars. Where is my ${MARKER}? I want my money back today.
If it is not here by Friday, I will see you in court.`;

/** Every file under a folder that holds a text. */
async function filesWith(folder: string, text: string): Promise<readonly string[]> {
  const hits: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(text)) hits.push(path.slice(folder.length + 1));
  }
  return hits;
}

/** What is kept by choice lies under seal: its words are as little in a file as those of what is not. */
async function keptOnPurpose(
  ask: (path: string, body: unknown) => Promise<unknown>,
  app: App,
  party: string,
): Promise<void> {
  const message = await ask('/api/interactions/by-hand', {
    ...{ kind: 'message', direction: 'inbound', parties: [{ id: party }], at: '2026-05-11T09:14:00+03:00' },
    text: 'Where is it?',
  });
  const { id } = message as { id: string };
  const wish = { party, text: `It is your own ${MARKER}.`, until: '7-days' };
  expect(await ask(`/api/interactions/${id}/kept-drafts`, wish)).toMatchObject({ id: expect.any(String) });
  const listed = await app.fetch(new Request('http://evenkeel.local/api/kept-drafts'), { isLocal: true });
  expect(await listed.json()).toMatchObject({ items: [{ text: `It is your own ${MARKER}.` }] });
}

test('a text that was looked at is in no file of the data folder and in no line of the log', async () => {
  const dataDir = temporaryFolder();
  const logged: string[] = [];
  const app = await openApp({
    config: { data: dataDir, port: 0, host: '127.0.0.1', databaseUrl: null, pgBin: null },
    chance: seededChance('not-kept'),
    log: (event, fields) => void logged.push(JSON.stringify({ event, ...fields })),
    say: (line) => void logged.push(line),
    forPeople: false,
  });
  const ask = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const request = new Request(`http://evenkeel.local${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return (await app.fetch(request, { isLocal: true })).json();
  };

  const read = TextReadSchema.parse(await ask('/api/language/read', { text: PASTED }));
  expect(read.lang).toBe('en');
  expect(read.asks.map(({ number }) => number)).toEqual(read.asks.map((_, i) => i + 1));
  expect(read.asks.map(({ quote }) => quote).join(' ')).toContain(MARKER);
  expect(read.findings.map(({ kind }) => kind)).toContain('legal_threat');
  for (const { start, end, quote } of [...read.asks, ...read.findings])
    expect(PASTED.slice(start, end)).toBe(quote);

  const draft = DraftReadSchema.parse(
    await ask('/api/language/draft', {
      text: `This is nonsense, your ${MARKER} is your own fault.`,
      replyTo: { text: PASTED },
    }),
  );
  expect(draft.findings.some(({ level }) => level === 'warning')).toBe(true);
  const { id: party } = (await ask('/api/parties', { name: 'Orlov', identifiers: [] })) as { id: string };
  const compared = await ask('/api/language/draft', { text: `We never promised you a ${MARKER}.`, party });
  expect(DraftReadSchema.parse(compared).lang).toBe('en');
  const note = NoteReadSchema.parse(
    await ask('/api/language/note', { text: `He is a narcissist who only wants his ${MARKER} to annoy us.` }),
  );
  expect(note.findings.length).toBeGreaterThan(0);
  await keptOnPurpose(ask, app, party);
  const mistaken = await ask('/api/language/draft', { text: MARKER, lang: 'tlh' });
  expect(mistaken).toMatchObject({ code: 'not-understood' });

  expect(await filesWith(dataDir, MARKER), 'while it runs').toEqual([]);
  await app.close();
  expect(await filesWith(dataDir, MARKER), 'after it was closed').toEqual([]);
  expect(logged.join('\n')).not.toContain(MARKER);
});
