import { createRoute, OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Actor } from './brand.ts';
import type { Log } from './log.ts';
import { BrokenPromise, Halt, type Outcome, type Params } from './outcome.ts';

export type MemberRole = 'owner' | 'manager' | 'agent' | 'counsel' | 'auditor';
/** A member, or a phone that one of them added: it writes the notes of a live session and reads nothing of the record. */
export type Role = MemberRole | 'phone';
export const ROLES: readonly MemberRole[] = ['owner', 'manager', 'agent', 'counsel', 'auditor'];
/** Who does the daily work. */
export const WORKERS = ['owner', 'manager', 'agent'] as const satisfies readonly Role[];
/** Who decides what cannot be taken back lightly: warns, restricts, leaves out, closes, looks a second time. */
export const DECIDERS = ['owner', 'manager'] as const satisfies readonly Role[];
/** Who writes down what happens in a live session. */
export const LIVE = [...WORKERS, 'phone'] as const satisfies readonly Role[];

/** Who calls: a member through the web, or the owner of this machine through the control socket. */
export type Caller = {
  readonly actor: Actor;
  readonly role: Role;
  readonly name: string;
  readonly isLocal: boolean;
  /** The one case that counsel sees; nobody else has one. */
  readonly caseId?: string;
};

/** What a route demands. A route without it does not start the program. */
export type Rights = {
  readonly action: string;
  readonly roles: readonly Role[] | 'anyone';
  /**
   * What is reached: everything, what lies under `/api/cases/{id}`, or what is the caller's own. Counsel reaches nothing of
   * the first, and of the second their own case alone; to the others a case is open as everything is.
   */
  readonly scope: 'workspace' | 'case' | 'self';
  /** What a call is in the list of accesses, when each one is noted there whoever makes it. */
  readonly custody?: CustodyAct;
};

/** What somebody did with the record, as the list of accesses says it. */
export const CUSTODY_ACTS = [
  'opening',
  'export',
  'bundle',
  'redaction',
  'verification',
  'anchor',
  'erasure',
  'backup',
  'setting',
] as const;
export type CustodyAct = (typeof CUSTODY_ACTS)[number];

/** Notes who calls what: around each secured route. */
export type AccessNotes = {
  readonly before: (rights: Rights) => Promise<void>;
  /** @param operation the route as it is declared: `GET /api/parties/{id}` */
  readonly after: (rights: Rights, operation: string) => Promise<void>;
};
export type ApiEnv = {
  Variables: { caller: Caller | null; isLocked?: boolean; access?: AccessNotes; subject?: string };
};
export type Api = OpenAPIHono<ApiEnv>;

/** RFC 9457 problem details; `code` is the refusal word that the screens translate. */
const ProblemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    params: z.record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
    ),
  })
  .openapi('Problem');

export const problemResponse = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ProblemSchema } },
});

export function jsonResponse<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** `…/{id}` */
export const IdParam = z.object({ id: z.uuid() });

type ByteType = 'application/zip' | 'text/html' | 'application/octet-stream' | 'application/x-ndjson';

/** What {@link stream} answers with. */
export function byteResponse(type: ByteType, description: string) {
  const schema = type === 'application/x-ndjson' ? z.string() : z.string().openapi({ format: 'binary' });
  return { description, content: { [type]: { schema } } };
}

export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } };
}

/** A route that says who may call it; the guard runs before the handler sees anything. */
export function securedRoute<
  P extends string,
  R extends Omit<RouteConfig, 'path' | 'middleware'> & { path: P },
>(rights: Rights, route: R) {
  return createRoute<P, R>({
    ...route,
    'x-rights': rights,
    middleware: [guard(rights, `${route.method.toUpperCase()} ${route.path}`)],
  });
}

function guard(rights: Rights, operation: string): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (rights.roles === 'anyone') return next();
    const caller = c.get('caller');
    if (!caller) return problem(c, 401, 'sign-in-needed', 'Sign in first.');
    if (!mayCall(rights, caller.role))
      return problem(c, 403, 'not-allowed', `Your role may not ${rights.action}.`, {
        role: caller.role,
        action: rights.action,
      });
    if (caller.role === 'counsel' && rights.scope === 'case' && c.req.param('id') !== caller.caseId)
      return problem(c, 404, 'not-found', 'There is nothing here.');
    const access = c.get('access');
    await access?.before(rights);
    await next();
    await access?.after(rights, operation);
    return undefined;
  };
}

/** Whether a role may call a route at all; of which case is seen when it is called. */
export function mayCall({ roles, scope }: Rights, role: Role): boolean {
  if (roles === 'anyone') return true;
  return roles.includes(role) && (role !== 'counsel' || scope !== 'workspace');
}

/** The caller of a secured route. */
export function callerOf(c: Context<ApiEnv>): Caller {
  const caller = c.get('caller');
  if (!caller) throw new BrokenPromise('row-missing', 'A secured route was reached without a caller.');
  return caller;
}

export function problem(
  c: Context,
  status: ContentfulStatusCode,
  code: string,
  title: string,
  params: Params = {},
): never {
  return c.body(
    JSON.stringify({ type: `https://evenkeel.example/errors#${code}`, title, status, code, params }),
    status,
    {
      'content-type': 'application/problem+json',
    },
  ) as never;
}

/**
 * Answers with a value from a store. Stores hand out readonly rows that the response types, made from zod, do not take;
 * that every answer has the shape the contract promises is tested on real answers instead.
 */
export function reply(c: Context, value: unknown, status: ContentfulStatusCode = 200): never {
  return c.json(value, status) as never;
}

/** Answers with bytes as they come; whoever stops reading stops the making of them. */
export function stream(
  c: Context,
  type: ByteType,
  bytes: AsyncIterable<Uint8Array>,
  headers: Readonly<Record<string, string>> = {},
): never {
  const body = ReadableStream.from(bytes) as ReadableStream<Uint8Array>;
  return c.body(body, 200, { 'content-type': type, ...headers }) as never;
}

type Refusal<Reason extends string> = { readonly reason: Reason; readonly params?: Params };

/** Foreign bytes leave as a download that no browser renders. */
export function download(c: Context, bytes: Uint8Array, name: string): never {
  return c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escape)}`,
    'x-content-type-options': 'nosniff',
  }) as never;
}

/** How a module answers: what it did, or its refusal with the status and the sentence declared for it. */
export function answersWith<Reason extends string>(
  statusOf: Readonly<Record<Reason, ContentfulStatusCode>>,
  titles: Readonly<Record<Reason, string>>,
) {
  const refusal = (c: Context, { reason, params }: Refusal<Reason>): never =>
    problem(c, statusOf[reason], reason, titles[reason], params);
  const answer = (c: Context, done: Outcome<unknown, Reason>, status: 200 | 201 | 204 = 200): never => {
    if (!done.ok) return refusal(c, done);
    return status === 204 ? (c.body(null, 204) as never) : reply(c, done.value, status);
  };
  return { answer, refusal };
}

export function createApi(log: Log): Api {
  const api = new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) => {
      if (result.success) return;
      const first = result.error.issues[0];
      return problem(c, 422, 'not-understood', `The request cannot be used: ${first?.message ?? 'unknown'}`, {
        at: (first?.path ?? []).join('.'),
      });
    },
  });
  api.notFound((c) => problem(c, 404, 'not-found', 'There is nothing here.'));
  api.onError((error, c) => {
    if (error instanceof Halt || error instanceof BrokenPromise) {
      log('request.stopped', { code: error.code });
      return problem(c, error instanceof Halt ? 422 : 500, error.code, error.message);
    }
    log('request.failed', { reason: error.message, stack: error.stack ?? '' });
    return problem(
      c,
      500,
      'failed',
      'Something went wrong inside the program. Nothing of this request was kept; the log says more.',
    );
  });
  return api;
}

/** @throws Halt `route-without-rights` so that a forgotten declaration is found at the first start, not by an attacker */
export function checkRights(api: Api): void {
  for (const definition of api.openAPIRegistry.definitions) {
    if (definition.type !== 'route') continue;
    const { method, path, 'x-rights': rights } = definition.route as RouteConfig & { 'x-rights'?: Rights };
    if (!rights)
      throw new Halt('route-without-rights', `The route ${method} ${path} does not say who may call it.`);
    if (rights.scope === 'case' && !path.startsWith('/api/cases/{id}/'))
      throw new Halt('route-without-rights', `The route ${method} ${path} does not say of which case it is.`);
  }
}
