import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { isDiskFull, writeAll } from '../kernel/durable.ts';
import { Halt } from '../kernel/outcome.ts';

/** A file that is being written under another name until it is whole. */
type Saving = {
  readonly write: (response: Response) => Promise<void>;
  /** Gives it its name, over one that was there before. */
  readonly keep: () => Promise<void>;
};

/**
 * Writes files that appear whole and together, or not at all. That they can be written is known before the program is
 * asked for what goes into them.
 *
 * @throws Halt `file-not-written`
 */
export async function saving<T>(
  targets: readonly string[],
  fill: (files: readonly Saving[]) => Promise<T>,
): Promise<T> {
  const opened: { target: string; file: FileHandle }[] = [];
  try {
    for (const target of targets) {
      const file = await open(partOf(target), 'w', 0o600).catch(notWritten(target));
      opened.push({ target, file });
      await checkIsNoFolder(target).catch(notWritten(target));
    }
    return await fill(opened.map(savingOf));
  } finally {
    for (const { target, file } of opened) {
      await file.close();
      await rm(partOf(target), { force: true });
    }
  }
}

/** A name cannot be given over a folder, and that is found out before another file has got its name. */
async function checkIsNoFolder(target: string): Promise<void> {
  const seen = await stat(target).catch(() => null);
  if (seen?.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
}

function savingOf({ target, file }: { target: string; file: FileHandle }): Saving {
  return {
    write: async (response) => {
      let position = 0;
      for await (const chunk of response.body!) {
        await writeAll(file, chunk, position).catch(notWritten(target));
        position += chunk.length;
      }
      await file.sync().catch(notWritten(target));
    },
    keep: () => rename(partOf(target), target).catch(notWritten(target)),
  };
}

function partOf(target: string): string {
  return `${target}.part`;
}

/** What to throw when a file, or a folder for files, cannot be written. */
export function notWritten(target: string): (error: unknown) => never {
  return (error) => {
    throw new Halt(
      'file-not-written',
      `${target} cannot be written: ${reasonOf(error)}. Nothing half-written stays there, and the record is as it was. Choose another place, or make room.`,
    );
  };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'there is a file of this name',
  EISDIR: 'this is a folder',
  EACCES: 'this account may not',
  EPERM: 'this account may not',
  EROFS: 'nothing can be written there',
};

/** The system's word for an error, as a person says it. */
export function reasonOf(error: unknown): string {
  if (isDiskFull(error)) return 'the disk is full';
  const { code } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ''] ?? code ?? String(error);
}
