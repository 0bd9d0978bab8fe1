import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  byteResponse,
  callerOf,
  jsonBody,
  problemResponse,
  securedRoute,
  stream,
} from '../../kernel/http.ts';
import type { Log } from '../../kernel/log.ts';
import type { Anchorer } from '../ledger/anchor.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { type BundleRefusal, makeBundle } from './bundle.actions.ts';
import { DisclosureBody, disclosureRoute } from './disclosure.routes.ts';
import { REMAINING } from './held-back.actions.ts';
import { madeRoutes } from './made.routes.ts';
import { plainFolderRoutes } from './plain-folder.routes.ts';
import { redactionRoutes } from './redaction.routes.ts';
import { subjectRoutes } from './subject.routes.ts';

const statusOf = {
  'party-unknown': 404,
  'nothing-filed': 409,
  'exhibit-unknown': 422,
  'zone-unknown': 422,
  'zone-ours': 409,
  'disclosure-unconfirmed': 409,
  'name-not-theirs': 409,
  'stays-with-us': 409,
  'words-remain': 409,
} as const satisfies Record<BundleRefusal, 404 | 409 | 422>;
const titles: Record<BundleRefusal, string> = {
  'party-unknown': 'There is no such client.',
  'nothing-filed': 'Nothing is filed under this client yet, so there is nothing to bundle.',
  'exhibit-unknown': 'One of the messages that were picked is not filed under this client.',
  'zone-ours': 'This zone is ours, and tells them where we are. Take another, or send what gives us away.',
  'disclosure-unconfirmed':
    'Some of these files say more of us than this client knows. Nothing was made. Look at the list, and send or withhold each.',
  'name-not-theirs':
    'This says a name of ours that they do not know. Nothing was made. Take the name they know, or say that it may be shown.',
  'stays-with-us':
    'Some of what was picked stays with us: privileged, or without prejudice. Nothing was made. Leave it out, or waive the mark with a reason.',
  'words-remain':
    'Words that were taken out of one record stand in others too. Nothing was made. Take them out there, keep those records back, or send them as they are.',
  'zone-unknown': 'This time zone is not known; use a name such as Europe/Helsinki.',
};

const { refusal } = answersWith(statusOf, titles);

/** A download of which nobody takes a byte for so long is over: a bundle after it, and a change of the key, wait for it. */
const UNTAKEN_MS = 5 * 60_000;

export function bundleRoutes(api: Api, ledger: Ledger, sealer: Sealer, anchorer: Anchorer, log: Log): void {
  disclosureRoute(api, ledger, sealer);
  redactionRoutes(api, ledger, sealer);
  subjectRoutes(api, ledger, sealer);
  madeRoutes(api, ledger);
  plainFolderRoutes(api, ledger);
  const make = securedRoute(
    {
      action: 'make evidence bundles',
      roles: ['owner', 'manager'],
      scope: 'workspace',
      custody: 'bundle',
    },
    {
      method: 'post',
      path: '/api/bundles',
      operationId: 'makeBundle',
      request: {
        body: jsonBody(
          z.strictObject({
            party: z.uuid(),
            exhibits: z.array(z.uuid()).max(100_000).nullable().default(null),
            withMatters: z.boolean().default(false),
            withFacts: z.boolean().default(true),
            withRenditions: z.boolean().default(false),
            zone: z.string().max(64).nullable().default(null),
            disclosure: DisclosureBody,
            carries: z.string().max(200).nullable().default(null),
            forSubject: z.boolean().default(false),
            letThrough: z.array(z.uuid()).max(100_000).default([]),
            remaining: z.enum(REMAINING).default('refuse'),
            confirmedNames: z.array(z.string().max(200)).max(50).default([]),
          }),
        ),
      },
      responses: {
        200: byteResponse('application/zip', 'The bundle'),
        404: problemResponse('There is no such client'),
        409: problemResponse('There is nothing to bundle'),
        422: problemResponse('Something that was picked cannot be'),
      },
    },
  );
  api.openapi(make, async (c) => {
    c.set('subject', c.req.valid('json').party);
    // So that what came in within the last hour is bounded too; without an authority nothing is asked.
    await anchorer.anchor();
    const wish = c.req.valid('json');
    const made = await makeBundle(ledger, sealer, {
      ...wish,
      // Whoever asks for what is kept about them asks for all of it.
      ...(wish.forSubject ? { exhibits: null, withMatters: true } : {}),
      actor: callerOf(c).actor,
      patience: {
        untakenMs: UNTAKEN_MS,
        gaveUp: () =>
          log('bundle.abandoned', {
            says: 'Nobody took the rest of a bundle. Its download was ended and it is in no list; make it again.',
            minutes: UNTAKEN_MS / 60_000,
          }),
      },
    });
    if (!made.ok) return refusal(c, made);
    return stream(c, 'application/zip', made.value.bytes, {
      'content-disposition': `attachment; filename="${made.value.fileName}"`,
      'x-bundle-id': made.value.id,
      'x-bundle-disclosed': encodeURIComponent(JSON.stringify(made.value.disclosed)),
    });
  });
}
