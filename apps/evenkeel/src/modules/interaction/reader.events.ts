import {
  type ContainerEvent,
  type ExportItem,
  isMailItem,
  type MailItem,
  type ResumePoint,
  readContainer,
} from '@evenkeel/records/container';
import type { ExportSettings } from '@evenkeel/records/exported';
import { type FileProblem, type FileSeen, type OpenedFile, openFile } from '../../kernel/files.ts';
import { type Brought, filesBrought } from './brought.ts';
import { entryOf } from './exported.ts';
import { notePeople, type Talk, type Talks } from './talk.ts';

export type Said = { readonly code: string; readonly message: string };
type Unreadable = Omit<Extract<ContainerEvent, { type: 'unreadable' }>, 'issue'> & { readonly issue: Said };
export type FileEvent = Exclude<ContainerEvent, { type: 'unreadable' }> | Unreadable;
export type Found = MailItem | ExportItem | Unreadable;

/** The files of one run, opened one after the other. */
export type Input = {
  readonly files: readonly FileSeen[];
  readonly settings: ExportSettings;
  readonly brought: Brought;
};

export async function inputOf(files: readonly FileSeen[], settings: ExportSettings): Promise<Input> {
  return { files, settings, brought: await filesBrought(files, settings) };
}

/** One file of a run while it is read; the caller closes it. */
export type Opening = {
  readonly file: FileSeen;
  readonly opened: OpenedFile | FileProblem;
  readonly events: (from: ResumePoint | null) => AsyncGenerator<FileEvent>;
  /** Who is in the conversations of this file, learned by reading it once more when somebody asks. */
  readonly talks: () => Promise<Talks>;
  readonly close: () => Promise<void>;
};

export async function openInput({ settings, brought }: Input, file: FileSeen): Promise<Opening> {
  const opened = await openFile(file);
  const beside = brought.beside(file);
  const events = (from: ResumePoint | null) =>
    brought.isCompanion(file)
      ? companion(file)
      : eventsIn(file, opened, { settings, beside, ...(from ? { from } : {}) });
  let talks: Promise<Talks> | null = null;
  return {
    file,
    opened,
    events,
    talks: () => {
      talks ??= talksIn(events(null));
      return talks;
    },
    close: async () => {
      if (!('code' in opened)) await opened.close();
      await brought.close();
    },
  };
}

async function* companion({ sizeBytes }: FileSeen): AsyncGenerator<FileEvent> {
  yield { type: 'gap', member: null, range: { start: 0, end: sizeBytes }, kind: 'companion' };
}

/** What a file holds; one that cannot be read, or not to its end, has an unreadable stretch there. */
async function* eventsIn(
  file: FileSeen,
  opened: OpenedFile | FileProblem,
  options: Parameters<typeof readContainer>[1] & { from?: ResumePoint },
): AsyncGenerator<FileEvent> {
  let start = options.from?.member === null ? options.from.start : 0;
  const unreadable = (issue: Said): FileEvent => {
    const range = { start, end: Math.max(start, file.sizeBytes) };
    return { type: 'unreadable', member: null, range, issue };
  };
  if ('code' in opened) return yield unreadable(opened);
  try {
    for await (const event of readContainer(opened, options)) {
      yield event;
      if (event.type !== 'note' && event.member === null) start = event.range.end;
    }
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    yield unreadable({ code: 'file-unreadable', message: `From here on this cannot be read (${why}).` });
  }
}

async function talksIn(events: AsyncGenerator<FileEvent>): Promise<Talks> {
  const talks = new Map<string, Talk>();
  for await (const event of events)
    if (event.type === 'item' && !isMailItem(event))
      notePeople(talks, event.format, entryOf(event.bytes, event));
  return talks;
}
