import { z } from '@hono/zod-openapi';
import {
  type Api,
  answersWith,
  jsonBody,
  jsonResponse,
  problemResponse,
  reply,
  securedRoute,
} from '../../kernel/http.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { DISCLOSING } from './disclosure.ts';
import { listDisclosing } from './disclosure-plan.actions.ts';

const Ids = z.array(z.uuid()).max(100_000);

export const DisclosureBody = z
  .union([
    z.enum(['send', 'withhold', 'careful']),
    z.strictObject({
      kinds: z.partialRecord(z.enum(DISCLOSING), z.enum(['send', 'withhold'])).optional(),
      send: Ids.default([]),
      withhold: Ids.default([]),
    }),
  ])
  .nullable()
  .default(null)
  .openapi({
    description:
      'What happens to files that say more of us than they know: all, or each kind of thing with its exceptions',
  });

const FoundSchema = z
  .object({
    knows: z.string().nullable().openapi({ description: 'The name of ours that this client knows' }),
    isGuarded: z.boolean().openapi({
      description: 'Whether each file of the list has to be decided about before a bundle is made',
    }),
    items: z.array(
      z.object({
        interactionId: z.string(),
        at: z.string(),
        direction: z.enum(['inbound', 'outbound', 'internal']).nullable(),
        subject: z.string().nullable(),
        found: z.array(
          z.object({ kind: z.enum(DISCLOSING), where: z.string().nullable(), says: z.string() }),
        ),
      }),
    ),
  })
  .openapi('Disclosing');

const { refusal } = answersWith({ 'party-unknown': 404 }, { 'party-unknown': 'There is no such client.' });

/** What a bundle would give away of us, before it is made. */
export function disclosureRoute(api: Api, ledger: Ledger, sealer: Sealer): void {
  const look = securedRoute(
    { action: 'see what a bundle gives away', roles: ['owner', 'manager'], scope: 'workspace' },
    {
      method: 'post',
      path: '/api/bundles/disclosing',
      operationId: 'lookWhatIsDisclosed',
      request: {
        body: jsonBody(z.strictObject({ party: z.uuid(), exhibits: Ids.nullable().default(null) })),
      },
      responses: {
        200: jsonResponse(FoundSchema, 'Every native file that says more of us than they know'),
        404: problemResponse('There is no such client'),
      },
    },
  );
  api.openapi(look, async (c) => {
    const { party, exhibits } = c.req.valid('json');
    const found = await listDisclosing(ledger, sealer, party, exhibits);
    return found.ok ? reply(c, found.value) : refusal(c, found);
  });
}
