import { describe, expect, test } from 'vitest';
import { bytesSource } from '../../src/source.ts';
import { teamsTranscript } from '../../src/teams/transcript.ts';
import { eventsOf } from '../containers.ts';
import { runOf } from '../export-run.ts';

const source = (value: unknown, name = 'export.json') =>
  bytesSource(name, Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

describe('Teams, out of an administrator’s search', () => {
  const page = (words: string) => `<!DOCTYPE html><html><body>${words}</body></html>`;
  const talk = '19:0123456789abcdef@thread.v2';

  test('a page of a conversation is kept whole and found by its words; nobody is guessed to have said them', async () => {
    const { items, seam } = await runOf(
      teamsTranscript,
      source(page(`<p>Conversation ${talk}</p><p>Anna: the roof leaks</p>`), 'Chat 1.html'),
    );
    expect(seam).toBeNull();
    expect(items).toMatchObject([
      {
        kind: 'document',
        from: null,
        to: [],
        text: expect.stringContaining('the roof leaks'),
        issues: [{ code: 'export-incomplete' }],
      },
    ]);
  });

  test('other pages are not taken for one, and the list beside it says what it is', async () => {
    const recognises = (text: string, name: string) => teamsTranscript.recognises(Buffer.from(text), name);
    expect(recognises(page(talk), 'a.html')).toBe(true);
    expect(recognises(page('hello'), 'Export/NativeFiles/1.html')).toBe(true);
    expect(recognises(page('hello'), 'a.html')).toBe(false);
    expect(recognises(`call me at ${talk}`, 'a.txt')).toBe(false);
    const [event] = await eventsOf(
      'Export_Loadfile_1.csv',
      Buffer.from('File ID,Conversation ID,Native file\n1,2,3\n'),
    );
    expect(event).toMatchObject({ issue: { message: expect.stringContaining('Purview') } });
  });
});
