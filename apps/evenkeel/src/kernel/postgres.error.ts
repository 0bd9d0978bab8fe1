/** Why the database could not be started; each has one sentence that says what happened and what to do. */
export type LauncherErrorCode =
  | 'no-binaries'
  | 'no-account'
  | 'no-access'
  | 'no-socket-folder'
  | 'folder-in-use'
  | 'damaged-folder'
  | 'other-version'
  | 'wrong-password'
  | 'disk-full'
  | 'start-failed';

/** The database of a data folder could not be started. The folder is left as it was found. */
export class LauncherError extends Error {
  readonly code: LauncherErrorCode;

  constructor(code: LauncherErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LauncherError';
    this.code = code;
  }
}

/** Turns what the system said into a refusal; `doing` continues "PostgreSQL could not …". */
export function asLauncherError(error: unknown, doing: string, folder: string): LauncherError {
  if (error instanceof LauncherError) return error;
  const code = errnoOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return noAccess(folder, doing, error);
  const said = error instanceof Error ? error.message : String(error);
  return new LauncherError('start-failed', `PostgreSQL could not ${doing}: ${said}`, { cause: error });
}

export function diskFull(folder: string): LauncherError {
  return new LauncherError(
    'disk-full',
    `The disk that holds ${folder} is full; nothing that was acknowledged is lost. Free some space and start again.`,
  );
}

/** Whether PostgreSQL's own words mean a full disk; a short write is how it often learns of one. */
export function tellsDiskFull(said: string): boolean {
  return /No space left|quota exceeded|wrote only \d+ of \d+ bytes/i.test(said);
}

/** The system's word for an error (`ENOENT`, …), where it has one. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function noAccess(folder: string, doing: string, cause: unknown): LauncherError {
  return new LauncherError(
    'no-access',
    `PostgreSQL could not ${doing}: this account may not write in ${folder}. ` +
      'Nothing was changed. Give the folder to this account, or choose another with --data.',
    { cause },
  );
}
