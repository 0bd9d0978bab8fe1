import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesIn, mail, mbox } from '../support/mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { jsonOf, linesOf } from './program.ts';

// More than a follower takes at once, and words enough to keep it behind the import.
const LETTERS = 2500;
const WORDS = Array.from({ length: 400 }, (_, i) => `word${i}`).join(' ');
const MARKED_EVERY = 50;

test('after an import in a process of its own, the next process finds all of it', async () => {
  const root = temporaryFolder();
  const letters = Array.from({ length: LETTERS }, (_, i) =>
    mail({
      subject: `Letter ${i}`,
      body: i % MARKED_EVERY === MARKED_EVERY - 1 ? `invoice ${WORDS}` : WORDS,
    }),
  );
  const mails = filesIn(join(root, 'mails'), { 'orlov.mbox': mbox(letters) });
  const data = ['--data', join(root, 'data')];
  const { totals } = await jsonOf<{ totals: object }>(['import', mails, ...data]);
  expect(totals).toMatchObject({ imported: LETTERS });
  const hits = await linesOf(['search', 'invoice', '--limit', '200', ...data]);
  expect(hits).toHaveLength(LETTERS / MARKED_EVERY);
});
