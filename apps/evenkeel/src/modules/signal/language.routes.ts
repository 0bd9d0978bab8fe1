import { CONDUCT, CONDUCT_CATEGORIES } from '@evenkeel/language/conduct';
import { z } from '@hono/zod-openapi';
import {
  type Api,
  callerOf,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { DraftRecord } from './draft-record.ts';
import { checkNoteText, checkText, packState, readText } from './language.actions.ts';
import type { Reader } from './reader.ts';
import { answer, refusal } from './refusals.ts';
import {
  ConductSchema,
  DraftReadSchema,
  GroundSchema,
  LangSchema,
  NoteReadSchema,
  PackStateSchema,
  SettingsSchema,
  SettingsWishSchema,
  SwitchSchema,
  TextReadSchema,
} from './schemas.ts';
import {
  changeSettings,
  languageSettings,
  listSwitches,
  turnRuleOff,
  turnRuleOn,
} from './working.actions.ts';

const CHECK = { action: 'have a text looked at', roles: WORKERS, scope: 'workspace' } as const;
const SEE = { action: 'see how texts are read', roles: ROLES, scope: 'workspace' } as const;
const SET = { action: 'say how texts are read', roles: ['owner', 'manager'], scope: 'workspace' } as const;
const TextSchema = z.string().max(2_000_000);
const UNKNOWN = problemResponse('There is none');

const text = { text: TextSchema, lang: LangSchema.nullable().default(null) };
const ofParty = { ...text, party: z.uuid().nullable().default(null) };

/**
 * Texts that are looked at and not kept, and how texts are read here.
 *
 * @param record what lies downstream says to a draft: promises, points, agreements
 */
export function languageRoutes(api: Api, ledger: Ledger, reader: Reader, record: DraftRecord): void {
  readRoute(api, ledger, reader);
  draftRoute(api, ledger, reader, record);
  noteRoute(api, ledger, reader);
  packRoutes(api, reader);
  settingsRoutes(api, ledger);
  switchRoutes(api, ledger);
}

function readRoute(api: Api, ledger: Ledger, reader: Reader): void {
  const route = securedRoute(CHECK, {
    method: 'post',
    path: '/api/language/read',
    operationId: 'readText',
    request: { body: jsonBody(z.strictObject(ofParty)) },
    responses: {
      200: jsonResponse(TextReadSchema, 'What it asks for, numbered, and its marked words; nothing is kept'),
      404: UNKNOWN,
    },
  });
  api.openapi(route, async (c) => {
    const read = await readText(ledger, reader, c.req.valid('json'));
    return answer(c, read);
  });
}

function draftRoute(api: Api, ledger: Ledger, reader: Reader, record: DraftRecord): void {
  const route = securedRoute(CHECK, {
    method: 'post',
    path: '/api/language/draft',
    operationId: 'checkDraft',
    request: {
      body: jsonBody(
        z.strictObject({
          ...ofParty,
          replyTo: z
            .union([
              z.strictObject({ interaction: z.uuid() }),
              z.strictObject({ text: TextSchema }),
              z.literal('newest'),
            ])
            .nullable()
            .default(null),
          ground: GroundSchema.nullable().default(null),
          counsel: z.boolean().default(false),
        }),
      ),
    },
    responses: {
      200: jsonResponse(DraftReadSchema, 'What to look at before it is sent; nothing is kept'),
      404: UNKNOWN,
    },
  });
  api.openapi(route, async (c) => {
    const read = await checkText(ledger, reader, record, c.req.valid('json'));
    return answer(c, read);
  });
}

function noteRoute(api: Api, ledger: Ledger, reader: Reader): void {
  const route = securedRoute(CHECK, {
    method: 'post',
    path: '/api/language/note',
    operationId: 'checkNote',
    request: { body: jsonBody(z.strictObject(text)) },
    responses: {
      200: jsonResponse(NoteReadSchema, 'What is no observation in a note of ours; nothing is kept'),
    },
  });
  api.openapi(route, async (c) => reply(c, await checkNoteText(ledger, reader, c.req.valid('json'))));
}

function packRoutes(api: Api, reader: Reader): void {
  const packs = securedRoute(SEE, {
    method: 'get',
    path: '/api/language/packs',
    operationId: 'getPacks',
    responses: { 200: jsonResponse(PackStateSchema, 'Which packs read here, and which cannot be used') },
  });
  api.openapi(packs, async (c) => reply(c, await packState(reader)));

  const conduct = securedRoute(SEE, {
    method: 'get',
    path: '/api/language/conduct',
    operationId: 'getConduct',
    responses: { 200: jsonResponse(ConductSchema, 'Which conduct a kind of marked words may belong to') },
  });
  api.openapi(conduct, (c) => reply(c, { categories: CONDUCT_CATEGORIES, kinds: CONDUCT }));
}

function settingsRoutes(api: Api, ledger: Ledger): void {
  const get = securedRoute(SEE, {
    method: 'get',
    path: '/api/language/settings',
    operationId: 'getLanguageSettings',
    responses: { 200: jsonResponse(SettingsSchema, 'The profile, and the hours and the pace we answer in') },
  });
  api.openapi(get, async (c) => reply(c, await languageSettings(ledger)));

  const patch = securedRoute(SET, {
    method: 'patch',
    path: '/api/language/settings',
    operationId: 'changeLanguageSettings',
    request: { body: jsonBody(SettingsWishSchema) },
    responses: {
      200: jsonResponse(SettingsSchema, 'As it is now'),
      422: problemResponse('Hours that cannot be'),
    },
  });
  api.openapi(patch, async (c) => {
    const done = await changeSettings(ledger, callerOf(c), c.req.valid('json'));
    return done.ok ? reply(c, await languageSettings(ledger)) : refusal(c, done);
  });
}

function switchRoutes(api: Api, ledger: Ledger): void {
  const list = securedRoute(SEE, {
    method: 'get',
    path: '/api/language/switches',
    operationId: 'listRuleSwitches',
    responses: {
      200: jsonResponse(z.object({ items: z.array(SwitchSchema) }), 'Rules that are or were off, and why'),
    },
  });
  api.openapi(list, async (c) => reply(c, { items: await listSwitches(ledger) }));

  const off = securedRoute(SET, {
    method: 'post',
    path: '/api/language/switches',
    operationId: 'turnRuleOff',
    request: {
      body: jsonBody(
        z.strictObject({
          /** A rule's id, or `model` for what the model alone says. */
          rule: z.string().min(1).max(200),
          party: z.uuid().nullable().default(null),
          reason: z.string().max(2000),
        }),
      ),
    },
    responses: {
      201: jsonResponse(z.object({ id: z.string() }), 'It is off'),
      404: UNKNOWN,
      422: problemResponse('No reason was given'),
    },
  });
  api.openapi(off, async (c) => {
    const done = await turnRuleOff(ledger, callerOf(c), c.req.valid('json'));
    return done.ok ? reply(c, { id: done.value }, 201) : refusal(c, done);
  });

  const on = securedRoute(SET, {
    method: 'delete',
    path: '/api/language/switches/{id}',
    operationId: 'turnRuleOn',
    request: { params: IdParam },
    responses: { 204: { description: 'It is on again; why it was off stays known' }, 404: UNKNOWN },
  });
  api.openapi(on, async (c) => {
    const done = await turnRuleOn(ledger, callerOf(c), c.req.valid('param').id);
    return answer(c, done, 204);
  });
}
