import { ATTACHED_ANDROID } from './texts.ts';

const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  heic: 'image/heic',
  webp: 'image/webp',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  '3gp': 'video/3gpp',
  opus: 'audio/ogg',
  ogg: 'audio/ogg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  mp3: 'audio/mpeg',
  amr: 'audio/amr',
  wav: 'audio/wav',
  vcf: 'text/vcard',
  pdf: 'application/pdf',
  txt: 'text/plain',
  zip: 'application/zip',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};
/** Names that Android gives: `IMG-20220323-WA0002.jpg`. */
const NAMED_BY_ANDROID = /^(?:IMG|VID|PTT|AUD|STK|DOC|GIF)-(\d{4})(\d\d)(\d\d)-WA\d+\.\w{1,6}$/i;
/** Names that iPhones give: `00000035-PHOTO-2022-03-27-21-41-55.jpg`. */
const NAMED_BY_IPHONE = /^\d{5,8}-[A-Z]+-(\d{4})-(\d\d)-(\d\d)-\d\d-\d\d-\d\d\.\w{1,6}$/i;
const FILE_NAME = /^[^/\\<>:\r\n]{0,200}\.[A-Za-z0-9]{1,8}$/;

/** The media type that a file's name tells, or null. */
export function mediaTypeOfName(name: string): string | null {
  return TYPES[/\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? null;
}

/** The day in a name that a phone gave, as days since 1970, or null. */
export function dayOfName(name: string): number | null {
  const match = NAMED_BY_ANDROID.exec(name) ?? NAMED_BY_IPHONE.exec(name);
  return match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / 86_400_000 : null;
}

/** Looks like the name of a file that lies beside the chat; a path never does. */
export function isFileName(text: string): boolean {
  return FILE_NAME.test(text);
}

/**
 * The file of `NAME (file attached)`, or null.
 *
 * @param isMarked The app put a direction mark in front, as some languages have it: then the words need not be known.
 */
export function attachedByAndroid(line: string, isMarked: boolean): string | null {
  const match = /^(.{1,200}) \(([^()]{3,40})\)$/u.exec(line);
  const name = match?.[1] ?? '';
  if (!match || !isFileName(name)) return null;
  return isMarked || NAMED_BY_ANDROID.test(name) || ATTACHED_ANDROID.test(match[2]!) ? name : null;
}

/** The file of `<attached: NAME>`, or null; every language has the same signs around its own word. */
export function attachedByIPhone(segment: string): string | null {
  const name = /^<[^<>:]{2,40}: ?([^<>]{1,200})>$/u.exec(segment)?.[1];
  return name !== undefined && isFileName(name) ? name : null;
}
