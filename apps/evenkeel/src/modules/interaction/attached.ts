import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

/** A file to be kept beside words recorded by hand. */
export type Attaching = {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
};

export type AttachRefusal = 'file-empty' | 'file-too-large' | 'file-type-unsupported' | 'too-many-files';

export const ATTACH_LIMIT = { files: 20, fileBytes: 64 << 20, allBytes: 128 << 20 } as const;

/** What a file is by its own bytes; a name proves nothing. */
export type FileType = { readonly mediaType: string; readonly isRecording: boolean };

/** Decides whether these files can be kept, and says what each is. */
export function decideAttaching(
  files: readonly Attaching[],
): Outcome<readonly (Attaching & FileType)[], AttachRefusal> {
  if (files.length > ATTACH_LIMIT.files) return refuse('too-many-files', { limit: ATTACH_LIMIT.files });
  const typed: (Attaching & FileType)[] = [];
  let allBytes = 0;
  for (const file of files) {
    const { name, bytes } = file;
    allBytes += bytes.length;
    if (bytes.length === 0) return refuse('file-empty', { name });
    if (bytes.length > ATTACH_LIMIT.fileBytes || allBytes > ATTACH_LIMIT.allBytes)
      return refuse('file-too-large', { name, limitMb: ATTACH_LIMIT.fileBytes >> 20 });
    const type = fileTypeOf(bytes, name);
    if (!type) return refuse('file-type-unsupported', { name });
    typed.push({ ...file, ...type });
  }
  return accept(typed);
}

type Sign = { readonly at: number; readonly bytes: string; readonly mediaType: string };

/** Latin-1 signatures of the formats that are kept. @source the file formats' own specifications; RFC 3533, RFC 9639 */
const RECORDINGS: readonly Sign[] = [
  { at: 0, bytes: 'ID3', mediaType: 'audio/mpeg' },
  { at: 8, bytes: 'WAVE', mediaType: 'audio/wav' },
  { at: 0, bytes: 'OggS', mediaType: 'audio/ogg' },
  { at: 0, bytes: 'fLaC', mediaType: 'audio/flac' },
  { at: 0, bytes: '#!AMR', mediaType: 'audio/amr' },
  { at: 0, bytes: 'caff', mediaType: 'audio/x-caf' },
  { at: 8, bytes: 'AIFF', mediaType: 'audio/aiff' },
  { at: 8, bytes: 'AVI ', mediaType: 'video/x-msvideo' },
  { at: 0, bytes: '\x1a\x45\xdf\xa3', mediaType: 'video/webm' },
  { at: 0, bytes: '\x30\x26\xb2\x75', mediaType: 'audio/x-ms-wma' },
  { at: 4, bytes: 'ftypM4A', mediaType: 'audio/mp4' },
];
const PAPERS: readonly Sign[] = [
  { at: 0, bytes: '\x89PNG\r\n\x1a\n', mediaType: 'image/png' },
  { at: 0, bytes: '\xff\xd8\xff', mediaType: 'image/jpeg' },
  { at: 0, bytes: 'GIF8', mediaType: 'image/gif' },
  { at: 8, bytes: 'WEBP', mediaType: 'image/webp' },
  { at: 0, bytes: 'II*\0', mediaType: 'image/tiff' },
  { at: 0, bytes: 'MM\0*', mediaType: 'image/tiff' },
  { at: 4, bytes: 'ftyphei', mediaType: 'image/heic' },
  { at: 4, bytes: 'ftypmif', mediaType: 'image/heic' },
  { at: 4, bytes: 'ftypavif', mediaType: 'image/avif' },
  { at: 0, bytes: '%PDF-', mediaType: 'application/pdf' },
];
/** Office papers are zip archives: only their names tell them from any other. */
const OFFICE: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};
const TEXTS: Readonly<Record<string, string>> = {
  eml: 'message/rfc822',
  csv: 'text/csv',
  html: 'text/html',
  ics: 'text/calendar',
  md: 'text/markdown',
};

/** @returns null for what is kept nowhere here: programs, archives, what nobody knows */
export function fileTypeOf(bytes: Uint8Array, name: string): FileType | null {
  const head = Buffer.from(bytes.subarray(0, 32)).toString('latin1');
  const matches = ({ at, bytes }: Sign) => head.startsWith(bytes, at);
  const paper = PAPERS.find(matches);
  if (paper) return { mediaType: paper.mediaType, isRecording: false };
  const recording = RECORDINGS.find(matches)?.mediaType ?? framed(bytes, head);
  if (recording) return { mediaType: recording, isRecording: true };
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const office = head.startsWith('PK\x03\x04') ? OFFICE[extension] : undefined;
  if (office) return { mediaType: office, isRecording: false };
  return isText(bytes) ? { mediaType: TEXTS[extension] ?? 'text/plain', isRecording: false } : null;
}

/** Sound that begins with a frame and no name (MP3, AAC), and every other film in an MP4. */
function framed(bytes: Uint8Array, head: string): string | null {
  if (head.startsWith('ftyp', 4)) return 'video/mp4';
  const [first = 0, second = 0] = bytes;
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return null;
  // The two layer bits are zero in AAC; 0xFFFE and 0xFFFF begin texts in UTF-16.
  if ((second & 0xf6) === 0xf0) return 'audio/aac';
  return (second & 0x06) !== 0 && second < 0xfe ? 'audio/mpeg' : null;
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
