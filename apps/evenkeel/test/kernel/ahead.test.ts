import { expect, test } from 'vitest';
import { ahead } from '../../src/kernel/ahead.ts';

/** Work that ends when it is told to, and a record of what was begun and ended. */
function controlled() {
  const said: string[] = [];
  type Ending = { readonly end: () => void };
  const begins = [1, 2, 3].map(() => Promise.withResolvers<Ending>());
  const begun = (n: number) => begins[n - 1]!.promise;
  const work = async (n: number) => {
    said.push(`begun ${n}`);
    await new Promise<void>((end) => begins[n - 1]!.resolve({ end }));
    said.push(`ended ${n}`);
    return n * 10;
  };
  return { said, begun, work };
}

test('results come in order, each while the next is under way and no other', async () => {
  const { said, begun, work } = controlled();
  const results = ahead([1, 2, 3], work);
  const first = results.next();
  (await begun(1)).end();
  expect(await first).toEqual({ value: 10, done: false });
  expect(said).toEqual(['begun 1', 'ended 1', 'begun 2']);
  const second = results.next();
  (await begun(2)).end();
  expect(await second).toEqual({ value: 20, done: false });
  expect(said.slice(3)).toEqual(['ended 2', 'begun 3']);
  (await begun(3)).end();
  expect(await results.next()).toEqual({ value: 30, done: false });
  expect(await results.next()).toMatchObject({ done: true });
});

test('whoever stops early waits for what is under way', async () => {
  const { said, begun, work } = controlled();
  const results = ahead([1, 2, 3], work);
  const first = results.next();
  (await begun(1)).end();
  await first;
  const stopped = results.return(undefined);
  (await begun(2)).end();
  await stopped;
  expect(said).toEqual(['begun 1', 'ended 1', 'begun 2', 'ended 2']);
});

test('a failure comes in the place of its result, also through two stages', async () => {
  const seen: number[] = [];
  const failing = async (n: number) => {
    if (n === 3) throw new Error('unreadable');
    return n;
  };
  const results = ahead(ahead([1, 2, 3, 4], failing), async (n) => n * 10);
  const all = (async () => {
    for await (const result of results) seen.push(result);
  })();
  await expect(all).rejects.toThrow('unreadable');
  expect(seen).toEqual([10]);
});
