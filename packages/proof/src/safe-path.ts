const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
// Marks that turn the reading direction: they make "exe.txt" out of "txt.exe".
const DIRECTION_MARKS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/;
const MAX_PATH_BYTES = 1000;

/**
 * Says what is wrong with a path inside a zip, or null: only paths that every system unpacks to the same place, below
 * the folder it was asked to, are right.
 */
export function pathProblem(path: string): string | null {
  if (path === '' || path.length > MAX_PATH_BYTES) return 'it is empty or too long';
  if (!path.isWellFormed() || /\p{Cc}/u.test(path)) return 'it holds a control character';
  if (DIRECTION_MARKS.test(path)) return 'it turns the reading direction';
  if (/[\\:*?"<>|]/.test(path)) return 'it holds a character that not every system allows';
  for (const part of path.split('/')) {
    const problem = partProblem(part);
    if (problem !== null) return problem;
  }
  return null;
}

/** Paths that some system takes for one and the same have one fold. */
export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/**
 * Makes a name that {@link pathProblem} accepts out of any name a stranger gave a file; the ending is kept.
 *
 * @returns At most 100 characters; `fallback` when nothing is left.
 */
export function safeFileName(name: string, fallback: string): string {
  const cleaned = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\ufffd/\\:*?"<>|]+/gu, '_')
    .trim();
  const dot = cleaned.lastIndexOf('.');
  const ending = dot > 0 && cleaned.length - dot <= 12 ? cleaned.slice(dot) : '';
  const stem = [...cleaned.slice(0, cleaned.length - ending.length)].slice(0, 80).join('');
  const short = `${stem}${ending}`.replace(/^[. ]+|[. ]+$/gu, '');
  if (short === '' || /^_+$/.test(short)) return fallback;
  return WINDOWS_DEVICE.test(short) ? `_${short}` : short;
}

function partProblem(part: string): string | null {
  if (part === '' || part === '.' || part === '..')
    return 'it tries to leave its folder or has an empty part';
  if (/[. ]$/.test(part)) return 'a part ends with a dot or space';
  return WINDOWS_DEVICE.test(part) ? 'a part is the name of a device' : null;
}
