/** Bundles are made one at a time, so that no two give the same number. */
let queue: Promise<unknown> = Promise.resolve();

/** Bytes whose making begins when those before them are through. */
export async function* inTurn(make: () => AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const before = queue;
  let done = () => {};
  queue = new Promise<void>((resolve) => {
    done = resolve;
  });
  await before;
  try {
    yield* make();
  } finally {
    done();
  }
}

/** The same bytes. `end` is called when they are through, when they fail, and when nobody wants them, begun or not. */
export function endingWith(bytes: AsyncGenerator<Uint8Array>, end: () => void): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        const got = await bytes.next().catch((error: unknown) => {
          end();
          throw error;
        });
        if (got.done) end();
        return got;
      },
      return: async () => {
        // Of a generator that was never begun no `finally` runs.
        end();
        return bytes.return(undefined);
      },
    }),
  };
}
