import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../support/bare-environment.ts';
import type { Ended } from './program.ts';

const PROGRAM = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A command that reads from standard input and is still running. */
export type Piped = {
  readonly write: (text: string) => void;
  /** The next line of its answer. */
  readonly line: () => Promise<string>;
  readonly end: () => Promise<Ended>;
};

/** Starts the real program with a pipe for its standard input, and no data folder it could use. */
export function piped(args: readonly string[]): Piped {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...bareEnvironment(), EVENKEEL_DATA: '/nowhere/at/all' },
  });
  let [out, said, read] = ['', '', 0];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, said }));
  return {
    write: (text) => void child.stdin.write(text),
    line: async () => {
      while (!out.slice(read).includes('\n')) await once(child.stdout, 'data');
      const line = out.slice(read, out.indexOf('\n', read));
      read += line.length + 1;
      return line;
    },
    end: () => {
      child.stdin.end();
      return ended;
    },
  };
}

/** Runs a command on this input to its end. */
export function fed(args: readonly string[], input: string): Promise<Ended> {
  const child = piped(args);
  child.write(input);
  return child.end();
}

export function jsonLines<T = Record<string, unknown>>({ out }: Ended): readonly T[] {
  return out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]));
}
