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
} from '../../kernel/http.ts';
import { accept } from '../../kernel/outcome.ts';
import type { Ledger } from './ledger.actions.ts';
import { attachProof, compareHead } from './ots.actions.ts';
import { rotateKey } from './rotate.actions.ts';
import type { Sealer } from './sealer.actions.ts';
import { trustOf } from './trust.actions.ts';
import { setWitnesses, witnessesOf } from './witness.actions.ts';

const READ = { action: 'check the record', roles: ROLES, scope: 'workspace' } as const;
const CHECK = { ...READ, custody: 'verification' } as const;
const OWNER = {
  action: 'say who witnesses the log',
  roles: ['owner'],
  scope: 'workspace',
  custody: 'setting',
} as const;
const KEY = { ...OWNER, action: 'change the key of the log' } as const;

const Name = z.string().max(200);
const Note = z.string().max(20_000);
const Moment = z.string();
const Witnesses = z
  .object({ items: z.array(z.object({ name: Name, vkey: z.string(), url: z.string() })).max(8) })
  .openapi('LogWitnesses');
const WitnessesWish = z
  .strictObject({
    items: z.array(z.strictObject({ vkey: z.string().max(1000), url: z.string().max(500) })).max(8),
  })
  .openapi('LogWitnessesWish');
const Attestation = z.object({
  kind: z.enum(['bitcoin', 'pending', 'unknown']),
  height: z.number().int().optional(),
  merkleRoot: z.string().nullable().optional(),
  calendar: z.string().optional(),
  tag: z.string().optional(),
});
const Block = z.object({ size: z.number().int(), attestations: z.array(Attestation) }).openapi('LogBlock');
const Trust = z
  .object({
    origin: z.string(),
    vkey: z.string(),
    size: z.number().int(),
    /** The largest head that somebody outside has seen, whoever and in whatever way. */
    heldOutside: z.object({ size: z.number().int(), by: Name, at: Moment }).nullable(),
    last: z.array(z.object({ name: Name, size: z.number().int(), recordedAt: Moment })),
    silent: z.array(z.object({ name: Name, since: Moment, times: z.number().int() })),
    blocks: z.array(Block.extend({ recordedAt: Moment })),
    otherHistory: z.array(z.object({ name: Name, size: z.number().int().nullable(), recordedAt: Moment })),
    keyChanges: z.array(
      z.object({ index: z.number().int(), from: z.string(), because: z.string(), at: Moment }),
    ),
  })
  .openapi('LogTrust');

const { answer } = answersWith(
  {
    'witness-key': 422,
    'witness-url': 422,
    'proof-unreadable': 422,
    'proof-of-other-bytes': 422,
    'head-of-another': 422,
    'head-not-ours': 409,
    'reason-missing': 422,
    'bundle-unfinished': 409,
  },
  {
    'witness-key':
      'This is no key of a witness (name+id+base64, of the kind that cosigns), or it stands twice. Nothing was changed; ask the witness for its verifier key.',
    'witness-url': 'The address of a witness begins with https:// or http://. Nothing was changed.',
    'proof-unreadable':
      'This is no OpenTimestamps proof that can be read. Nothing was kept; take the .ots file as the calendar or client gave it.',
    'proof-of-other-bytes':
      'This proof is about other bytes than this head. Nothing was kept; hand in the head exactly as it was stamped.',
    'head-of-another':
      'This is no head that a key of this log has signed. Nothing was changed; take it exactly as "log checkpoint" gave it.',
    'head-not-ours':
      'This head tells of another history than this log has now. Nothing was kept; run the audit, and look for who changed it.',
    'reason-missing': 'Say in a few words why. Nothing was changed.',
    'bundle-unfinished':
      'A bundle is being made, and must end under the key under which it began. The key was not changed; try again when the bundle is finished or stopped.',
  },
);

/** Who outside holds the log, and what that is worth. */
export function trustRoutes(api: Api, ledger: Ledger, sealer: Sealer): void {
  const trust = securedRoute(READ, {
    method: 'get',
    path: '/api/log/trust',
    operationId: 'getLogTrust',
    responses: { 200: jsonResponse(Trust, 'How far the log is held outside, and by whom') },
  });
  api.openapi(trust, async (c) => reply(c, await trustOf(ledger, sealer)));

  const named = securedRoute(READ, {
    method: 'get',
    path: '/api/log/witnesses',
    operationId: 'getLogWitnesses',
    responses: { 200: jsonResponse(Witnesses, 'Who is shown each head') },
  });
  api.openapi(named, async (c) => reply(c, { items: await witnessesOf(ledger) }));

  const name = securedRoute(OWNER, {
    method: 'put',
    path: '/api/log/witnesses',
    operationId: 'setLogWitnesses',
    request: { body: jsonBody(WitnessesWish) },
    responses: {
      200: jsonResponse(Witnesses, 'Who is shown each head from now on'),
      422: problemResponse('witness-key | witness-url'),
    },
  });
  api.openapi(name, async (c) => {
    const set = await setWitnesses(ledger, callerOf(c).actor, c.req.valid('json').items);
    return answer(c, set.ok ? accept({ items: set.value }) : set);
  });

  const attach = securedRoute(CHECK, {
    method: 'post',
    path: '/api/log/blocks',
    operationId: 'attachBlockProof',
    request: { body: jsonBody(z.strictObject({ checkpoint: Note, proof: z.base64().max(90_000) })) },
    responses: {
      200: jsonResponse(Block, 'What the proof leads to; look it up with an independent source'),
      409: problemResponse('head-not-ours'),
      422: problemResponse('proof-unreadable | proof-of-other-bytes | head-of-another'),
    },
  });
  api.openapi(attach, async (c) => {
    const { checkpoint, proof } = c.req.valid('json');
    const bytes = Buffer.from(proof, 'base64');
    return answer(c, await attachProof(ledger, sealer, callerOf(c).actor, { checkpoint, proof: bytes }));
  });

  const compare = securedRoute(CHECK, {
    method: 'post',
    path: '/api/log/compare',
    operationId: 'compareHead',
    request: { body: jsonBody(z.strictObject({ checkpoint: Note })) },
    responses: {
      200: jsonResponse(
        z.object({ size: z.number().int(), agrees: z.boolean().nullable() }).openapi('HeadCompared'),
        'Whether the log as it is now goes through a head that was kept elsewhere',
      ),
      422: problemResponse('head-of-another'),
    },
  });
  api.openapi(compare, async (c) =>
    answer(c, await compareHead(ledger, sealer, c.req.valid('json').checkpoint)),
  );

  const rotate = securedRoute(KEY, {
    method: 'post',
    path: '/api/log/rotate-key',
    operationId: 'rotateLogKey',
    request: { body: jsonBody(z.strictObject({ because: z.string().max(500) })) },
    responses: {
      200: jsonResponse(
        z.object({ from: z.string(), to: z.string(), index: z.number().int() }).openapi('LogKeyChange'),
        'The key that signs from now on',
      ),
      409: problemResponse('bundle-unfinished'),
      422: problemResponse('reason-missing'),
    },
  });
  api.openapi(rotate, async (c) =>
    answer(c, await rotateKey(ledger, sealer, callerOf(c).actor, c.req.valid('json').because)),
  );
}
