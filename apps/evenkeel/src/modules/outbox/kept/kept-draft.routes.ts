import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  callerOf,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  reply,
  securedRoute,
  WORKERS,
} from '../../../kernel/http.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import type { Sealer } from '../../ledger/sealer.actions.ts';
import { deleteDraft, keepDraft, listKept, recordDraft } from './kept-draft.actions.ts';
import { KEPT_UNTIL, type KeptDraftRefusal } from './kept-draft.ts';

const OWN = { action: 'keep drafts of their own', roles: WORKERS, scope: 'self' } as const;
const RECORD = { action: 'record what happened', roles: WORKERS, scope: 'workspace' } as const;
const NOT_SO = problemResponse('There is none, or a legal hold keeps it');
const IdSchema = z.object({ id: z.string() });
const Words = z.string().min(1).max(100_000);
const Versions = z.strictObject({ mine: Words, calm: Words }).nullable();
const KeepBody = z.strictObject({
  party: z.uuid(),
  text: Words,
  versions: Versions.default(null),
  until: z.enum(KEPT_UNTIL),
  replaces: z.uuid().nullable().default(null),
});
const KeptDraftSchema = z
  .object({
    id: z.string(),
    partyId: z.string(),
    interactionId: z.string(),
    text: z.string(),
    versions: Versions,
    keptAt: z.string(),
    until: z.enum(KEPT_UNTIL),
    dueAt: z.string().nullable(),
    isHeld: z.boolean(),
    keptBy: z.string().nullable(),
  })
  .openapi('KeptDraft');

const { answer } = answersWith<KeptDraftRefusal>(
  { 'party-unknown': 404, 'interaction-unknown': 404, 'draft-unknown': 404, 'draft-held': 409 },
  {
    'party-unknown': 'There is no such client. Nothing was kept.',
    'interaction-unknown': 'There is no such message of this client. Nothing was kept.',
    'draft-unknown': 'There is no kept draft of yours under this id.',
    'draft-held': 'A legal hold is on: this draft is kept until the hold is released. Nothing was deleted.',
  },
);

/** Drafts that a member chose to keep: private, each their own, in no record. */
export function keptDraftRoutes(api: Api, ledger: Ledger, sealer: Sealer): void {
  keepRoutes(api, ledger);
  endRoutes(api, ledger, sealer);
}

function keepRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(OWN, {
    method: 'get',
    path: '/api/kept-drafts',
    operationId: 'listKeptDrafts',
    request: { query: z.object({ interaction: z.uuid().optional() }) },
    responses: {
      200: jsonResponse(
        z.object({ items: z.array(KeptDraftSchema) }),
        'The caller’s own kept drafts, newest first',
      ),
    },
  });
  api.openapi(list, async (c) => {
    const { interaction = null } = c.req.valid('query');
    return reply(c, { items: await listKept(ledger, callerOf(c), interaction) });
  });

  const keep = securedRoute(OWN, {
    method: 'post',
    path: '/api/interactions/{id}/kept-drafts',
    operationId: 'keepReplyDraft',
    request: { params: IdParam, body: jsonBody(KeepBody) },
    responses: { 201: jsonResponse(IdSchema, 'Kept, until what was chosen'), 404: NOT_SO },
  });
  api.openapi(keep, async (c) => {
    const { id: interaction } = c.req.valid('param');
    return answer(c, await keepDraft(ledger, callerOf(c), { ...c.req.valid('json'), interaction }), 201);
  });
}

function endRoutes(api: Api, ledger: Ledger, sealer: Sealer): void {
  const path = '/api/kept-drafts/{id}';
  const end = securedRoute(OWN, {
    ...{ method: 'delete', path, operationId: 'deleteKeptDraft', request: { params: IdParam } },
    responses: { 204: { description: 'Its words can be read nowhere now' }, 404: NOT_SO, 409: NOT_SO },
  });
  api.openapi(end, async (c) =>
    answer(c, await deleteDraft(ledger, callerOf(c), c.req.valid('param').id), 204),
  );

  const record = securedRoute(RECORD, {
    method: 'post',
    path: `${path}/recorded`,
    operationId: 'recordKeptDraft',
    request: {
      params: IdParam,
      body: jsonBody(z.strictObject({ subject: z.string().trim().min(1).max(300) })),
    },
    responses: { 201: jsonResponse(IdSchema, 'The note that it is in the record now'), 404: NOT_SO },
  });
  api.openapi(record, async (c) => {
    const { subject } = c.req.valid('json');
    return answer(c, await recordDraft(ledger, sealer, callerOf(c), c.req.valid('param').id, subject), 201);
  });
}
