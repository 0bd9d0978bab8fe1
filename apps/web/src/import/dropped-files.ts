/** A file with the folder in which it lay, '' for none; a Maildir says by its folders what it is. */
export type BroughtFile = { readonly file: File; readonly folder: string };

/**
 * Every file of a drop, folders walked.
 *
 * The entries are taken before the first wait: after it the browser has emptied the list.
 */
export async function filesOf(transfer: DataTransfer): Promise<BroughtFile[]> {
  const taken = [...transfer.items].map((each) => each.webkitGetAsEntry() ?? each.getAsFile());
  const found = await Promise.all(
    taken.map((each) => {
      if (each === null) return [];
      return each instanceof File ? [{ file: each, folder: '' }] : walk(each, '');
    }),
  );
  return found.flat();
}

/** The files of a picker; one for folders says where each lay. */
export function filesOfPicker(files: FileList | null): BroughtFile[] {
  return [...(files ?? [])].map((file) => ({
    file,
    folder: file.webkitRelativePath.split('/').slice(0, -1).join('/'),
  }));
}

async function walk(entry: FileSystemEntry, folder: string): Promise<BroughtFile[]> {
  if (entry.isFile) return [{ file: await fileOf(entry as FileSystemFileEntry), folder }];
  const inner = folder === '' ? entry.name : `${folder}/${entry.name}`;
  const files: BroughtFile[] = [];
  for (const each of await entriesOf(entry as FileSystemDirectoryEntry))
    files.push(...(await walk(each, inner)));
  return files;
}

/** Browsers hand out a folder's entries a hundred at a time, until an empty hand. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
