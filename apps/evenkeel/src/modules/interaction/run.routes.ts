import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  byteResponse,
  IdParam,
  jsonResponse,
  problem,
  problemResponse,
  reply,
  securedRoute,
  stream,
} from '../../kernel/http.ts';
import { PageQuery, readTimeKey } from '../../kernel/paging.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { containersOf, reportOf, runsPage } from '../source/source.actions.ts';
import { BRING_IN, SEE_BROUGHT } from './bringing.ts';
import { rebuildContainer } from './container.actions.ts';
import type { Importer, LiveRun, RunEvent } from './import.actions.ts';
import { ContainerSchema, RunPageSchema, RunReportSchema } from './import.schemas.ts';

const { refusal: containerRefusal } = answersWith(
  { 'container-unknown': 404, 'container-not-kept': 409 } as const,
  {
    'container-unknown': 'There is no such file in this import.',
    'container-not-kept':
      'This file was not kept as a whole: something in it was left out by choice, or it was very large.',
  },
);

/** What imports did and are doing, and the files that they read. */
export function runRoutes(api: Api, ledger: Ledger, importer: Importer): void {
  runs(api, ledger, importer);
  containers(api, ledger);
}

function runs(api: Api, ledger: Ledger, importer: Importer): void {
  const one = securedRoute(SEE_BROUGHT, {
    method: 'get',
    path: '/api/runs/{id}',
    operationId: 'getRun',
    request: { params: IdParam },
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

  const list = securedRoute(SEE_BROUGHT, {
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

  const cancel = securedRoute(BRING_IN, {
    method: 'post',
    path: '/api/runs/{id}/cancel',
    operationId: 'cancelRun',
    request: { params: IdParam },
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

  const events = securedRoute(SEE_BROUGHT, {
    method: 'get',
    path: '/api/runs/{id}/events',
    operationId: 'followRun',
    request: { params: IdParam },
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
  const list = securedRoute(SEE_BROUGHT, {
    method: 'get',
    path: '/api/runs/{id}/containers',
    operationId: 'listContainers',
    request: { params: IdParam },
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

  const whole = securedRoute(SEE_BROUGHT, {
    method: 'get',
    path: '/api/runs/{id}/containers/{position}',
    operationId: 'getContainer',
    request: { params: IdParam.extend({ position: z.coerce.number().int().min(0) }) },
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
