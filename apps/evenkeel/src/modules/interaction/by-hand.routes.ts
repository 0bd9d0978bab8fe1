import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  callerOf,
  jsonBody,
  jsonResponse,
  problemResponse,
  ROLES,
  reply,
  securedRoute,
  WORKERS,
} from '../../kernel/http.ts';
import { type Stated, stated } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import type { PartyId } from '../party/party.ts';
import { ATTACH_LIMIT, type Attaching } from './attached.ts';
import { type ByHand, type ByHandRefusal, placesForRecordings, recordByHand } from './by-hand.actions.ts';
import { ByHandSchema, PlacesSchema } from './by-hand.schemas.ts';
import type { InteractionId } from './interaction.ts';
import { BY_PERSON } from './late.ts';
import type { Uploads } from './uploads.store.ts';

const WRITE = {
  action: 'record by hand what happened',
  roles: WORKERS,
  scope: 'workspace',
} as const;
const READ = { action: 'read the record', roles: ROLES, scope: 'workspace' } as const;

type Refusal = ByHandRefusal | 'time-not-understood' | 'times-contradict' | 'upload-gone';

const statusOf = {
  'nothing-noted': 422,
  'party-needed': 422,
  'party-unknown': 404,
  'party-unnamed': 422,
  'time-not-understood': 422,
  'time-in-future': 422,
  'end-before-start': 422,
  'times-contradict': 422,
  'zone-unknown': 422,
  'zone-contradicts': 422,
  'correction-unknown': 404,
  'correction-of-original': 409,
  'consent-not-stated': 422,
  'consent-lacking': 422,
  'too-many-files': 422,
  'file-empty': 422,
  'file-too-large': 413,
  'file-type-unsupported': 422,
  'upload-gone': 404,
} as const satisfies Record<Refusal, 404 | 409 | 413 | 422>;

const titles: Record<Refusal, string> = {
  'nothing-noted': 'There are no words to keep. Nothing was recorded. Write what happened, or attach a file.',
  'party-needed': 'Say whose record this belongs to. Nothing was recorded.',
  'party-unknown': 'There is no such client. Nothing was recorded.',
  'party-unnamed': 'Say who it was. Nothing was recorded.',
  'time-not-understood': 'Say when it was, with its offset from UTC. Nothing was recorded.',
  'time-in-future': 'This time has not come yet. Nothing was recorded; what has happened can be.',
  'end-before-start': 'It ends before it begins. Nothing was recorded. Look at both times.',
  'times-contradict':
    'The end and the length do not fit together. Nothing was recorded. Leave one of them out.',
  'zone-unknown': 'There is no such time zone. Nothing was recorded.',
  'zone-contradicts': 'In this zone the clock had another offset at that time. Nothing was recorded.',
  'correction-unknown': 'What this corrects is not here. Nothing was recorded.',
  'correction-of-original':
    'Only what a person entered can be corrected: an original stands as it came. Nothing was recorded; write a note about it instead.',
  'consent-not-stated':
    'A recording is kept only when it is stated who was on the call, where, and who agreed. Nothing was recorded, and the recording was not kept.',
  'consent-lacking':
    'The strictest place on the call asks for the agreement of everyone, and it is lacking. Nothing was recorded, and the recording was not kept.',
  'too-many-files': 'These are too many files for one record. Nothing was recorded.',
  'file-empty': 'A file is empty. Nothing was recorded. Leave it out, or choose it again.',
  'file-too-large': 'A file is too large. Nothing was recorded. Make it smaller, or leave it out.',
  'file-type-unsupported':
    'A file is of a kind that is not kept here. Nothing was recorded. Sound, film, pictures, PDF, text and office papers are.',
  'upload-gone': 'A file that was sent is not here any more. Nothing was recorded. Choose it again.',
};

const { answer } = answersWith(statusOf, titles);

type Wish = z.infer<typeof ByHandSchema>;

/** What happened is recorded by hand; files come as uploads, which are gone when the answer is given. */
export function byHandRoutes(
  api: Api,
  ledger: Ledger,
  sealer: Sealer,
  uploads: Uploads,
  dataDir: string,
): void {
  const record = securedRoute(WRITE, {
    method: 'post',
    path: '/api/interactions/by-hand',
    operationId: 'recordByHand',
    request: { body: jsonBody(ByHandSchema) },
    responses: {
      201: jsonResponse(z.object({ id: z.string() }), 'Recorded by hand'),
      404: problemResponse('There is no such client, record or file'),
      409: problemResponse('An original is not corrected'),
      413: problemResponse('A file is too large'),
      422: problemResponse('Something is missing or cannot be so'),
    },
  });
  api.openapi(record, async (c) => {
    const wish = c.req.valid('json');
    const actor = callerOf(c).actor;
    try {
      const read = await byHandOf(wish, uploads);
      const kept = read.ok ? await recordByHand(ledger, sealer, actor, read.value, dataDir) : read;
      return answer(c, kept, 201);
    } finally {
      // Recorded or refused: nothing of a file stays outside the record.
      await uploads.drop(wish.files.map(({ upload }) => upload));
    }
  });

  const places = securedRoute(READ, {
    method: 'get',
    path: '/api/recording-places',
    operationId: 'listRecordingPlaces',
    responses: { 200: jsonResponse(PlacesSchema, 'Whose agreement a recording of a call needs, by place') },
  });
  api.openapi(places, async (c) => reply(c, await placesForRecordings(dataDir)));
}

async function byHandOf(wish: Wish, uploads: Uploads): Promise<Outcome<ByHand, Refusal>> {
  const at = stated(wish.at, BY_PERSON);
  if (!at) return refuse('time-not-understood', { at: wish.at });
  const lasted = lengthOf(wish, at);
  if (!lasted.ok) return lasted;
  const attachments = await filesOf(wish, uploads);
  if (!attachments.ok) return attachments;
  const { parties, until: _until, files: _files, ...rest } = wish;
  return accept({
    ...rest,
    at,
    durationMin: lasted.value,
    attachments: attachments.value,
    partyIds: parties.flatMap((party) => ('id' in party ? [party.id as PartyId] : [])),
    newParties: parties.flatMap((party) => ('name' in party ? [party] : [])),
    corrects: wish.corrects as InteractionId | null,
  });
}

/** How long it lasted, in minutes, by its length or by its end. */
function lengthOf({ until, durationMin }: Wish, at: Stated): Outcome<number | null, Refusal> {
  if (until === null) return accept(durationMin);
  const end = stated(until, BY_PERSON);
  if (!end) return refuse('time-not-understood', { at: until });
  const minutes = Math.round((Date.parse(end.at) - Date.parse(at.at)) / 60_000);
  if (minutes < 0) return refuse('end-before-start');
  return durationMin === null || durationMin === minutes ? accept(minutes) : refuse('times-contradict');
}

async function filesOf(
  { files }: Wish,
  uploads: Uploads,
): Promise<Outcome<readonly Attaching[], 'upload-gone' | 'file-too-large'>> {
  const read: Attaching[] = [];
  for (const { upload, name } of files) {
    const kept = await uploads.pathOf(upload);
    if (kept === null) return refuse('upload-gone');
    const { path } = kept;
    const { size } = await stat(path);
    const called = name ?? basename(path);
    // Looked at before it is read: what is too large never comes into memory.
    if (size > ATTACH_LIMIT.fileBytes)
      return refuse('file-too-large', { name: called, limitMb: ATTACH_LIMIT.fileBytes >> 20 });
    read.push({ name: called, mediaType: '', bytes: await readFile(path) });
  }
  return accept(read);
}
