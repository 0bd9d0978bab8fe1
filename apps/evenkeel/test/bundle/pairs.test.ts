import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openZip } from '@evenkeel/proof/zip';
import { beforeAll, describe, expect, test } from 'vitest';
import { player } from '../procedure/playing.ts';
import { seededChance } from '../support/seeded-chance.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { testApp } from '../support/test-app.ts';
import { testDatabase } from '../support/test-database.ts';

const chance = seededChance('exhibit-pairs');
chance.setClock(Date.parse('2026-05-12T10:20:00+03:00'));
const app = await testApp(await testDatabase(), { chance });
const play = player(app);
const { id: party } = await app.ask<{ id: string }>('POST', '/api/parties', {
  ...{ name: 'Orlov', state: 'client', identifiers: ['orlov@baltika.example'] },
});
let call = '';
let letter = '';
let between = '';

const mail = async (text: string, at: string) =>
  (
    await app.ask<{ id: string }>('POST', '/api/interactions', {
      ...{ text, party: { id: party }, direction: 'inbound', way: 'mail', at, from: 'orlov@baltika.example' },
    })
  ).id;

beforeAll(async () => {
  call = (
    await app.ask<{ id: string }>('POST', '/api/interactions/by-hand', {
      ...{ kind: 'call', direction: 'inbound', parties: [{ id: party }], at: '2026-05-12T10:00:00+03:00' },
      ...{ durationMin: 12, channel: 'phone', people: ['Orlov'], subject: 'Call about the login' },
      ...{ text: 'Orlov asked where the login is.', quotes: [], outcome: null },
    })
  ).id;
  between = await mail('An invoice came in between.', '2026-05-12T10:15:00+03:00');
  const { packs } = await app.ask<{ packs: { id: string }[] }>('GET', '/api/procedures/packs?subject=call');
  const id = await play.start(packs[0]!.id, party, { kind: 'call', id: call });
  const shown = await play.done(id, (await play.see(id)).now!.step);
  const step = shown.steps.find((each) => each.id === shown.now!.step)!;
  await play.draft(id, step.letter!, { 'what-was-agreed': 'Nothing yet.', 'next-step': 'I look by Monday.' });
  await play.final(id, step.letter!);
  await play.hand(id, step.letter!);
  letter = (await play.see(id)).pairs[0]!.second;
});

async function printed(wish: object): Promise<string> {
  const answer = await app.call('POST', '/api/bundles', { party, zone: 'Europe/Helsinki', ...wish });
  expect(answer.status).toBe(200);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const zip = await openZip({ size: bytes.length, read: async (start, end) => bytes.subarray(start, end) });
  const file = join(temporaryFolder(), 'chronology.pdf');
  writeFileSync(
    file,
    await zip.read(zip.entries.find(({ path }) => /chronology.*\.pdf$/.test(path))!, 1 << 28),
  );
  const text = execFileSync('pdftotext', [file, '-'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return text.replace(/\s+/g, ' ');
}

function hasReader(): boolean {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const canRead = hasReader();
if (!canRead) console.info('SKIPPED reading bundles back: poppler-utils is not installed.');

describe.runIf(canRead)('a bundle of a client with a call that was put in writing', () => {
  test('shows the note and its mail as a pair, each naming the other', async () => {
    const text = await printed({ exhibits: null });
    expect(text).toContain('Exhibit pairs');
    expect(text).toMatch(/Exhibit pair 1, side by side on page 3: EVK\d+, page \d+, puts this in writing\./);
    expect(text).toMatch(/this puts EVK\d+, page \d+, in writing\./);
    expect(text).toContain('Nothing that came back on it is recorded.');
  });

  test('puts the mail right behind the note among picked exhibits, whatever came in between', async () => {
    const text = await printed({ exhibits: [call, between, letter] });
    const exhibits = text.slice(
      text.indexOf('The records that were picked'),
      text.indexOf('Every record of the bundle'),
    );
    const places = [
      'Orlov asked where the login is.',
      'I look by Monday.',
      'An invoice came in between.',
    ].map((words) => exhibits.indexOf(words));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('makes no pair of a record whose letter is kept back', async () => {
    expect(await printed({ exhibits: [call, between] })).not.toContain('Exhibit pair');
  });

  test('prints the points when the maker chooses so, and not otherwise', async () => {
    const quote = 'An invoice came in between.';
    const { id } = await app.ask<{ id: string }>('POST', `/api/parties/${party}/points`, {
      ...{ kind: 'question', title: 'The invoice of May' },
      cite: { interactionId: between, start: 0, end: quote.length, quote },
    });
    const again = await mail('The invoice again!', '2026-05-12T10:19:00+03:00');
    await app.ask('POST', `/api/points/${id}/raise`, {
      cite: { interactionId: again, start: 0, end: 11, quote: 'The invoice' },
    });
    await app.ask('POST', `/api/points/${id}/ground`, { ground: 'partly', reason: 'One line was double.' });
    expect(await printed({ exhibits: null })).not.toContain('The invoice of May');
    const text = await printed({ exhibits: null, withMatters: true });
    for (const words of [
      ...['#1 The invoice of May', 'State open', 'Founded? partly founded', 'Raised again 1×'],
      ...['Reason: One line was double.', '“An invoice came in between.”', 'the owner of this record'],
    ]) {
      expect(text).toContain(words);
    }
  });
});
