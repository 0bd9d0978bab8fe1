import pg from 'pg';
import { type Instant, instantOf } from '../../kernel/instant.ts';
import type { Log } from '../../kernel/log.ts';
import { MAX_PASSWORD_LENGTH } from './account.ts';

export type AuthPorts = {
  readonly connection: pg.PoolConfig;
  /** At least 32 bytes that only this workspace knows. */
  readonly secret: Uint8Array;
  /** Starts the names of the cookies, which all servers of one machine share. */
  readonly cookiePrefix: string;
  readonly log: Log;
};

/** Somebody proved who they are; the cookies are `Set-Cookie` values for the browser. */
export type SignedIn = { readonly userId: string; readonly cookies: readonly string[] };
/** Whoever has a session, and which. */
export type InSession = SignedIn & { readonly session: { readonly id: string; readonly startedAt: Instant } };

/** Passwords and sessions. Knows users of the sign-in library, not members. */
export type Auth = {
  /** Loads the library ahead of the first sign-in. */
  readonly warm: () => Promise<void>;
  readonly addUser: (email: string, password: string) => Promise<SignedIn>;
  readonly removeUser: (userId: string) => Promise<void>;
  /** Null when either part is wrong; which one cannot be told, not by the time it takes either. */
  readonly signIn: (email: string, password: string) => Promise<SignedIn | null>;
  /** The cookies to delete. */
  readonly signOut: (headers: Headers) => Promise<readonly string[]>;
  readonly sessionOf: (headers: Headers) => Promise<InSession | null>;
  /** Whether this is the password of whoever has this session. */
  readonly checkPassword: (headers: Headers, password: string) => Promise<boolean>;
  readonly close: () => Promise<void>;
};

const SCHEMA = 'auth';
const SESSION_S = 30 * 24 * 3600;
const RENEW_AFTER_S = 24 * 3600;
/** For so long a session is believed without asking the database. */
const BELIEVE_S = 60;

/**
 * The sign-in library (better-auth) on tables of its own, which it makes or brings forward when it is first needed:
 * it takes a fifth of a second to load, and a command that only imports never signs anybody in.
 *
 * Its HTTP routes are not served: only our own routes call it, so what it can do and we do not offer cannot be reached.
 */
export function openAuth(ports: AuthPorts): Auth {
  let opening: Promise<Library> | null = null;
  const library = (): Promise<Library> => {
    opening ??= openLibrary(ports).catch((error) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  let closed: Promise<void> | undefined;
  return {
    warm: async () => void (await library()),
    addUser: async (email, password) => {
      const body = { email, password, name: email };
      return signedIn(await (await library()).api.signUpEmail({ body, returnHeaders: true }));
    },
    removeUser: async (userId) => (await library()).removeUser(userId),
    signIn: async (email, password) => attempt(await library(), email, password),
    signOut: async (headers) => {
      const { api } = await library();
      return (await api.signOut({ headers, returnHeaders: true })).headers.getSetCookie();
    },
    sessionOf: async (headers) => {
      if (!headers.get('cookie')?.includes(ports.cookiePrefix)) return null;
      const { headers: given, response } = await (await library()).api.getSession({
        headers,
        returnHeaders: true,
      });
      if (!response) return null;
      const { id, createdAt } = response.session;
      const session = { id, startedAt: instantOf(new Date(createdAt).getTime()) };
      return { ...signedIn({ headers: given, response }), session };
    },
    checkPassword: async (headers, password) => {
      if (password.length > MAX_PASSWORD_LENGTH) return false;
      const { api } = await library();
      return api.verifyPassword({ body: { password }, headers }).then(({ status }) => status, wrongIsFalse);
    },
    close: () => {
      closed ??= (opening ?? Promise.resolve(null)).then((opened) => opened?.pool.end());
      return closed;
    },
  };
}

async function attempt({ api }: Library, email: string, password: string): Promise<SignedIn | null> {
  try {
    return signedIn(await api.signInEmail({ body: { email, password }, returnHeaders: true }));
  } catch (error) {
    if (isWrong(error)) return null;
    throw error;
  }
}

function signedIn({ headers, response }: { headers: Headers; response: { user: { id: string } } }): SignedIn {
  return { userId: response.user.id, cookies: headers.getSetCookie() };
}

type Library = Awaited<ReturnType<typeof openLibrary>>;

async function openLibrary(ports: AuthPorts) {
  const pool = await openSchema(ports.connection);
  const options = optionsOf(ports, pool);
  const { betterAuth } = await import('better-auth');
  const { getMigrations } = await import('better-auth/db/migration');
  await (await getMigrations(options)).runMigrations();
  const { api, $context } = betterAuth(options);
  const { internalAdapter } = await $context;
  return { pool, api, removeUser: (userId: string) => internalAdapter.deleteUser(userId) };
}

async function openSchema(connection: pg.PoolConfig): Promise<pg.Pool> {
  const pool = new pg.Pool({ ...connection, max: 4, options: `-c timezone=UTC -c search_path=${SCHEMA}` });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  await pool.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
  return pool;
}

function optionsOf({ secret, cookiePrefix, log }: AuthPorts, pool: pg.Pool) {
  return {
    appName: 'Evenkeel',
    // Never called under this name; it keeps the library from guessing one from the request.
    baseURL: 'http://evenkeel.invalid',
    secret: Buffer.from(secret).toString('base64url'),
    database: pool,
    telemetry: { enabled: false },
    logger: {
      level: 'error' as const,
      disableColors: true,
      log: (level: string, message: string) => log('account.auth', { level, message }),
    },
    emailAndPassword: {
      enabled: true,
      // Length is decided by `account.ts`, in characters and not in code units.
      minPasswordLength: 1,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
    },
    session: {
      expiresIn: SESSION_S,
      updateAge: RENEW_AFTER_S,
      cookieCache: { enabled: true, maxAge: BELIEVE_S },
    },
    // Tries are counted by `account.ts`, per name; the library counts per address, which is one for everybody here.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix,
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict' as const },
      ipAddress: { disableIpTracking: true },
      // The tables were brought forward just now.
      database: { validateSchema: false },
    },
  };
}

function wrongIsFalse(error: unknown): false {
  if (isWrong(error)) return false;
  throw error;
}

function isWrong(error: unknown): boolean {
  const status = (error as { statusCode?: number } | null)?.statusCode;
  return status === 401 || status === 400;
}
