/**
 * Does the work on each input, one at a time and in order; on the next one while the caller is busy with the last.
 * Whoever stops early, or is stopped by an error, leaves nothing running.
 */
export async function* ahead<Input, Result>(
  inputs: Iterable<Input> | AsyncIterable<Input>,
  work: (input: Input) => Promise<Result>,
): AsyncGenerator<Result> {
  let running: Promise<Result> | null = null;
  try {
    for await (const input of inputs) {
      const before: Promise<Result> | null = running;
      await before;
      running = work(input);
      // A failure is thrown where its result is asked for.
      running.catch(() => {});
      if (before) yield await before;
    }
    if (running) yield await running;
  } finally {
    await running?.catch(() => {});
  }
}
