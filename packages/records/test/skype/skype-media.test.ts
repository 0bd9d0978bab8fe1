import { describe, expect, test } from 'vitest';
import type { Beside } from '../../src/exported.ts';
import { skype } from '../../src/skype/reader.ts';
import { bytesSource } from '../../src/source.ts';
import { runOf } from '../export-run.ts';

const source = (value: unknown, name = 'export.json') =>
  bytesSource(name, Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
const lying =
  (files: Readonly<Record<string, unknown>>): Beside =>
  async (path) =>
    Object.hasOwn(files, path) ? source(files[path], path) : null;

describe('Skype', () => {
  const entry = (more: object) => ({
    ...{
      id: '1',
      originalarrivaltime: '2026-05-12T06:14:00Z',
      messagetype: 'RichText/UriObject',
      from: '8:orlov',
    },
    content:
      '<URIObject type="Picture.1" uri="https://api.asm.skype.com/v1/objects/0-weu-d1-abc"><OriginalName v="scan.png"/></URIObject>',
    ...more,
  });
  const read = (files: Readonly<Record<string, unknown>>, more: object = {}) =>
    runOf(
      skype,
      source(
        { userId: '8:me', exportDate: 'x', conversations: [{ id: '8:orlov', MessageList: [entry(more)] }] },
        'messages.json',
      ),
      lying(files),
    );

  test('a file is joined to its message by its number, the largest of its sizes', async () => {
    const files = {
      'media/0-weu-d1-abc.json': { filename: 'scan.webp' },
      'media/0-weu-d1-abc.1.webp': 'small',
      'media/0-weu-d1-abc.2.webp': 'the large one',
    };
    const { items } = await read(files);
    expect(items).toMatchObject([
      { files: [{ name: 'scan.png', path: 'media/0-weu-d1-abc.2.webp' }], issues: [] },
    ]);
    const listed = await read({ 'media/0-x.1.png': 'a' }, { content: '<URIObject>', amsreferences: ['0-x'] });
    expect(listed.items[0]?.files).toMatchObject([{ path: 'media/0-x.1.png' }]);
  });

  test('without it, or with a number that points elsewhere, it is named as missing', async () => {
    for (const files of [{}, { 'media/0-weu-d1-other.1.png': 'x' }])
      expect((await read(files)).items).toMatchObject([
        { files: [{ name: 'scan.png', path: null }], issues: [{ code: 'file-not-exported' }] },
      ]);
    const { items } = await read(
      { 'secret.1.png': 'x' },
      { amsreferences: ['../secret'], content: '<URIObject>' },
    );
    expect(items[0]?.files).toMatchObject([{ path: null }]);
  });
});
