import type { ExportedFile } from '../exported.ts';
import { at, type Json, type JsonObject, listAt, textAt } from '../json-value.ts';
import { mended } from './mojibake.ts';

const KINDS = ['photos', 'videos', 'audio_files', 'files', 'gifs', 'media'];

/** The files of a message, with their places relative to the chat's own folder. */
export function filesOf(entry: JsonObject, threadPath: string | null): readonly ExportedFile[] {
  const sticker = at(entry, 'sticker');
  const media = [...KINDS.flatMap((kind) => listAt(entry, kind)), ...(sticker ? [sticker] : [])];
  return media.flatMap((one) => fileOf(one, threadPath) ?? []);
}

function fileOf(media: Json, threadPath: string | null): ExportedFile | null {
  const uri = textAt(media, 'uri');
  if (uri === null) return null;
  const isLink = /^[a-z][a-z0-9+.-]*:\/\//i.test(uri);
  const place = isLink ? null : besideThread(mended(uri), threadPath);
  return { name: mended(uri).replace(/^.*\//, ''), mediaType: null, path: place, bytes: null };
}

/** `messages/inbox/bob_1/photos/a.jpg` is `photos/a.jpg` beside `messages/inbox/bob_1/message_1.json`. */
function besideThread(uri: string, threadPath: string | null): string {
  const own = threadPath === null ? -1 : uri.indexOf(`${threadPath}/`);
  if (own >= 0) return uri.slice(own + threadPath!.length + 1);
  const shared =
    /(?:^|\/)messages\/(?!(?:inbox|archived_threads|filtered_threads|message_requests|e2ee_cutover)\/)(.+)$/.exec(
      uri,
    );
  return shared ? `../../${shared[1]}` : uri.replace(/^\.\//, '');
}
