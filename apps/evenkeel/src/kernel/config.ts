import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);

/** Every setting with its documentation; flags, environment, `--help` and the docs come from here. */
export const SETTINGS = {
  data: {
    env: 'EVENKEEL_DATA',
    flag: '--data DIR',
    says: 'folder that holds everything',
    schema: z.string().min(1),
  },
  port: { env: 'EVENKEEL_PORT', flag: '--port N', says: 'port of the web page (default 7140)', schema: port },
  host: {
    env: 'EVENKEEL_HOST',
    flag: '--host NAME',
    says: 'address to listen on (default 127.0.0.1)',
    schema: z.string().min(1),
  },
  address: {
    env: 'EVENKEEL_ADDRESS',
    flag: '--address URL',
    says: 'https address of your tunnel or proxy, under which a phone reaches this page',
    schema: z.string().refine(isHttpsOrigin, 'must be https:// and a name, nothing after it'),
  },
  databaseUrl: {
    env: 'DATABASE_URL',
    flag: null,
    says: 'a PostgreSQL (15 or newer) to use instead of our own',
    schema: z.string().regex(/^postgres(ql)?:\/\//),
  },
  pgBin: {
    env: 'EVENKEEL_PG_BIN',
    flag: null,
    says: 'folder with the PostgreSQL programs to start',
    schema: z.string().min(1),
  },
} as const;

export type Config = {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  /** `https://name`, without a path; absent or null when nobody named one. */
  readonly address?: string | null;
  readonly databaseUrl: string | null;
  readonly pgBin: string | null;
};

export type Given = Partial<Record<keyof typeof SETTINGS, string>>;

/**
 * Joins what was given: flag, then environment, then the default.
 *
 * @throws z.ZodError naming the setting that cannot be used.
 */
export function readConfig(flags: Given, environment: Readonly<Record<string, string | undefined>>): Config {
  const pick = (name: keyof typeof SETTINGS) => flags[name] ?? environment[SETTINGS[name].env];
  const parsed = z
    .object({
      data: SETTINGS.data.schema,
      port: SETTINGS.port.schema,
      host: SETTINGS.host.schema,
      address: SETTINGS.address.schema.nullable(),
      databaseUrl: SETTINGS.databaseUrl.schema.nullable(),
      pgBin: SETTINGS.pgBin.schema.nullable(),
    })
    .parse({
      data: pick('data') ?? defaultDataDir(environment),
      port: pick('port') ?? 7140,
      host: pick('host') ?? '127.0.0.1',
      address: pick('address')?.replace(/\/$/, '') ?? null,
      databaseUrl: pick('databaseUrl') ?? null,
      pgBin: pick('pgBin') ?? null,
    });
  return parsed;
}

/** Whether this is where a browser says it is, to the letter: what it sends as `Origin` is compared with it. */
function isHttpsOrigin(address: string): boolean {
  return address.startsWith('https://') && URL.parse(address)?.origin === address;
}

function defaultDataDir(environment: Readonly<Record<string, string | undefined>>): string {
  if (process.platform === 'win32') return join(environment.APPDATA ?? homedir(), 'Evenkeel');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Evenkeel');
  return join(environment.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'evenkeel');
}
