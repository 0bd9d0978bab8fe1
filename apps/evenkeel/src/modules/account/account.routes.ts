import { z } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import {
  type Api,
  type ApiEnv,
  answersWith,
  type Caller,
  jsonBody,
  jsonResponse,
  problem,
  problemResponse,
  type Rights,
  ROLES,
  securedRoute,
} from '../../kernel/http.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Params } from '../../kernel/outcome.ts';
import { LOCAL_OWNER } from '../ledger/ledger.ts';
import {
  type Account,
  actorOf,
  type Entered,
  everybodyOf,
  firstRun,
  lockedState,
  type SignInRefusal,
  sessionOf,
  signIn,
  signOut,
  stateFor,
  type Welcome,
} from './account.actions.ts';
import { SessionSchema } from './account.schemas.ts';
import { type FirstRunRefusal, isHere, type Member } from './account.ts';
import { isLocked, lock, unlock } from './lock.actions.ts';
import { screenRoutes } from './lock.routes.ts';
import type { LockRefusal } from './lock.ts';
import { registerPeople } from './people.routes.ts';
import { phoneOf } from './phone.actions.ts';

const MembersSchema = z
  .array(
    z
      .object({
        actor: z.string().openapi({ description: 'How the record names them' }),
        name: z.string(),
        role: z.enum(ROLES),
        isHere: z.boolean().openapi({
          description: 'They can sign in now; whoever cannot any more is named by the record still',
        }),
      })
      .openapi('Member'),
  )
  .openapi('Members');

const FirstRunSchema = z
  .strictObject({
    code: z.string().max(200),
    name: z.string().max(1000),
    addresses: z.array(z.string().max(1000)).max(200),
    password: z.string().max(10_000),
    zone: z.string().max(64).nullable().default(null),
  })
  .openapi('FirstRun');

const SignInSchema = z
  .strictObject({ name: z.string().max(1000), password: z.string().max(10_000) })
  .openapi('SignIn');

type Refused = FirstRunRefusal | SignInRefusal | LockRefusal;

const STATUS = {
  'first-run-done': 409,
  'code-refused': 401,
  'name-unusable': 422,
  'password-too-short': 422,
  'password-too-long': 422,
  'sign-in-refused': 401,
  'unlock-refused': 401,
  'too-many-tries': 429,
} as const satisfies Record<Refused, 401 | 409 | 422 | 429>;

const TITLES = {
  'first-run-done': 'Somebody has set this Evenkeel up already. Nothing was changed. Sign in instead.',
  'code-refused':
    'The code is not the one of the newest start. Nothing was changed. Open the address that the start printed.',
  'name-unusable': 'This cannot be a name: it is empty, too long, or holds characters that cannot be shown.',
  'password-too-short': 'The password is too short.',
  'password-too-long': 'The password is too long.',
  'sign-in-refused': 'Name or password is wrong.',
  'unlock-refused': 'The password is wrong. The screen stays locked.',
  'too-many-tries': 'Too many tries. Wait a little.',
} as const satisfies Record<Refused, string>;

const { refusal } = answersWith(STATUS, TITLES);

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

const postLock = securedRoute(anyone('lock their screen'), {
  method: 'post',
  path: '/api/lock',
  operationId: 'lockScreen',
  responses: { 200: session },
});

const postUnlock = securedRoute(anyone('unlock their screen'), {
  method: 'post',
  path: '/api/unlock',
  operationId: 'unlockScreen',
  request: { body: jsonBody(z.strictObject({ password: z.string().max(10_000) })) },
  responses: {
    200: session,
    401: problemResponse('unlock-refused'),
    429: problemResponse('too-many-tries'),
  },
});

const getMembers = securedRoute(
  { action: 'see who works here', roles: ROLES, scope: 'workspace' },
  {
    method: 'get',
    path: '/api/members',
    operationId: 'listMembers',
    responses: {
      200: jsonResponse(MembersSchema, 'Everybody who works or worked here, the first one first'),
    },
  },
);

/** Says who calls, before any route; the control socket's caller is the owner of this machine. */
export function authenticate(account: Account): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const found = isLocal(c) ? null : await sessionOf(account, c.req.raw.headers);
    const locked = found !== null && (await isLocked(account, found));
    if (locked && !OPEN_WHEN_LOCKED.includes(c.req.path))
      return problem(c, 423, 'locked', 'The screen is locked. Give the password first.');
    c.set('isLocked', locked);
    c.set('caller', isLocal(c) ? OWNER_HERE : locked ? null : await callerWho(account, c, found));
    await next();
    // A route that sets cookies itself knows better than the session it began with.
    if (found && !c.res.headers.has('set-cookie')) setCookies(c, found.cookies);
  };
}

/** What a locked session may still ask; the rest it is refused, whoever asks. */
const OPEN_WHEN_LOCKED: readonly string[] = ['/api/session', '/api/lock', '/api/unlock', '/api/sign-out'];

/** A member who is signed in comes before the phone that the same browser may also be. */
async function callerWho(
  account: Account,
  c: Context<ApiEnv>,
  found: Welcome | null,
): Promise<Caller | null> {
  return found ? callerFor(found.member) : phoneOf(account, c.req.raw.headers);
}

const OWNER_HERE: Caller = { actor: LOCAL_OWNER, role: 'owner', name: 'owner', isLocal: true };

function isLocal(c: Context): boolean {
  return (c.env as { isLocal?: boolean } | undefined)?.isLocal === true;
}

function callerFor(member: Member): Caller {
  const { role, name, sees } = member;
  return { actor: actorOf(member), role, name, isLocal: false, ...(sees && { caseId: sees.caseId }) };
}

/** What the page shows of the program itself; `isStory` when the folder holds the fictional story. */
export type About = { readonly version: string; readonly isStory: boolean };

export function registerAccount(api: Api, account: Account, { version, isStory }: About): void {
  const sessionFor = async (caller: Caller | null) => {
    // A phone is nobody here: no name of ours is told to it.
    const state = await stateFor(account, caller?.role === 'phone' ? null : caller);
    const workspace = { ...state.workspace, demo: isStory };
    return { ...state, workspace, version, now: account.chance.now() };
  };

  const welcomed = async (c: Context<ApiEnv>, { member, cookies }: Entered) => {
    setCookies(c, cookies);
    return sessionFor(callerFor(member));
  };

  const lockedFor = async () => {
    const state = await lockedState(account);
    return { ...state, workspace: { ...state.workspace, demo: isStory }, version, now: account.chance.now() };
  };

  api.openapi(getSession, async (c) =>
    c.json(c.get('isLocked') ? await lockedFor() : await sessionFor(c.get('caller')), 200),
  );

  api.openapi(postLock, async (c) => {
    await lock(account, c.req.raw.headers);
    const isIn = c.get('caller') !== null || c.get('isLocked') === true;
    return c.json(isIn ? await lockedFor() : await sessionFor(null), 200);
  });

  api.openapi(postUnlock, async (c) => {
    const done = await unlock(account, c.req.raw.headers, c.req.valid('json').password);
    return done.ok ? c.json(await welcomed(c, done.value), 200) : refusedFor(c, account, done);
  });

  screenRoutes(api, account);
  registerPeople(api, account, welcomed);

  api.openapi(getMembers, async (c) => c.json(await membersFor(account), 200));

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

/** The members by the names under which the record knows them. */
async function membersFor(account: Account) {
  const members = await everybodyOf(account);
  const now = account.chance.now();
  return members.map((member) => ({
    actor: actorOf(member),
    name: member.name,
    role: member.role,
    isHere: isHere(member, now),
  }));
}

function setCookies(c: Context<ApiEnv>, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
}

type Refusal = { readonly reason: Refused; readonly params?: Params };

function refusedFor(c: Context<ApiEnv>, { chance }: Account, given: Refusal): never {
  const retryAt = given.params?.retryAt;
  if (typeof retryAt === 'string') {
    c.header('retry-after', String(secondsUntil(retryAt as Instant, chance.now())));
  }
  return refusal(c, given);
}

function secondsUntil(at: Instant, now: Instant): number {
  return Math.max(1, Math.ceil((Date.parse(at) - Date.parse(now)) / 1000));
}
