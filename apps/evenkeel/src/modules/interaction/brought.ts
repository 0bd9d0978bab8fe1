import type { Beside, ExportSettings } from '@evenkeel/records/exported';
import { EXPORT_READERS } from '@evenkeel/records/exports';
import { besideIn, companionsAmong, mayBeExport, type Neighbour } from '@evenkeel/records/neighbours';
import { type FileSeen, type OpenedFile, openFile } from '../../kernel/files.ts';

/** The files of one run, and how they lie to each other. */
export type Brought = {
  /** Whether entries of an export take a file along: it is no item of its own. */
  readonly isCompanion: (file: FileSeen) => boolean;
  /** What lies beside a file. */
  readonly beside: (file: FileSeen) => Beside;
  /** Closes what was opened beside; after each file. */
  readonly close: () => Promise<void>;
};

/** Looks which of these files belong to exports among them; mail is not opened for it. */
export async function filesBrought(files: readonly FileSeen[], settings: ExportSettings): Promise<Brought> {
  const opened = new Set<OpenedFile>();
  const companions = new Set<FileSeen>();
  const besides = new Map<string, (path: string) => Beside>();
  for (const [name, group] of Map.groupBy(files, (file) => file.group)) {
    const neighbours = () => group.map((file) => neighbourOf(file, opened));
    besides.set(name, besideWhenAsked(neighbours));
    if (!group.some((file) => mayBeExport(file.name))) continue;
    const taken = await companionsAmong(neighbours(), EXPORT_READERS, settings);
    for (const file of taken.size > 0 ? group : []) if (taken.has(file.name)) companions.add(file);
  }
  return {
    isCompanion: (file) => companions.has(file),
    beside: (file) => besides.get(file.group)!(file.name),
    close: async () => {
      for (const one of opened) await one.close();
    },
  };
}

/** A folder of a hundred thousand letters has as many neighbours, and no letter asks for them. */
function besideWhenAsked(neighbours: () => readonly Neighbour[]): (path: string) => Beside {
  let besideOf: ((path: string) => Beside) | null = null;
  return (path) => (wanted) => {
    besideOf ??= besideIn(neighbours());
    return besideOf(path)(wanted);
  };
}

function neighbourOf(file: FileSeen, opened: Set<OpenedFile>): Neighbour {
  return {
    path: file.name,
    open: async () => {
      const found = await openFile(file);
      if ('code' in found) return null;
      const close = async () => {
        if (opened.delete(source)) await found.close();
      };
      const source: OpenedFile = { ...found, close };
      opened.add(source);
      return source;
    },
  };
}
