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

/** How long bytes wait for somebody to take them, and whom it is told when nobody did. */
export type Patience = { readonly untakenMs: number; readonly gaveUp: () => void };

/**
 * The same bytes. `end` is called when they are through, when they fail, when nobody wants them, begun or not, and when
 * nobody has taken any for too long: then they end as a failure, so that half of them never looks like the whole.
 */
export function endingWith(
  bytes: AsyncGenerator<Uint8Array>,
  end: () => void,
  { untakenMs, gaveUp }: Patience,
): AsyncIterable<Uint8Array> {
  let isAbandoned = false;
  let waiting: NodeJS.Timeout | undefined;
  const wait = () => {
    waiting = setTimeout(() => {
      isAbandoned = true;
      end();
      gaveUp();
      void bytes.return(undefined);
    }, untakenMs).unref();
  };
  const finish = () => {
    clearTimeout(waiting);
    end();
  };
  wait();
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        if (isAbandoned) throw new Error('Nobody took these bytes for too long.');
        clearTimeout(waiting);
        const got = await bytes.next().catch((error: unknown) => {
          finish();
          throw error;
        });
        if (got.done) finish();
        else wait();
        return got;
      },
      return: async () => {
        // Of a generator that was never begun no `finally` runs.
        finish();
        return bytes.return(undefined);
      },
    }),
  };
}
