import { ZodError } from 'zod';
import { isDiskFull } from '../kernel/durable.ts';
import { Halt, type Params } from '../kernel/outcome.ts';
import { type ExitCode, UsageError } from './command.ts';

/** What is said of a failure, and how the command ends. `trace` is for the log alone. */
export type Explained = { readonly says: string; readonly code: ExitCode; readonly trace?: string };

/** Refusals of the API, as somebody at a command line can act on them. */
const ADVICE: Readonly<Record<string, (params: Params) => string>> = {
  'party-unknown': ({ name }) =>
    `${name === undefined ? 'There is no such client' : `No client is known by "${name}"`}. Nothing was done. Give a name, an address or an id as the page Clients shows it.`,
  'party-ambiguous': ({ name, candidates }) =>
    `"${name}" may mean several clients. Nothing was done. Give one of these ids:${listed(candidates)}`,
  'nothing-filed': ({ name }) =>
    `Nothing is filed under ${name} yet. No bundle was made. Bring the client's mail in first, with "evenkeel import".`,
};

/** Says of anything that was thrown what happened, what was kept, and what to do. */
export function explain(error: unknown, command: string): Explained {
  if (error instanceof UsageError) return unusable(`${error.message}. ${nothingDone(command)}`);
  if (error instanceof Halt) return unusable(error.message);
  if (error instanceof ZodError) return unusable(settingText(error));
  if (!(error instanceof Error)) return unexpected(error);
  if (isArgumentError(error)) return unusable(`${argumentText(error)}. ${nothingDone(command)}`);
  if (error.name === 'Refused') return refusal(error);
  if (error.name === 'LauncherError') return unusable(error.message);
  if ('code' in error && UNREACHABLE.has(String(error.code))) return unusable(databaseText(error));
  return unexpected(error);
}

/** What the system, or PostgreSQL at the door, says of a database that cannot be reached. Our own has words of its own. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  '28P01',
  '28000',
  '3D000',
]);

function databaseText(error: Error & { code?: unknown }): string {
  return `The database that DATABASE_URL names cannot be used (${error.message || error.code}). Nothing was changed. Start it, or correct DATABASE_URL.`;
}

function unusable(says: string): Explained {
  return { says, code: 2 };
}

function nothingDone(command: string): string {
  return `Nothing was done. "evenkeel ${command} --help" says how.`;
}

function settingText({ issues }: ZodError): string {
  const names: readonly string[] = issues.map(({ path }) => SETTING_NAMES[String(path[0])] ?? path.join('.'));
  return `${names.join(', ')} cannot be used as given. Nothing was done. "evenkeel --help" lists the settings.`;
}

const SETTING_NAMES: Readonly<Record<string, string>> = {
  data: '--data (or EVENKEEL_DATA)',
  port: '--port (or EVENKEEL_PORT; a number from 0 to 65535)',
  host: '--host (or EVENKEEL_HOST)',
  databaseUrl: 'DATABASE_URL (postgres://user:password@host/database)',
  pgBin: 'EVENKEEL_PG_BIN',
};

function isArgumentError(error: Error): boolean {
  return 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** Node's own words go on with advice that does not fit here. */
function argumentText(error: Error): string {
  const unknown = /^Unknown option '([^']+)'/.exec(error.message);
  return unknown ? `There is no flag ${unknown[1]}` : error.message.split('\n')[0]!.replace(/\.\s*$/, '');
}

function refusal(error: Error): Explained {
  const { code, params, status } = error as Error & { code: string; params: Params; status: number };
  // The record contradicts itself: that is no fault of what was given.
  return { says: ADVICE[code]?.(params) ?? error.message, code: status >= 500 ? 1 : 2 };
}

function listed(candidates: Params[string] | undefined): string {
  return Array.isArray(candidates) ? candidates.map((one) => `\n  ${one}`).join('') : '';
}

function unexpected(error: unknown): Explained {
  if (isDiskFull(error)) {
    return unusable(
      'The disk is full. What was acknowledged is kept, and nothing half-written stays. Free some space and do it again.',
    );
  }
  const said = error instanceof Error ? error.message : String(error);
  const trace = error instanceof Error ? (error.stack ?? said) : said;
  return {
    says: `Something went wrong inside the program (${said}). What was acknowledged is kept. Do it again; if it fails again, "evenkeel doctor" may tell why.`,
    code: 1,
    trace,
  };
}
