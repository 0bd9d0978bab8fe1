import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesIn, mail } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fed, jsonLines } from './piped.ts';
import { evenkeel } from './program.ts';

type Checked = {
  id?: string;
  need?: { is: string; count: number; mayBeFiled: boolean } | null;
  lang: string;
  findings: {
    kind: string;
    quote: string;
    level: string;
    why: string;
    phrase: string | null;
    instead: string[];
  }[];
};

const RUDE = 'This is nonsense, and it is your own fault that you did not read the contract.';
const CLEAN = 'Thank you for your message. I will send you the login by Monday 18 May, 16:00.';

test('a draft with a warning ends with 1, one without with 0', async () => {
  const rude = await fed(['draft', '--json'], RUDE);
  expect(rude.code).toBe(1);
  const { lang, findings } = JSON.parse(rude.out) as Checked;
  expect(lang).toBe('en');
  expect(findings.some(({ level }) => level === 'warning')).toBe(true);
  const clean = await fed(['draft', '--json'], CLEAN);
  expect(clean).toMatchObject({ code: 0 });
  expect((JSON.parse(clean.out) as Checked).findings.filter(({ level }) => level === 'warning')).toEqual([]);
});

test('for a person a warning says what to write instead', async () => {
  const { out, code } = await fed(['draft'], RUDE);
  expect(code).toBe(1);
  expect(out).toMatch(/^LOOK {2}"/m);
});

test('lines are answered in order, and one warning among them ends with 1', async () => {
  const lines = [CLEAN, RUDE, CLEAN].map((text, i) => JSON.stringify({ id: i, text }));
  const ended = await fed(['draft', '--jsonl'], lines.join('\n'));
  expect(ended.code).toBe(1);
  const warned = jsonLines<Checked>(ended).map(({ findings }) =>
    findings.some((one) => one.level === 'warning'),
  );
  expect(warned).toEqual([false, true, false]);
  expect((await fed(['draft', '--jsonl'], lines[0]!)).code).toBe(0);
});

test('what was asked and is left open is a note, when the message is given that it answers', async () => {
  const folder = filesIn(temporaryFolder(), {
    'theirs.txt': 'Where is the login? Can you take the photographs off the second invoice?',
    'ours.txt': 'The login is in line 4 of the list.',
  });
  const { out, code } = await evenkeel([
    'draft',
    join(folder, 'ours.txt'),
    '--reply-to',
    join(folder, 'theirs.txt'),
    '--json',
  ]);
  expect(code).toBe(0);
  const { findings } = JSON.parse(out) as Checked;
  expect(findings.filter(({ kind }) => kind === 'unanswered').map(({ level, why }) => [level, why])).toEqual([
    ['note', 'unanswered: Can you take the photographs off the second invoice?'],
  ]);
});

test('whether it needs a reply at all is said where it is known what is answered, and nowhere else', async () => {
  const folder = filesIn(temporaryFolder(), {
    'thanks.txt': 'Thank you for the pictures, they arrived this morning.',
    'asks.txt': 'Where is the login?',
    'threat.txt': 'I will see you in court.',
    'ours.txt': CLEAN,
  });
  const answering = async (theirs: string) => {
    const args = ['draft', join(folder, 'ours.txt'), '--reply-to', join(folder, theirs)];
    const { out } = await evenkeel([...args, '--json']);
    return (JSON.parse(out) as Checked).need;
  };
  expect(await answering('thanks.txt')).toEqual({ is: 'nothing-asked', count: 0, mayBeFiled: false });
  expect(await answering('asks.txt')).toBeNull();
  expect(await answering('threat.txt')).toBeNull();
  const text = ['draft', join(folder, 'ours.txt'), '--reply-to', join(folder, 'thanks.txt')];
  expect((await evenkeel(text)).out).toContain('No reply is needed: nothing is asked.');
  expect(JSON.parse((await evenkeel([...text.slice(0, 2), '--json'])).out)).not.toHaveProperty('need');
});

test('with a client the newest of their messages is what it answers', async () => {
  const dataDir = temporaryFolder();
  const inbox = filesIn(temporaryFolder(), {
    'a.eml': mail({ body: 'Where is the login? Can you take the photographs off the second invoice?' }),
  });
  const draft = filesIn(temporaryFolder(), { 'draft.txt': 'The login is in line 4 of the list.' });
  expect((await evenkeel(['import', inbox, '--me', 'me@firm.example', '--data', dataDir])).code).toBe(0);
  const args = ['draft', join(draft, 'draft.txt'), '--client', 'Orlov', '--data', dataDir];
  const { code, out } = await evenkeel([...args, '--json']);
  expect(code).toBe(0);
  expect((JSON.parse(out) as Checked).findings.map(({ kind }) => kind)).toContain('unanswered');
  expect((JSON.parse(out) as Checked).need).toBeNull();
  const nobody = await evenkeel([...args.slice(0, 2), '--client', 'Nobody', '--data', dataDir]);
  expect(nobody.code).toBe(2);
  expect(nobody.said).toContain('No client is known by "Nobody"');
});

test('with a client the line of the record is quoted that a draft speaks against', async () => {
  const dataDir = temporaryFolder();
  const inbox = filesIn(temporaryFolder(), {
    'a.eml': mail({ body: 'Here are the server logs you asked for.' }),
    'b.eml': mail({
      ...{ date: 'Mon, 11 May 2026 09:14:00 +0300', subject: 'Terms' },
      body: 'The SLA says four hours.',
    }),
  });
  const drafts = filesIn(temporaryFolder(), {
    'denies.txt': 'We have not received the server logs.',
    'calm.txt': 'Thank you for the server logs.',
    'words.txt': 'The SLA covers it, and so does the RCA.',
  });
  expect((await evenkeel(['import', inbox, '--me', 'me@firm.example', '--data', dataDir])).code).toBe(0);
  const check = (file: string, ...more: string[]) =>
    evenkeel(['draft', join(drafts, file), '--client', 'Orlov', '--data', dataDir, ...more]);
  const denied = await check('denies.txt', '--json');
  expect(denied.code).toBe(1);
  expect((JSON.parse(denied.out) as Checked).findings).toContainEqual(
    expect.objectContaining({
      ...{ kind: 'contradiction', level: 'warning', why: 'record:denied-receipt' },
      record: expect.objectContaining({ side: 'theirs', quote: 'Here are the server logs you asked for.' }),
    }),
  );
  expect((await check('denies.txt')).out).toContain('record:  message, them');
  const jargon = ({ out }: { out: string }) =>
    (JSON.parse(out) as Checked).findings.filter(({ kind }) => kind === 'jargon').map(({ quote }) => quote);
  expect(jargon(await evenkeel(['draft', join(drafts, 'words.txt'), '--json']))).toEqual(['SLA', 'RCA']);
  expect(jargon(await check('words.txt', '--json'))).toEqual(['RCA']);
  const plainly = await check('words.txt', '--plain', 'RCA=what caused it', '--json');
  expect((JSON.parse(plainly.out) as Checked).findings).toContainEqual(
    expect.objectContaining({ quote: 'RCA', why: 'plain-words', instead: ['what caused it'] }),
  );
  expect((await check('words.txt')).out).toContain('instead: what caused it');
  expect((await check('words.txt', '--plain', 'RCA=')).out).not.toContain('what caused it');
  const calm = await check('calm.txt', '--json');
  expect(calm.code).toBe(0);
  expect((JSON.parse(calm.out) as Checked).need).toMatchObject({ is: 'nothing-asked' });
});

test('a time that may be understood in two ways is a note with the exact ones', async () => {
  const { code, out } = await fed(['draft'], 'You have the list by end of day, and the photographs on 5/6.');
  expect(code).toBe(0);
  for (const words of ['17:00', '5 June', '6 May']) expect(out).toContain(`instead: ${words}`);
});

test('plain words without a client, or without words, are a mistake', async () => {
  expect((await fed(['draft', '--plain', 'SLA=how fast we answer'], CLEAN)).code).toBe(2);
  expect((await fed(['draft', '--client', 'Orlov', '--plain', 'SLA'], CLEAN)).code).toBe(2);
});
