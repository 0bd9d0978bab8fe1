import { corpusBytes, corpusFiles, inCorpora } from './corpus.ts';
import { readBy } from './readers.ts';
import { type MailReader, words } from './reading.ts';
import { answer, type Tally } from './tally.ts';

/** The words that Thunderbird reads out of a message must be among those of its text or HTML. */
export async function scoreThunderbird(tally: Tally, readers: readonly MailReader[]): Promise<void> {
  for (const path of corpusFiles('email/thunderbird')) {
    if (!inCorpora(`${path}.out`)) continue;
    const expected = words(corpusBytes(`${path}.out`).toString());
    for (const reader of readers) {
      const got = await readBy(reader, corpusBytes(path));
      const isMatch = [got.text, got.html].some((text) => words(text).includes(expected));
      const question = { set: 'thunderbird', field: 'words', about: path };
      answer(tally, question, reader.name, isMatch, () => `${expected}  but ${words(got.text)}`);
    }
  }
}
