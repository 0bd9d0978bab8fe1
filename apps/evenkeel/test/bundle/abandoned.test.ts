import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endingWith, inTurn } from '../../src/modules/bundle/in-turn.ts';
import { keyInUse } from '../../src/modules/ledger/key-in-use.ts';

const UNTAKEN_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function* pieces(count: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) yield Uint8Array.of(i);
}

/** A download as a bundle makes it: in turn, and under a key that stays. */
async function download(count: number) {
  const key = keyInUse();
  const letGo = await key.keep();
  const said: string[] = [];
  const patience = { untakenMs: UNTAKEN_MS, gaveUp: () => said.push('abandoned') };
  const bytes = endingWith(
    inTurn(() => pieces(count)),
    letGo,
    patience,
  );
  const isFree = async () => (await key.change(async () => 'changed')) !== null;
  return { taker: bytes[Symbol.asyncIterator](), said, isFree };
}

test.each([
  ['before its first byte', 0],
  ['after some', 2],
])(
  'a download that nobody takes further %s ends: the key is free, it is said, and the next one begins',
  async (_when, taken) => {
    const { taker, said, isFree } = await download(5);
    for (let i = 0; i < taken; i++) await taker.next();
    expect(await isFree()).toBe(false);
    await vi.advanceTimersByTimeAsync(UNTAKEN_MS);
    expect(said).toEqual(['abandoned']);
    expect(await isFree()).toBe(true);
    // Whoever comes back for the rest is told that it broke off, and never that it is whole.
    await expect(taker.next()).rejects.toThrow('too long');
    const next = await download(1);
    expect((await next.taker.next()).value).toEqual(Uint8Array.of(0));
    expect((await next.taker.next()).done).toBe(true);
  },
);

test('one that is taken slowly, but taken, comes to its end and keeps the key until then', async () => {
  const { taker, said, isFree } = await download(5);
  for (let i = 0; i < 5; i++) {
    expect((await taker.next()).value).toEqual(Uint8Array.of(i));
    await vi.advanceTimersByTimeAsync(UNTAKEN_MS - 1);
    expect(await isFree()).toBe(false);
  }
  expect((await taker.next()).done).toBe(true);
  await vi.advanceTimersByTimeAsync(2 * UNTAKEN_MS);
  expect(said).toEqual([]);
  expect(await isFree()).toBe(true);
});

test('the time of making is nobody’s delay: what takes long to make is not given up', async () => {
  const said: string[] = [];
  const slow = async function* () {
    await new Promise((done) => setTimeout(done, 3 * UNTAKEN_MS));
    yield Uint8Array.of(7);
  };
  const bytes = endingWith(slow(), () => {}, { untakenMs: UNTAKEN_MS, gaveUp: () => said.push('abandoned') });
  const first = bytes[Symbol.asyncIterator]().next();
  await vi.advanceTimersByTimeAsync(3 * UNTAKEN_MS);
  expect((await first).value).toEqual(Uint8Array.of(7));
  expect(said).toEqual([]);
});
