import { z } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import {
  type Api,
  type ApiEnv,
  type Caller,
  jsonBody,
  jsonResponse,
  problemResponse,
  type Rights,
  ROLES,
  refused,
  securedRoute,
} from '../../kernel/http.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Params } from '../../kernel/outcome.ts';
import {
  type Account,
  actorOf,
  firstRun,
  type SignInRefusal,
  sessionOf,
  signIn,
  signOut,
  stateFor,
  type Welcome,
} from './account.actions.ts';
import type { FirstRunRefusal, Member } from './account.ts';

const SessionSchema = z
  .object({
    state: z.enum(['first-run', 'signed-out', 'signed-in']),
    workspace: z.object({ name: z.string().nullable(), zone: z.string(), demo: z.boolean() }),
    member: z.object({ id: z.string(), name: z.string(), role: z.enum(ROLES) }).nullable(),
    version: z.string(),
  })
  .openapi('Session');

const FirstRunSchema = z
  .strictObject({
    code: z.string().max(200),
    name: z.string().max(1000),
    addresses: z.array(z.string().max(1000)).max(200),
    password: z.string().max(10_000),
  })
  .openapi('FirstRun');

const SignInSchema = z
  .strictObject({ name: z.string().max(1000), password: z.string().max(10_000) })
  .openapi('SignIn');

const STATUS = {
  'first-run-done': 409,
  'code-refused': 401,
  'name-unusable': 422,
  'password-too-short': 422,
  'password-too-long': 422,
  'sign-in-refused': 401,
  'too-many-tries': 429,
} as const satisfies Record<FirstRunRefusal | SignInRefusal, 401 | 409 | 422 | 429>;

const TITLES = {
  'first-run-done': 'Somebody has set this Evenkeel up already. Nothing was changed. Sign in instead.',
  'code-refused':
    'The code is not the one of the newest start. Nothing was changed. Open the address that the start printed.',
  'name-unusable': 'This cannot be a name: it is empty, too long, or holds characters that cannot be shown.',
  'password-too-short': 'The password is too short.',
  'password-too-long': 'The password is too long.',
  'sign-in-refused': 'Name or password is wrong.',
  'too-many-tries': 'Too many tries. Wait a little.',
} as const satisfies Record<FirstRunRefusal | SignInRefusal, string>;

const anyone = (action: string): Rights => ({ action, roles: 'anyone', scope: 'self' });
const session = jsonResponse(SessionSchema, 'Who is signed in, if anybody');

const getSession = securedRoute(anyone('see whether you are signed in'), {
  method: 'get',
  path: '/api/session',
  operationId: 'getSession',
  responses: { 200: session },
});

const postFirstRun = securedRoute(anyone('set up a new Evenkeel, with the code of its start'), {
  method: 'post',
  path: '/api/first-run',
  operationId: 'setUp',
  request: { body: jsonBody(FirstRunSchema) },
  responses: {
    201: session,
    401: problemResponse('code-refused'),
    409: problemResponse('first-run-done'),
    422: problemResponse('name-unusable, password-too-short, password-too-long'),
    429: problemResponse('too-many-tries'),
  },
});

const postSignIn = securedRoute(anyone('sign in'), {
  method: 'post',
  path: '/api/sign-in',
  operationId: 'signIn',
  request: { body: jsonBody(SignInSchema) },
  responses: {
    200: session,
    401: problemResponse('sign-in-refused'),
    429: problemResponse('too-many-tries'),
  },
});

const postSignOut = securedRoute(anyone('sign out'), {
  method: 'post',
  path: '/api/sign-out',
  operationId: 'signOut',
  responses: { 200: session },
});

/** Says who calls, before any route; the control socket's caller is the owner of this machine. */
export function authenticate(account: Account): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const found = isLocal(c) ? null : await sessionOf(account, c.req.raw.headers);
    c.set('caller', isLocal(c) ? LOCAL_OWNER : found && callerFor(found.member));
    await next();
    // A route that sets cookies itself knows better than the session it began with.
    if (found && !c.res.headers.has('set-cookie')) setCookies(c, found.cookies);
  };
}

const LOCAL_OWNER: Caller = { actor: 'owner', role: 'owner', name: 'owner', isLocal: true };

function isLocal(c: Context): boolean {
  return (c.env as { isLocal?: boolean } | undefined)?.isLocal === true;
}

function callerFor(member: Member): Caller {
  return { actor: actorOf(member), role: member.role, name: member.name, isLocal: false };
}

/** What the page shows of the program itself; `isStory` when the folder holds the fictional story. */
export type About = { readonly version: string; readonly isStory: boolean };

export function registerAccount(api: Api, account: Account, { version, isStory }: About): void {
  const sessionFor = async (caller: Caller | null) => {
    const state = await stateFor(account, caller);
    return { ...state, workspace: { ...state.workspace, demo: isStory }, version };
  };

  const welcomed = async (c: Context<ApiEnv>, { member, cookies }: Welcome) => {
    setCookies(c, cookies);
    return sessionFor(callerFor(member));
  };

  api.openapi(getSession, async (c) => c.json(await sessionFor(c.get('caller')), 200));

  api.openapi(postFirstRun, async (c) => {
    const done = await firstRun(account, c.req.valid('json'));
    return done.ok ? c.json(await welcomed(c, done.value), 201) : refusedFor(c, account, done);
  });

  api.openapi(postSignIn, async (c) => {
    const { name, password } = c.req.valid('json');
    const done = await signIn(account, name, password);
    return done.ok ? c.json(await welcomed(c, done.value), 200) : refusedFor(c, account, done);
  });

  api.openapi(postSignOut, async (c) => {
    setCookies(c, await signOut(account, c.req.raw.headers));
    return c.json(await sessionFor(null), 200);
  });
}

function setCookies(c: Context<ApiEnv>, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
}

type Refusal = { readonly reason: FirstRunRefusal | SignInRefusal; readonly params?: Params };

function refusedFor(c: Context<ApiEnv>, { chance }: Account, refusal: Refusal): never {
  const retryAt = refusal.params?.retryAt;
  if (typeof retryAt === 'string') {
    c.header('retry-after', String(secondsUntil(retryAt as Instant, chance.now())));
  }
  return refused(c, refusal, STATUS, TITLES);
}

function secondsUntil(at: Instant, now: Instant): number {
  return Math.max(1, Math.ceil((Date.parse(at) - Date.parse(now)) / 1000));
}
