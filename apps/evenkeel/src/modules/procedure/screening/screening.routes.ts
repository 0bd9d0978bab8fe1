import { z } from '@hono/zod-openapi';
import {
  type Api,
  callerOf,
  DECIDERS,
  IdParam,
  jsonBody,
  jsonResponse,
  problemResponse,
  reply,
  securedRoute,
  WORKERS,
} from '../../../kernel/http.ts';
import { stated } from '../../../kernel/instant.ts';
import { PageQuery, readTimeKey } from '../../../kernel/paging.ts';
import { MadeSchema, OpeningSchema } from '../../agreement/schemas.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import type { Reader } from '../../signal/reader.ts';
import { compareWithPast, draftOffer, openFirstOffer } from './offer.actions.ts';
import { answer, answerOffer } from './refusals.ts';
import {
  answerQuestion,
  compareParties,
  decideInquiry,
  declineLetter,
  identifyInquiry,
  letterSent,
  openInquiry,
  openKnownInquiry,
} from './screening.actions.ts';
import {
  AnswerSchema,
  ComparingSchema,
  ComparisonSchema,
  DecisionSchema,
  IdentifiersSchema,
  InquirySchema,
  Lang,
  LetterSchema,
  OfferSchema,
  PrivateReasonSchema,
  ScreeningPageSchema,
  ScreeningSchema,
  SendingSchema,
  SheetSchema,
  SheetWishSchema,
} from './screening.schemas.ts';
import {
  readPriceSheet,
  readPrivateReason,
  screeningsPage,
  screeningView,
  setPriceSheet,
} from './view.actions.ts';

const SEE = { action: 'see inquiries', roles: WORKERS, scope: 'workspace' } as const;
const WORK = { action: 'work on inquiries', roles: WORKERS, scope: 'workspace' } as const;
const PRICE = { action: 'say what services cost', roles: DECIDERS, scope: 'workspace' } as const;
const UNKNOWN = problemResponse('There is none');
const NOT_NOW = problemResponse('It is not so any more, or not yet');
const NOT_SO = problemResponse('Something in it cannot be used, with the place and the reason');

/** Looking before saying yes: an inquiry, what to ask, whom it may be from, and what was decided. */
export function screeningRoutes(api: Api, ledger: Ledger, reader: Reader, dataDir: string): void {
  readingRoutes(api, ledger, reader, dataDir);
  openingRoute(api, ledger);
  workingRoutes(api, ledger, dataDir);
  decidingRoutes(api, ledger);
  letterRoutes(api, ledger, dataDir);
  offerRoutes(api, ledger, dataDir);
  sheetRoutes(api, ledger, dataDir);
}

function readingRoutes(api: Api, ledger: Ledger, reader: Reader, dataDir: string): void {
  const list = securedRoute(SEE, {
    method: 'get',
    path: '/api/screenings',
    operationId: 'listScreenings',
    request: { query: PageQuery },
    responses: { 200: jsonResponse(ScreeningPageSchema, 'Inquiries, the newest first') },
  });
  api.openapi(list, async (c) => {
    const { after, limit } = c.req.valid('query');
    return reply(c, await screeningsPage(ledger, readTimeKey(after), limit));
  });

  const one = securedRoute(SEE, {
    method: 'get',
    path: '/api/screenings/{id}',
    operationId: 'getScreening',
    request: { params: IdParam },
    responses: { 200: jsonResponse(ScreeningSchema, 'One inquiry'), 404: UNKNOWN },
  });
  api.openapi(one, async (c) =>
    answer(c, await screeningView(ledger, reader, dataDir, c.req.valid('param').id)),
  );

  const reason = securedRoute(SEE, {
    method: 'get',
    path: '/api/screenings/{id}/private-reason',
    operationId: 'getPrivateReason',
    request: { params: IdParam },
    responses: { 200: jsonResponse(PrivateReasonSchema, 'Why, for ourselves'), 404: UNKNOWN },
  });
  api.openapi(reason, async (c) => answer(c, await readPrivateReason(ledger, c.req.valid('param').id)));
}

function openingRoute(api: Api, ledger: Ledger): void {
  const route = securedRoute(WORK, {
    method: 'post',
    path: '/api/screenings',
    operationId: 'openScreening',
    request: { body: jsonBody(InquirySchema) },
    responses: {
      201: jsonResponse(MadeSchema, 'The inquiry, recorded'),
      404: UNKNOWN,
      409: NOT_NOW,
      422: NOT_SO,
    },
  });
  api.openapi(route, async (c) => {
    const wish = c.req.valid('json');
    const { actor } = callerOf(c);
    const opened =
      'interactionId' in wish
        ? await openKnownInquiry(ledger, actor, wish)
        : await openInquiry(ledger, actor, { ...wish, at: stated(wish.at, 'stated-by-person')! });
    return answer(c, opened, 201);
  });
}

const DONE = {
  200: jsonResponse(MadeSchema, 'It is recorded'),
  404: UNKNOWN,
  409: NOT_NOW,
  422: NOT_SO,
};

function workingRoutes(api: Api, ledger: Ledger, dataDir: string): void {
  const identify = securedRoute(WORK, {
    method: 'post',
    path: '/api/screenings/{id}/identifiers',
    operationId: 'identifyScreening',
    request: { params: IdParam, body: jsonBody(IdentifiersSchema) },
    responses: DONE,
  });
  api.openapi(identify, async (c) => {
    const { identifiers } = c.req.valid('json');
    return answer(c, await identifyInquiry(ledger, callerOf(c).actor, c.req.valid('param').id, identifiers));
  });

  const answers = securedRoute(WORK, {
    method: 'post',
    path: '/api/screenings/{id}/answers',
    operationId: 'answerScreening',
    request: { params: IdParam, body: jsonBody(AnswerSchema) },
    responses: DONE,
  });
  api.openapi(answers, async (c) => {
    const { id } = c.req.valid('param');
    return answer(c, await answerQuestion(ledger, dataDir, callerOf(c).actor, id, c.req.valid('json')));
  });

  const compare = securedRoute(WORK, {
    method: 'post',
    path: '/api/screenings/{id}/verdicts',
    operationId: 'compareParties',
    request: { params: IdParam, body: jsonBody(ComparingSchema) },
    responses: DONE,
  });
  api.openapi(compare, async (c) =>
    answer(c, await compareParties(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'))),
  );
}

function decidingRoutes(api: Api, ledger: Ledger): void {
  const decide = securedRoute(WORK, {
    method: 'post',
    path: '/api/screenings/{id}/decisions',
    operationId: 'decideScreening',
    request: { params: IdParam, body: jsonBody(DecisionSchema) },
    responses: DONE,
  });
  api.openapi(decide, async (c) =>
    answer(c, await decideInquiry(ledger, callerOf(c).actor, c.req.valid('param').id, c.req.valid('json'))),
  );

  const past = securedRoute(SEE, {
    method: 'get',
    path: '/api/screenings/{id}/past-work',
    operationId: 'getPastWork',
    request: {
      params: IdParam,
      query: z.object({ minutesPerMessage: z.coerce.number().int().min(0).max(120).default(6) }),
    },
    responses: {
      200: jsonResponse(ComparisonSchema, 'Minutes for past clients, with how many there are'),
      404: UNKNOWN,
      409: problemResponse('Fewer than three'),
    },
  });
  api.openapi(past, async (c) => {
    const { minutesPerMessage } = c.req.valid('query');
    return answerOffer(c, await compareWithPast(ledger, c.req.valid('param').id, minutesPerMessage), 200);
  });
}

function letterRoutes(api: Api, ledger: Ledger, dataDir: string): void {
  const draft = securedRoute(WORK, {
    method: 'get',
    path: '/api/screenings/{id}/letter',
    operationId: 'draftDecline',
    request: { params: IdParam, query: z.object({ lang: Lang }) },
    responses: {
      200: jsonResponse(LetterSchema, 'A text to look at; nothing of it is kept'),
      404: UNKNOWN,
      422: NOT_SO,
    },
  });
  api.openapi(draft, async (c) => {
    const { lang } = c.req.valid('query');
    return answer(c, await declineLetter(ledger, dataDir, callerOf(c).name, c.req.valid('param').id, lang));
  });

  const sent = securedRoute(WORK, {
    method: 'post',
    path: '/api/screenings/{id}/sending',
    operationId: 'declineSent',
    request: { params: IdParam, body: jsonBody(SendingSchema) },
    responses: DONE,
  });
  api.openapi(sent, async (c) => {
    const { text, way, at } = c.req.valid('json');
    const wish = { text, way, at: stated(at, 'stated-by-person')! };
    return answer(c, await letterSent(ledger, callerOf(c).actor, c.req.valid('param').id, wish));
  });
}

function offerRoutes(api: Api, ledger: Ledger, dataDir: string): void {
  const draft = securedRoute(WORK, {
    method: 'get',
    path: '/api/screenings/{id}/offer',
    operationId: 'draftFirstOffer',
    request: { params: IdParam, query: z.object({ lang: Lang }) },
    responses: {
      200: jsonResponse(OfferSchema, 'The first offer, made of the answers; nothing of it is kept'),
      404: UNKNOWN,
      409: NOT_NOW,
    },
  });
  api.openapi(draft, async (c) => {
    const { lang } = c.req.valid('query');
    return answerOffer(c, await draftOffer(ledger, dataDir, c.req.valid('param').id, lang), 200);
  });

  const open = securedRoute(WORK, {
    method: 'post',
    path: '/api/screenings/{id}/agreement',
    operationId: 'openFirstOffer',
    request: { params: IdParam, body: jsonBody(OpeningSchema) },
    responses: {
      201: jsonResponse(MadeSchema, 'The agreement, as version 0'),
      404: UNKNOWN,
      409: NOT_NOW,
      422: NOT_SO,
    },
  });
  api.openapi(open, async (c) => {
    const { id } = c.req.valid('param');
    return answerOffer(c, await openFirstOffer(ledger, callerOf(c).actor, id, c.req.valid('json')), 201);
  });
}

function sheetRoutes(api: Api, ledger: Ledger, dataDir: string): void {
  const read = securedRoute(SEE, {
    method: 'get',
    path: '/api/price-sheet',
    operationId: 'getPriceSheet',
    responses: { 200: jsonResponse(SheetSchema, 'What a service costs on top') },
  });
  api.openapi(read, async (c) => reply(c, await readPriceSheet(ledger, dataDir)));

  const set = securedRoute(PRICE, {
    method: 'put',
    path: '/api/price-sheet',
    operationId: 'setPriceSheet',
    request: { body: jsonBody(SheetWishSchema) },
    responses: { 204: { description: 'It is kept' }, 422: NOT_SO },
  });
  api.openapi(set, async (c) =>
    answer(c, await setPriceSheet(ledger, callerOf(c).actor, c.req.valid('json').items), 204),
  );
}
