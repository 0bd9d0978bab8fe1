import { Problem } from '../api/problem.ts';
import type { Upload } from '../api/shapes.ts';
import { newStore } from '../shell/store.ts';
import type { BroughtFile } from './dropped-files.ts';
import { dropUpload } from './import.queries.ts';

/** One file on its way: what has been sent of it, and where it lies when it has arrived. */
export type Parcel = {
  readonly key: number;
  readonly name: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly upload?: Upload;
  readonly error?: unknown;
};

const AT_ONCE = 3;

/** Outlives the page, so that one may look at a client while a mailbox is uploaded. */
export const parcels = newStore<readonly Parcel[]>([]);

const waiting: { parcel: Parcel; brought: BroughtFile }[] = [];
let sending = 0;
let last = 0;

export function addFiles(files: readonly BroughtFile[]): void {
  for (const brought of files) {
    const name = brought.folder === '' ? brought.file.name : `${brought.folder}/${brought.file.name}`;
    const parcel = { key: ++last, name, sizeBytes: brought.file.size, sentBytes: 0 };
    waiting.push({ parcel, brought });
    parcels.set((all) => [...all, parcel]);
  }
  sendNext();
}

/** Forgets what was brought; what has arrived is removed from the server too. */
export function forgetParcels(keep: ReadonlySet<string> = new Set()): void {
  waiting.length = 0;
  for (const { upload } of parcels.get()) {
    // An upload that stays behind is thrown away by the server in time: nothing hangs on this answer.
    if (upload && !keep.has(upload.id)) dropUpload(upload.id).catch(() => undefined);
  }
  parcels.set([]);
}

function sendNext(): void {
  while (sending < AT_ONCE) {
    const next = waiting.shift();
    if (!next) return;
    sending++;
    void send(next.parcel.key, next.brought).finally(() => {
      sending--;
      sendNext();
    });
  }
}

async function send(key: number, brought: BroughtFile): Promise<void> {
  try {
    const upload = await sendBytes(brought, (sentBytes) => update(key, { sentBytes }));
    update(key, { upload, sentBytes: brought.file.size });
  } catch (error) {
    update(key, { error });
  }
}

function update(key: number, change: Partial<Parcel>): void {
  parcels.set((all) => all.map((each) => (each.key === key ? { ...each, ...change } : each)));
}

/** By XMLHttpRequest: fetch does not say how much has been sent. */
export function sendBytes({ file, folder }: BroughtFile, onSent: (bytes: number) => void): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/uploads');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.setRequestHeader('x-file-modified', String(file.lastModified));
    if (folder !== '') request.setRequestHeader('x-folder', encodeURIComponent(folder));
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onerror = () => reject(new Problem({ code: 'unreachable', title: '', status: 0, params: {} }));
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as Upload);
      else Problem.read(new Response(request.responseText, { status: request.status })).then(reject, reject);
    };
    request.send(file);
  });
}
