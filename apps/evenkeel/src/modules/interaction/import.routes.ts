import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Actor } from '../../kernel/brand.ts';
import { isZone } from '../../kernel/calendar.ts';
import { filesUnder, type Given } from '../../kernel/files.ts';
import {
  type Api,
  answersWith,
  byteResponse,
  callerOf,
  jsonBody,
  jsonResponse,
  problem,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
  stream,
  WORKERS,
} from '../../kernel/http.ts';
import { Halt } from '../../kernel/outcome.ts';
import { PageQuery, readTimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { addOwnAddresses } from '../ledger/read.actions.ts';
import { addParty, partyMeant } from '../party/party.actions.ts';
import { normalAddress, type PartyId } from '../party/party.ts';
import { containersOf, reportOf, runsPage } from '../source/source.actions.ts';
import { rebuildContainer } from './container.actions.ts';
import { type Importer, type LiveRun, ownAndGiven, type RunEvent, workspaceZone } from './import.actions.ts';
import { ContainerSchema, RunPageSchema, RunReportSchema, UploadSchema } from './import.schemas.ts';
import { PrivilegeSchema } from './privilege.schemas.ts';
import { rereadRoutes } from './reread.routes.ts';
import { SurveySchema } from './schemas.ts';
import type { Uploads } from './uploads.store.ts';

const WRITE = {
  action: 'bring in correspondence',
  roles: WORKERS,
  scope: 'workspace',
} as const;
const READ = { action: 'see what was brought in', roles: ROLES, scope: 'workspace' } as const;

const { refusal: containerRefusal } = answersWith(
  { 'container-unknown': 404, 'container-not-kept': 409 } as const,
  {
    'container-unknown': 'There is no such file in this import.',
    'container-not-kept':
      'This file was not kept as a whole: something in it was left out by choice, or it was very large.',
  },
);
const CORRESPONDENTS_SHOWN = 5000;

const Addresses = z.array(z.string().min(1).max(320)).max(10_000);
/** Files come as uploads; only the owner of this machine may name paths of it. */
const InputSchema = z.object({
  uploads: z.array(z.uuid()).max(100_000).default([]),
  paths: z.array(z.string().min(1)).max(10_000).default([]),
});
const Param = z.object({ id: z.uuid() });
/** What a person states about exports: the zone of their local times, the order of their dates. */
const StatedShape = {
  tz: z.string().max(80).refine(isZone).nullable().default(null),
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).nullable().default(null),
};

export function importRoutes(api: Api, ledger: Ledger, importer: Importer, uploads: Uploads): void {
  uploading(api, ledger, uploads);
  importing(api, ledger, importer, uploads);
  runs(api, ledger, importer);
  containers(api, ledger);
  rereadRoutes(api, ledger);
}

function uploading(api: Api, ledger: Ledger, uploads: Uploads): void {
  const keep = securedRoute(WRITE, {
    method: 'post',
    path: '/api/uploads',
    operationId: 'upload',
    responses: { 201: jsonResponse(UploadSchema, 'Kept until its import has ended') },
  });
  api.openapi(keep, async (c) => {
    const folder = c.req.header('x-folder');
    const file = decoded(c.req.header('x-file-name') ?? 'file');
    const name = folder ? `${decoded(folder)}/${file}` : file;
    const modifiedMs = Number(c.req.header('x-file-modified') ?? Number.NaN);
    const known = Number.isFinite(modifiedMs) && modifiedMs > 0 ? modifiedMs : null;
    return reply(c, await uploads.keep(ledger.newId(), name, known, c.req.raw.body), 201);
  });

  const drop = securedRoute(WRITE, {
    method: 'delete',
    path: '/api/uploads/{id}',
    operationId: 'dropUpload',
    request: { params: Param },
    responses: { 204: { description: 'Gone' } },
  });
  api.openapi(drop, async (c) => {
    await uploads.drop([c.req.valid('param').id]);
    return c.body(null, 204);
  });
}

/** Names travel percent-encoded; one that is not is taken as it stands. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

async function pathsOf(
  c: Context,
  uploads: Uploads,
  input: z.infer<typeof InputSchema>,
): Promise<readonly Given[]> {
  if (input.paths.length > 0 && !callerOf(c).isLocal)
    throw new Halt(
      'paths-are-local',
      'Only the command line on this machine may name files of it. Drop them on the page instead.',
    );
  const kept = await Promise.all(input.uploads.map((id) => uploads.pathOf(id)));
  if (kept.includes(null))
    throw new Halt('upload-gone', 'A file that was dropped is not here any more. Drop it again.');
  return [...input.paths, ...kept.flatMap((one) => one ?? [])];
}

function importing(api: Api, ledger: Ledger, importer: Importer, uploads: Uploads): void {
  const survey = securedRoute(WRITE, {
    method: 'post',
    path: '/api/imports/survey',
    operationId: 'surveyImport',
    request: { body: jsonBody(InputSchema.extend({ me: Addresses.default([]), ...StatedShape })) },
    responses: { 200: jsonResponse(SurveySchema, 'Who is in it; nothing is kept') },
  });
  api.openapi(survey, async (c) => {
    const wish = c.req.valid('json');
    const me = await ownAndGiven(ledger, wish.me);
    const settings = { zone: wish.tz, dateOrder: wish.dateOrder };
    const seen = await importer.survey(await pathsOf(c, uploads, wish), me, settings);
    const correspondents = [...seen.people.values()]
      .sort((a, b) => b.count - a.count || (a.address < b.address ? -1 : 1))
      .slice(0, CORRESPONDENTS_SHOWN);
    return reply(c, {
      correspondents,
      items: seen.items,
      unreadable: seen.unreadable,
      ownerless: seen.ownerless,
      companions: seen.companions,
      problems: seen.problems,
      exports: [...seen.exports.values()].slice(0, CORRESPONDENTS_SHOWN),
      formats: [...seen.formats].map(([format, items]) => ({ format, items })),
      zone: await workspaceZone(ledger),
      containers: [...seen.containers].map(([name, items]) => ({ name, items })),
    });
  });

  const start = securedRoute(WRITE, {
    method: 'post',
    path: '/api/imports',
    operationId: 'startImport',
    request: {
      body: jsonBody(
        InputSchema.extend({
          only: Addresses.nullable().default(null),
          client: z.string().max(320).nullable().default(null),
          privilege: PrivilegeSchema.nullable().default(null),
          me: Addresses.default([]),
          ...StatedShape,
        }),
      ),
    },
    responses: {
      202: jsonResponse(z.object({ run: z.string() }), 'It has begun'),
      409: problemResponse('Several clients are meant'),
    },
  });
  api.openapi(start, async (c) => {
    const wish = c.req.valid('json');
    const actor = callerOf(c).actor;
    const paths = await pathsOf(c, uploads, wish);
    const client = wish.client === null ? null : await clientFor(ledger, actor, wish.client, paths);
    if (client && !client.ok)
      return problem(c, 409, client.reason, `"${wish.client}" may mean several clients.`, client.params);
    // What is ours now is ours at the next import too.
    if (wish.me.length > 0) await addOwnAddresses(ledger.db, ledger.workspaceId, wish.me.map(normalAddress));
    const run = await importer.start({
      paths,
      actor,
      only: wish.only && [...new Set(wish.only.map(normalAddress))].sort(),
      me: await ownAndGiven(ledger, wish.me),
      client: client?.value ?? null,
      privilege: wish.privilege,
      settings: { zone: wish.tz, dateOrder: wish.dateOrder },
      after: () => uploads.drop(wish.uploads),
    });
    return reply(c, { run }, 202);
  });
}

type ClientFor =
  | { ok: true; value: { id: PartyId; name: string } }
  | { ok: false; reason: string; params: Record<string, string | readonly string[]> };

/** The party meant by a word; a new client of that name when nobody is, and the files are there to be read. */
async function clientFor(
  ledger: Ledger,
  actor: Actor,
  word: string,
  paths: readonly Given[],
): Promise<ClientFor> {
  const meant = await partyMeant(ledger, word);
  if (meant.ok) return { ok: true, value: meant.value };
  if (meant.reason === 'party-ambiguous')
    return {
      ok: false,
      reason: meant.reason,
      params: meant.params as Record<string, string | readonly string[]>,
    };
  await filesUnder(paths);
  const added = await addParty(ledger, actor, { name: word, state: 'client', identifiers: [] });
  if (!added.ok) return { ok: false, reason: added.reason, params: {} };
  return { ok: true, value: { id: added.value, name: word } };
}

function runs(api: Api, ledger: Ledger, importer: Importer): void {
  const one = securedRoute(READ, {
    method: 'get',
    path: '/api/runs/{id}',
    operationId: 'getRun',
    request: { params: Param },
    responses: {
      200: jsonResponse(RunReportSchema, 'What a run did'),
      404: problemResponse('There is none'),
    },
  });
  api.openapi(one, async (c) => {
    const { id } = c.req.valid('param');
    const report = await reportOf(ledger, id);
    if (!report) return problem(c, 404, 'run-unknown', 'There is no such import.');
    return reply(c, { ...report, progress: importer.live(id)?.progress ?? null });
  });

  const list = securedRoute(READ, {
    method: 'get',
    path: '/api/runs',
    operationId: 'listRuns',
    request: { query: PageQuery },
    responses: { 200: jsonResponse(RunPageSchema, 'Imports, newest first') },
  });
  api.openapi(list, async (c) => {
    const { after, limit } = c.req.valid('query');
    return reply(c, await runsPage(ledger, readTimeKey(after), limit));
  });

  const cancel = securedRoute(WRITE, {
    method: 'post',
    path: '/api/runs/{id}/cancel',
    operationId: 'cancelRun',
    request: { params: Param },
    responses: {
      202: jsonResponse(z.object({ run: z.string() }), 'It ends after the batch it is at'),
      404: problemResponse('It is not running'),
    },
  });
  api.openapi(cancel, async (c) => {
    const { id } = c.req.valid('param');
    return importer.cancel(id)
      ? reply(c, { run: id }, 202)
      : problem(c, 404, 'run-not-running', 'This import is not running.');
  });

  const events = securedRoute(READ, {
    method: 'get',
    path: '/api/runs/{id}/events',
    operationId: 'followRun',
    request: { params: Param },
    responses: {
      200: byteResponse(
        'application/x-ndjson',
        'One JSON value a line: progress, acknowledged, failed, report',
      ),
      404: problemResponse('There is none'),
    },
  });
  api.openapi(events, async (c) => {
    const { id } = c.req.valid('param');
    const live = importer.live(id);
    const report = live ? null : await reportOf(ledger, id);
    if (!live && !report) return problem(c, 404, 'run-unknown', 'There is no such import.');
    const lines = live ? follow(live) : only({ report: report! });
    return stream(c, 'application/x-ndjson', lines);
  });
}

function containers(api: Api, ledger: Ledger): void {
  const list = securedRoute(READ, {
    method: 'get',
    path: '/api/runs/{id}/containers',
    operationId: 'listContainers',
    request: { params: Param },
    responses: {
      200: jsonResponse(
        z.object({ items: z.array(ContainerSchema) }),
        'The files of several items that were read',
      ),
    },
  });
  api.openapi(list, async (c) => {
    const rows = await containersOf(ledger.db, ledger.workspaceId, c.req.valid('param').id);
    return reply(c, { items: rows.map(({ frame, ...row }) => ({ ...row, isKept: frame !== null })) });
  });

  const whole = securedRoute(READ, {
    method: 'get',
    path: '/api/runs/{id}/containers/{position}',
    operationId: 'getContainer',
    request: { params: Param.extend({ position: z.coerce.number().int().min(0) }) },
    responses: {
      200: byteResponse('application/octet-stream', 'The file, byte for byte'),
      404: problemResponse('There is none'),
      409: problemResponse('It was not kept: something in it was left out'),
    },
  });
  api.openapi(whole, async (c) => {
    const { id, position } = c.req.valid('param');
    const rebuilt = await rebuildContainer(ledger, id, position);
    if (!rebuilt.ok) return containerRefusal(c, rebuilt);
    return stream(c, 'application/octet-stream', rebuilt.value.bytes);
  });
}

async function* only(event: RunEvent): AsyncGenerator<Uint8Array> {
  yield lineOf(event);
}

/** All events from the beginning, then each as it comes, until the run has ended. */
async function* follow(live: LiveRun): AsyncGenerator<Uint8Array> {
  for (let next = 0; ; ) {
    while (next < live.events.length) {
      const event = live.events[next++]!;
      yield lineOf(event);
      if ('report' in event || 'failed' in event) return;
    }
    await live.change();
  }
}

function lineOf(event: RunEvent): Uint8Array {
  return Buffer.from(`${JSON.stringify(event)}\n`);
}
