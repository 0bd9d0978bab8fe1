/** Who relies on the log's key staying as it is, and a change of it: one or the other, never both. */
export type KeyInUse = {
  /** The key stays until what this gives is called. Waits for a change that is under way. */
  readonly keep: () => Promise<() => void>;
  /** Does the change; null, and nothing was done, where somebody relies on the key. */
  readonly change: <Value>(work: () => Promise<Value>) => Promise<Value | null>;
};

/** One of a kind for each log. */
export function keyInUse(): KeyInUse {
  const users = new Set<symbol>();
  let changing: Promise<unknown> | null = null;
  const settled = async () => {
    while (changing !== null) await changing.catch(() => {});
  };
  return {
    keep: async () => {
      const user = Symbol('user of the key');
      // Before the wait, so that a change that comes meanwhile is refused and this one is not put off for ever.
      users.add(user);
      await settled();
      return () => users.delete(user);
    },
    change: async (work) => {
      await settled();
      if (users.size > 0) return null;
      const run = work().finally(() => {
        changing = null;
      });
      changing = run;
      return run;
    },
  };
}
