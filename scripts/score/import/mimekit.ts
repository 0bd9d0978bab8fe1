import { readContainer } from '@evenkeel/records/container';
import { bytesSource } from '@evenkeel/records/source';
import { corpusBytes, corpusFiles, corpusJson } from './corpus.ts';
import { evenkeel, readBy } from './readers.ts';
import type { MailReader } from './reading.ts';
import { answer, ask, type Tally } from './tally.ts';

const SET = 'mimekit';
type Part = {
  readonly mimeType?: string;
  readonly beginOffset: number;
  readonly headersEndOffset: number;
  readonly endOffset: number;
  readonly children?: readonly Part[];
  readonly message?: { readonly beginOffset: number; readonly endOffset: number };
};
type Message = { readonly beginOffset: number; readonly endOffset: number; readonly body: Part };

/** Where messages and the messages inside them begin and end in an mbox. */
export async function scoreMimekit(tally: Tally, readers: readonly MailReader[]): Promise<void> {
  for (const path of corpusFiles('email/mimekit/mbox').filter((name) =>
    name.endsWith('.unix-offsets.json'),
  )) {
    const bytes = corpusBytes(path.replace('.unix-offsets.json', '.mbox.txt'));
    const expected = corpusJson<readonly Message[]>(path);
    await scoreBox(tally, path, bytes, expected);
    for (const message of expected) await scoreNested(tally, readers, path, bytes, message);
  }
}

async function scoreBox(
  tally: Tally,
  about: string,
  bytes: Buffer,
  expected: readonly Message[],
): Promise<void> {
  const starts: number[] = [];
  for await (const event of readContainer(bytesSource('x.mbox', bytes)))
    if (event.type === 'item') starts.push(event.range.start);
  for (const { beginOffset } of expected) {
    const got = starts.find((start) => start === beginOffset) ?? null;
    ask(tally, { set: SET, field: 'messages in mbox', about }, evenkeel.name, beginOffset, got);
  }
}

async function scoreNested(
  tally: Tally,
  readers: readonly MailReader[],
  about: string,
  bytes: Buffer,
  message: Message,
): Promise<void> {
  const inner = nestedIn(message.body);
  if (inner.length === 0) return;
  for (const reader of readers) {
    const got = await readBy(reader, bytes.subarray(message.beginOffset, message.endOffset));
    for (const { beginOffset, endOffset } of inner) {
      const wanted = bytes.subarray(beginOffset, endOffset);
      const isMatch = got.nested.some((one) => one.equals(wanted));
      answer(
        tally,
        { set: SET, field: 'nested, bytes', about },
        reader.name,
        isMatch,
        () => `${beginOffset}..${endOffset}`,
      );
    }
  }
}

function nestedIn(part: Part): readonly { beginOffset: number; endOffset: number }[] {
  return part.message ? [part.message] : (part.children ?? []).flatMap(nestedIn);
}
