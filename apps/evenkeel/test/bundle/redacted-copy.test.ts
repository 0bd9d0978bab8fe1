import { beforeAll, describe, expect, test } from 'vitest';
import { everything, type Manifest, manifestOf, textOf } from './apart-parts.ts';
import { apartStory, SECRET } from './apart-story.ts';

const { app, party, idOf, order, make, spanOf, redact } = await apartStory();

describe('a copy with words taken out', () => {
  let before: Manifest;

  beforeAll(async () => {
    before = manifestOf(await make());
    const cite = { interactionId: idOf('Login'), ...(await spanOf(idOf('Login'), SECRET)), quote: SECRET };
    await app.ask('POST', `/api/parties/${party}/points`, {
      ...{ kind: 'question', title: `May we call ${SECRET}?`, cite },
    });
  });

  test('is refused without a reason, without anything taken out, and where a file left in says the words', async () => {
    const id = idOf('Login');
    const codes = async (response: Response) => ((await response.json()) as { code: string }).code;
    expect(await codes(await redact(id, SECRET, { reason: '' }))).toBe('reason-missing');
    expect(await codes(await redact(idOf('Thanks'), 'x', { text: [] }))).toBe('nothing-taken');
    expect(await codes(await redact(id, SECRET, { text: [{ start: 5, end: 999_999 }] }))).toBe(
      'span-outside',
    );
    expect(await codes(await redact(id, SECRET, { reason: `it is ${SECRET}` }))).toBe('words-in-reason');
    const { attachments } = await app.ask<{ attachments: { sha256: string }[] }>(
      'GET',
      `/api/interactions/${id}`,
    );
    const files = attachments.map((file) => file.sha256);
    expect(await codes(await redact(id, SECRET, { files, people: ['permit-words-of-mine'] }))).toBe(
      'words-in-file',
    );
  });

  test('stands in the place of the record; an answer that quotes the words holds the bundle until somebody decides', async () => {
    const id = idOf('Login');
    const { attachments } = await app.ask<{ attachments: { name: string; sha256: string }[] }>(
      'GET',
      `/api/interactions/${id}`,
    );
    const plan = attachments.find(({ name }) => name === 'plan.txt')!;
    const made = await redact(id, SECRET, { files: [plan.sha256] });
    expect(made.status, await made.clone().text()).toBe(201);
    const refused = await app.call('POST', '/api/bundles', order());
    expect(await refused.json()).toMatchObject({
      code: 'words-remain',
      params: { ids: [idOf('Re: Login')] },
    });
  });

  test('the words are in no file of the bundle, nor in the PDF; the record is counted as withheld for its copy', async () => {
    const files = await make({ withMatters: true, withRenditions: true, remaining: 'withhold' });
    const told = everything(files);
    for (const words of [SECRET, 'Lidia', '765 4321', 'permit-words-of-mine', 'permit.txt'])
      expect(told.includes(words), words).toBe(false);
    expect(told).toContain('Call my ████, if I am out.');
    expect(told).toContain('The plan of the hall.');
    const manifest = manifestOf(files);
    const copy = manifest.exhibits.find(
      ({ path }) => path.endsWith('.txt') && textOf(files, path).includes('████'),
    )!;
    expect(manifest.withheld.map(({ reason }) => reason)).toContain(`redacted copy ${copy.bates}`);
    expect(before.exhibits.map(({ bates }) => bates)).not.toContain(copy.bates);
  });

  test('numbers that were given stay, and the copy keeps its own in later bundles', async () => {
    const first = manifestOf(await make({ remaining: 'withhold' }));
    const again = manifestOf(await make({ remaining: 'withhold' }));
    expect(again.exhibits).toEqual(first.exhibits);
    const kept = first.exhibits.filter(({ path }) => before.exhibits.some((one) => one.path === path));
    expect(kept.length).toBeGreaterThan(2);
  });

  test('names the commitment of the record, which proves the record when it is shown later', async () => {
    const files = await make({ remaining: 'withhold' });
    const opening = [...files]
      .filter(([path]) => path.startsWith('openings/'))
      .map(
        ([, bytes]) => JSON.parse(Buffer.from(bytes).toString('utf8')) as { kind: string; envelope: string },
      )
      .find(({ kind }) => kind === 'exhibit.redacted')!;
    const { fact } = JSON.parse(Buffer.from(opening.envelope, 'base64').toString('utf8')) as {
      fact: { record: string; object: string };
    };
    const { entry, object } = await app.ask<{ entry: { leaf: string }; object: { commitment: string } }>(
      'GET',
      `/api/interactions/${idOf('Login')}/provenance`,
    );
    expect(entry.leaf).toContain(fact.record);
    expect(object.commitment).toBe(fact.object);
  });

  test('is withdrawn with a reason, and the record is exhibited again under its first number', async () => {
    const { items } = await app.ask<{ items: { id: string }[] }>(
      'GET',
      `/api/interactions/${idOf('Login')}/redactions`,
    );
    expect(items).toHaveLength(1);
    await app.ask('POST', `/api/redactions/${items[0]!.id}/withdraw`, { reason: 'the number is public' });
    const files = await make();
    expect(everything(files)).toContain('765 4321');
    expect(manifestOf(files).exhibits).toEqual(before.exhibits);
  });
});
