import { expect, test } from 'vitest';
import type { Client } from '../../src/cli/client.ts';
import { eraseCommand } from '../../src/cli/erase.ts';

const RECORD = '0198c0de-0000-7000-8000-000000000001';
const ERASED = { state: 'erased', id: 'receipt-1', entries: 3 };
const values = { record: RECORD, reason: 'They asked for it.', yes: true };

/** Somebody who erases, and is done once it was asked how far they are. */
function eraser(progress: () => Response) {
  const said = { results: [] as string[], messages: [] as string[], progress: [] as string[] };
  const asked = Promise.withResolvers<void>();
  const call: Client['call'] = async (method) => {
    if (method === 'POST') return asked.promise.then(() => Response.json(ERASED));
    // Whoever asks has read the answer before the erasure is over.
    setImmediate(asked.resolve);
    return progress();
  };
  const around = {
    connect: async () => ({ call, close: async () => {} }),
    out: {
      result: (text: string) => void said.results.push(text),
      message: (text: string) => void said.messages.push(text),
      progress: (text: string) => void said.progress.push(text),
    },
  } as unknown as Parameters<typeof eraseCommand.run>[1];
  return { said, run: () => eraseCommand.run({ words: [], values }, around) };
}

test('while it erases it says how far it is, and ends with the receipt', async () => {
  const now = { phase: 'keys', done: 1200, of: 4000 };
  const { said, run } = eraser(() => Response.json({ now }));
  expect(await run()).toBe(0);
  expect(said.progress).toEqual(['Overwriting keys, 1,200 of 4,000']);
  expect(said.results).toEqual([expect.stringContaining('Receipt receipt-1')]);
});

test('whether or not it can be told how far it is, it is erased', async () => {
  const { said, run } = eraser(() => {
    throw new Error('The socket is gone.');
  });
  expect(await run()).toBe(0);
  expect(said.progress).toEqual([]);
  expect(said.results).toEqual([expect.stringContaining('Receipt receipt-1')]);
});
