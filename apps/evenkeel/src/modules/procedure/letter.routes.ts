import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  type Api,
  byteResponse,
  callerOf,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  securedRoute,
  stream,
  WORKERS,
} from '../../kernel/http.ts';
import { type Stated, stated } from '../../kernel/instant.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { finishLetter, handOver, keepDraft, letterMail, proveLetter, viewLetter } from './letter.actions.ts';
import type { ProcedurePorts } from './loading.actions.ts';
import type { Lang } from './pack.ts';
import type { ProcedureRefusal } from './procedure.ts';
import { answer, refusal } from './refusals.ts';
import { DraftBody, FinishBody, HandBody, LangSchema, LetterSchema, ProofBody } from './schemas.ts';

const READ = { action: 'see letters of procedures', roles: ROLES, scope: 'workspace' } as const;
const WRITE = { action: 'write letters of procedures', roles: WORKERS, scope: 'workspace' } as const;
const PATH = '/api/procedures/{id}/letters/{letter}';
const OfLetter = z.object({ id: z.uuid(), letter: z.string().max(200) });
const UNKNOWN = problemResponse('There is none');
const NOT_SO = problemResponse('It cannot be done now, or not by this role');
const UNUSABLE = problemResponse('Something is missing, or cannot be used');
const SHOWN = jsonResponse(LetterSchema, 'The letter as it stands now');

/** Letters of a procedure: written, finished, handed over, proved. */
export function letterRoutes(api: Api, ports: ProcedurePorts): void {
  viewRoute(api, ports);
  draftRoute(api, ports);
  finalRoute(api, ports);
  mailRoute(api, ports);
  handRoutes(api, ports);
}

type Which = { readonly id: string; readonly letter: string };

async function shown(c: Context, ports: ProcedurePorts, which: Which, lang: Lang | null): Promise<never> {
  const view = await viewLetter(ports, callerOf(c), which.id, { letter: which.letter, lang });
  return answer(c, view);
}

async function settled(
  c: Context,
  ports: ProcedurePorts,
  which: Which,
  lang: Lang | null,
  done: Outcome<unknown, ProcedureRefusal>,
): Promise<never> {
  return done.ok ? shown(c, ports, which, lang) : refusal(c, done);
}

function viewRoute(api: Api, ports: ProcedurePorts): void {
  const route = securedRoute(READ, {
    method: 'get',
    path: PATH,
    operationId: 'getProcedureLetter',
    request: { params: OfLetter, query: z.object({ lang: LangSchema.optional() }) },
    responses: { 200: SHOWN, 404: UNKNOWN },
  });
  api.openapi(route, (c) => shown(c, ports, c.req.valid('param'), c.req.valid('query').lang ?? null));
}

function draftRoute(api: Api, ports: ProcedurePorts): void {
  const route = securedRoute(WRITE, {
    method: 'put',
    path: PATH,
    operationId: 'keepProcedureLetter',
    request: { params: OfLetter, body: jsonBody(DraftBody) },
    responses: { 200: SHOWN, 404: UNKNOWN, 409: NOT_SO },
  });
  api.openapi(route, async (c) => {
    const which = c.req.valid('param');
    const { lang, ...draft } = c.req.valid('json');
    const kept = await keepDraft(ports, callerOf(c), which.id, { letter: which.letter, lang, draft });
    return settled(c, ports, which, lang, kept);
  });
}

function finalRoute(api: Api, ports: ProcedurePorts): void {
  const route = securedRoute(WRITE, {
    method: 'post',
    path: `${PATH}/final`,
    operationId: 'finishProcedureLetter',
    request: { params: OfLetter, body: jsonBody(FinishBody) },
    responses: { 200: SHOWN, 403: NOT_SO, 404: UNKNOWN, 409: NOT_SO, 422: UNUSABLE },
  });
  api.openapi(route, async (c) => {
    const which = c.req.valid('param');
    const { lang, confirmedNames } = c.req.valid('json');
    const wish = { letter: which.letter, lang, confirmedNames };
    const finished = await finishLetter(ports, callerOf(c), which.id, wish);
    return settled(c, ports, which, lang, finished);
  });
}

function mailRoute(api: Api, ports: ProcedurePorts): void {
  const route = securedRoute(READ, {
    method: 'get',
    path: `${PATH}/mail`,
    operationId: 'getProcedureLetterMail',
    request: { params: OfLetter, query: z.object({ confirmed: z.string().max(200).optional() }) },
    responses: {
      200: byteResponse('application/octet-stream', 'The finished letter as a mail'),
      404: UNKNOWN,
      409: NOT_SO,
    },
  });
  api.openapi(route, async (c) => {
    const { id, letter } = c.req.valid('param');
    const { confirmed } = c.req.valid('query');
    const mail = await letterMail(ports, id, letter, confirmed === undefined ? [] : [confirmed]);
    if (!mail.ok) return refusal(c, mail);
    const headers = { 'content-disposition': 'attachment; filename="letter.eml"' };
    return stream(c, 'application/octet-stream', only(mail.value), headers);
  });
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

function handRoutes(api: Api, ports: ProcedurePorts): void {
  const responses = { 200: SHOWN, 403: NOT_SO, 404: UNKNOWN, 409: NOT_SO, 422: UNUSABLE };
  const hand = securedRoute(WRITE, {
    method: 'post',
    path: `${PATH}/handed-over`,
    operationId: 'handOverProcedureLetter',
    request: { params: OfLetter, body: jsonBody(HandBody) },
    responses,
  });
  api.openapi(hand, async (c) => {
    const which = c.req.valid('param');
    const { way, at, confirmedNames } = c.req.valid('json');
    const wish = { letter: which.letter, way, at: statedAt(at, ports), confirmedNames };
    return settled(c, ports, which, null, await handOver(ports, callerOf(c), which.id, wish));
  });
  const proof = securedRoute(WRITE, {
    method: 'post',
    path: `${PATH}/proof`,
    operationId: 'proveProcedureLetter',
    request: { params: OfLetter, body: jsonBody(ProofBody) },
    responses,
  });
  api.openapi(proof, async (c) => {
    const which = c.req.valid('param');
    const wish = { letter: which.letter, interaction: c.req.valid('json').interactionId };
    return settled(c, ports, which, null, await proveLetter(ports, callerOf(c), which.id, wish));
  });
}

/** Without a time it left now. */
function statedAt(at: string | null, { ledger }: ProcedurePorts): Stated {
  const now: Stated = { at: ledger.chance.now(), offsetMin: null, source: 'by hand', certainty: 'stated' };
  const given = stated(at, 'by hand');
  // Where our own clock stands is not written down.
  return given ? { ...given, offsetMin: 0 } : now;
}
