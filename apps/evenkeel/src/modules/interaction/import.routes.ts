import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Actor } from '../../kernel/brand.ts';
import { isZone } from '../../kernel/calendar.ts';
import { filesUnder, type Given } from '../../kernel/files.ts';
import {
  type Api,
  callerOf,
  jsonBody,
  jsonResponse,
  problem,
  problemResponse,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import { Halt } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { addOwnAddresses } from '../ledger/read.actions.ts';
import { addParty, partyMeant } from '../party/party.actions.ts';
import { normalAddress, type PartyId } from '../party/party.ts';
import { BRING_IN } from './bringing.ts';
import { type Importer, ownAndGiven, workspaceZone } from './import.actions.ts';
import { SurveySchema } from './import.schemas.ts';
import { PrivilegeSchema } from './privilege.schemas.ts';
import { rereadRoutes } from './reread.routes.ts';
import { runRoutes } from './run.routes.ts';
import { uploadRoutes } from './upload.routes.ts';
import type { Uploads } from './uploads.store.ts';

const CORRESPONDENTS_SHOWN = 5000;

const Addresses = z.array(z.string().min(1).max(320)).max(10_000);
/** Files come as uploads; only the owner of this machine may name paths of it. */
const InputSchema = z.object({
  uploads: z.array(z.uuid()).max(100_000).default([]),
  paths: z.array(z.string().min(1)).max(10_000).default([]),
});
/** What a person states about exports: the zone of their local times, the order of their dates. */
const StatedShape = {
  tz: z.string().max(80).refine(isZone).nullable().default(null),
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).nullable().default(null),
};

export function importRoutes(api: Api, ledger: Ledger, importer: Importer, uploads: Uploads): void {
  uploadRoutes(api, ledger, uploads);
  surveying(api, ledger, importer, uploads);
  starting(api, ledger, importer, uploads);
  runRoutes(api, ledger, importer);
  rereadRoutes(api, ledger);
}

function surveying(api: Api, ledger: Ledger, importer: Importer, uploads: Uploads): void {
  const survey = securedRoute(BRING_IN, {
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
      sideless: seen.sideless,
      ownerless: seen.ownerless,
      companions: seen.companions,
      problems: seen.problems,
      nameless: { ...seen.nameless, formats: counted(seen.nameless.formats) },
      exports: [...seen.exports.values()].slice(0, CORRESPONDENTS_SHOWN),
      formats: counted(seen.formats),
      zone: await workspaceZone(ledger),
      containers: [...seen.containers].map(([name, items]) => ({ name, items })),
    });
  });
}

function counted(formats: ReadonlyMap<string, number>) {
  return [...formats].map(([format, items]) => ({ format, items }));
}

function starting(api: Api, ledger: Ledger, importer: Importer, uploads: Uploads): void {
  const start = securedRoute(BRING_IN, {
    method: 'post',
    path: '/api/imports',
    operationId: 'startImport',
    request: {
      body: jsonBody(
        InputSchema.extend({
          only: Addresses.nullable().default(null),
          /** Also what names nobody who could be chosen; without `only` it is kept anyway. */
          nameless: z.boolean().default(false),
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
      nameless: wish.nameless,
      me: await ownAndGiven(ledger, wish.me),
      client: client?.value ?? null,
      privilege: wish.privilege,
      settings: { zone: wish.tz, dateOrder: wish.dateOrder },
      after: () => uploads.drop(wish.uploads),
    });
    return reply(c, { run }, 202);
  });
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
