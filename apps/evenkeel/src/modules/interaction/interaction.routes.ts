import { wideOf } from '@evenkeel/records/wide';
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  type Api,
  byteResponse,
  download,
  IdParam,
  jsonResponse,
  problem,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { attachmentOf, detailOf, firstOriginal, htmlOf, originalBytes } from './detail.actions.ts';
import { mailFactsRoutes } from './mail-facts.routes.ts';
import { extensionOf } from './media.ts';
import { provenanceOf } from './provenance.actions.ts';
import { readAnewRoutes } from './read-anew.routes.ts';
import { DetailSchema, HtmlSchema, OriginalTextSchema, ProvenanceSchema } from './schemas.ts';

const READ = { action: 'read the record', roles: ROLES, scope: 'workspace' } as const;
const TEXT_SHOWN_BYTES = 512 * 1024;
const UNKNOWN = problemResponse('There is none');

/** One interaction: what it says, its exact bytes, its attachments, and how to check it. */
export function interactionRoutes(api: Api, ledger: Ledger, sealer: Sealer): void {
  detail(api, ledger);
  bytes(api, ledger);
  provenance(api, ledger, sealer);
  mailFactsRoutes(api, ledger);
  readAnewRoutes(api, ledger);
}

function unknown(c: Context) {
  return problem(c, 404, 'interaction-unknown', 'There is no such message.');
}

function detail(api: Api, ledger: Ledger): void {
  const route = securedRoute(READ, {
    method: 'get',
    path: '/api/interactions/{id}',
    operationId: 'getInteraction',
    request: { params: IdParam },
    responses: { 200: jsonResponse(DetailSchema, 'One interaction'), 404: UNKNOWN },
  });
  api.openapi(route, async (c) => {
    const found = await detailOf(ledger, c.req.valid('param').id);
    return found ? reply(c, found) : unknown(c);
  });

  const html = securedRoute(READ, {
    method: 'get',
    path: '/api/interactions/{id}/html',
    operationId: 'getInteractionHtml',
    request: { params: IdParam },
    responses: { 200: jsonResponse(HtmlSchema, 'Its HTML, as it came'), 404: UNKNOWN },
  });
  api.openapi(html, async (c) => {
    const { id } = c.req.valid('param');
    const original = await firstOriginal(ledger, id);
    return original ? reply(c, await htmlOf(ledger, id, original)) : unknown(c);
  });
}

function bytes(api: Api, ledger: Ledger): void {
  const binary = byteResponse('application/octet-stream', 'The exact bytes');
  const form = z.object({ form: z.coerce.number().int().min(0).max(99).default(0) });
  const original = securedRoute(READ, {
    method: 'get',
    path: '/api/interactions/{id}/original',
    operationId: 'getOriginal',
    request: { params: IdParam, query: form },
    responses: { 200: binary, 404: UNKNOWN, 410: problemResponse('It was erased') },
  });
  api.openapi(original, async (c) => {
    const { id } = c.req.valid('param');
    const found = await firstOriginal(ledger, id, c.req.valid('query').form);
    if (!found) return unknown(c);
    const read = await originalBytes(ledger, found);
    if (read === 'erased') return problem(c, 410, 'erased', 'These bytes were erased.');
    return download(c, read, `${id}.${extensionOf(found.mediaType)}`);
  });

  const text = securedRoute(READ, {
    method: 'get',
    path: '/api/interactions/{id}/original-text',
    operationId: 'getOriginalText',
    request: { params: IdParam, query: form },
    responses: {
      200: jsonResponse(OriginalTextSchema, 'The bytes as text, for looking at'),
      404: UNKNOWN,
      410: problemResponse('It was erased'),
    },
  });
  api.openapi(text, async (c) => {
    const found = await firstOriginal(ledger, c.req.valid('param').id, c.req.valid('query').form);
    if (!found) return unknown(c);
    const read = await originalBytes(ledger, found);
    if (read === 'erased') return problem(c, 410, 'erased', 'These bytes were erased.');
    return reply(c, textOf(read));
  });

  const attachment = securedRoute(READ, {
    method: 'get',
    path: '/api/interactions/{id}/attachments/{sha256}',
    operationId: 'getAttachment',
    request: { params: IdParam.extend({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }) },
    responses: { 200: binary, 404: UNKNOWN },
  });
  api.openapi(attachment, async (c) => {
    const { id, sha256 } = c.req.valid('param');
    const found = await firstOriginal(ledger, id);
    const read = found && (await attachmentOf(ledger, id, found, sha256));
    return read ? download(c, read.bytes, read.name ?? sha256) : unknown(c);
  });
}

function textOf(read: Uint8Array): { text: string; encoding: string; truncated: boolean } {
  const shown = read.subarray(0, TEXT_SHOWN_BYTES);
  const wide = wideOf(shown);
  if (wide)
    return {
      text: new TextDecoder(wide).decode(shown),
      encoding: wide,
      truncated: shown.length < read.length,
    };
  const isUtf8 = new TextDecoder('utf-8', { fatal: true });
  try {
    return { text: isUtf8.decode(shown), encoding: 'utf-8', truncated: shown.length < read.length };
  } catch {
    return {
      text: Buffer.from(shown).toString('latin1'),
      encoding: 'latin1',
      truncated: shown.length < read.length,
    };
  }
}

function provenance(api: Api, ledger: Ledger, sealer: Sealer): void {
  const route = securedRoute(READ, {
    method: 'get',
    path: '/api/interactions/{id}/provenance',
    operationId: 'getProvenance',
    request: { params: IdParam },
    responses: {
      200: jsonResponse(ProvenanceSchema, 'Where it came from, and how to check it'),
      404: UNKNOWN,
    },
  });
  api.openapi(route, async (c) => {
    const { id } = c.req.valid('param');
    const original = await firstOriginal(ledger, id);
    return original ? reply(c, await provenanceOf(ledger, sealer, id, original)) : unknown(c);
  });
}
