/** What a program in a process of its own gets of our environment: nothing that could change what it does. */
export function bareEnvironment(): Record<string, string | undefined> {
  // Compiled once, the program starts sooner each time after.
  const { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE } = process.env;
  return { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE };
}
