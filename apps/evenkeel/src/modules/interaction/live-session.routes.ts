import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  callerOf,
  jsonBody,
  jsonResponse,
  LIVE,
  problemResponse,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { type LiveRefusal, recordLiveNote, viewersMet } from './live-session.actions.ts';
import { SHOT_LIMIT_BYTES } from './live-session.ts';

const WRITE = { action: 'note what happens in a live session', roles: LIVE, scope: 'workspace' } as const;
const READ = { action: 'see the handles met in live sessions', roles: LIVE, scope: 'workspace' } as const;

const statusOf = {
  'nothing-noted': 422,
  'party-needed': 422,
  'party-unknown': 404,
  'party-unnamed': 422,
  'handle-needed': 422,
  'time-not-understood': 422,
  'time-in-future': 422,
  'end-before-start': 422,
  'zone-unknown': 422,
  'zone-contradicts': 422,
  'note-id-taken': 409,
  'correction-unknown': 404,
  'correction-of-original': 409,
  'consent-not-stated': 422,
  'consent-lacking': 422,
  'too-many-files': 422,
  'file-empty': 422,
  'file-too-large': 413,
  'file-type-unsupported': 422,
  'shot-not-bare': 422,
  'shot-too-large': 413,
} as const satisfies Record<LiveRefusal, 404 | 409 | 413 | 422>;

const NOT_RECORDED = 'This note cannot be recorded as it is. It was not recorded.';
const titles: Record<LiveRefusal, string> = {
  'nothing-noted': 'There are no words to keep. Nothing was recorded.',
  'party-needed': NOT_RECORDED,
  'party-unknown': NOT_RECORDED,
  'party-unnamed': NOT_RECORDED,
  'handle-needed': 'Say whom this is about: their handle. Nothing was recorded.',
  'time-not-understood': 'The time must be stated in UTC, 2026-05-12T18:43:00Z. Nothing was recorded.',
  'time-in-future':
    'This time has not come yet: the clock that stated it is ahead. Nothing was recorded; it can be when the time has come.',
  'end-before-start': 'It ends before it begins. Nothing was recorded.',
  'zone-unknown': NOT_RECORDED,
  'zone-contradicts': NOT_RECORDED,
  'note-id-taken': 'Something else is in the record under this id. Nothing was recorded.',
  'correction-unknown': NOT_RECORDED,
  'correction-of-original': NOT_RECORDED,
  'consent-not-stated': NOT_RECORDED,
  'consent-lacking': NOT_RECORDED,
  'too-many-files': NOT_RECORDED,
  'file-empty': NOT_RECORDED,
  'file-too-large': NOT_RECORDED,
  'file-type-unsupported': NOT_RECORDED,
  'shot-not-bare':
    'The shot holds more than its picture, or is no PNG. Nothing was recorded. Crop it anew on the page.',
  'shot-too-large': 'The shot is too large. Nothing was recorded. Crop it to the chat.',
};
const { answer } = answersWith(statusOf, titles);

const NoteSchema = z
  .strictObject({
    id: z.uuid(),
    session: z.uuid(),
    /** When it was noted, UTC. */
    at: z.string().max(40),
    kind: z.enum(['note', 'end']),
    handle: z.string().max(120),
    text: z.string().max(10_000),
    quotes: z.array(z.string().max(20_000)).max(10).default([]),
    durationMin: z.number().int().min(0).max(20_160).nullable().default(null),
    /** A bare PNG, base64. */
    shot: z
      .base64()
      .max(Math.ceil(SHOT_LIMIT_BYTES / 3) * 4 + 4)
      .nullable()
      .default(null),
  })
  .openapi('LiveNote');

const LiveSchema = z
  .object({
    as: z.enum(['member', 'phone']),
    now: z.string(),
    handles: z.array(z.string()),
  })
  .openapi('Live');

/** Notes of a live session, sent as soon as there is a connection; a phone may call these and no other. */
export function liveSessionRoutes(api: Api, ledger: Ledger, sealer: Sealer): void {
  const start = securedRoute(READ, {
    method: 'get',
    path: '/api/live',
    operationId: 'getLive',
    responses: { 200: jsonResponse(LiveSchema, 'What a live page begins with; it names nobody on our side') },
  });
  api.openapi(start, async (c) => {
    const as = callerOf(c).role === 'phone' ? 'phone' : 'member';
    return reply(c, { as, now: ledger.chance.now(), handles: await viewersMet(ledger) });
  });

  const note = securedRoute(WRITE, {
    method: 'post',
    path: '/api/live/notes',
    operationId: 'recordLiveNote',
    request: { body: jsonBody(NoteSchema) },
    responses: {
      200: jsonResponse(z.object({ id: z.string(), isNew: z.boolean() }), 'In the record, once'),
      409: problemResponse('The id is taken'),
      413: problemResponse('The shot is too large'),
      422: problemResponse('Something is missing or cannot be so'),
    },
  });
  api.openapi(note, async (c) => {
    const { shot, ...rest } = c.req.valid('json');
    const bytes = shot === null ? null : new Uint8Array(Buffer.from(shot, 'base64'));
    return answer(c, await recordLiveNote(ledger, sealer, callerOf(c).actor, { ...rest, shot: bytes }));
  });
}
